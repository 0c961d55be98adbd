"""A postal address: known from the register, changed, checked and read as one."""

from copy import deepcopy

import pytest
from browsing import CHROMIUM, violations
from household import SARA
from town import Town

from formbuilder.visitor import Page, Visitor
from renderers.summary import summary
from schemas.settling import settle
from tests.filling.filler import one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

ADDRESS = {
    "type": "object",
    "title": "Var bor du?",
    "description": "Dit vi skickar beslutet.",
    "required": ["street", "postal_code", "city"],
    "properties": {
        "city": {"title": "Postort", "type": "string"},
        "street": {"title": "Gatuadress", "type": "string"},
        "postal_code": {
            "title": "Postnummer",
            "type": "string",
            "format": "postal-code",
        },
        "care_of": {"title": "c/o", "type": "string"},
    },
}
AT = "/sections/home/schema/properties/address"
ARABIC = {
    "/sections/home/title": "السكن",
    "/sections/home/pages/bo/title": "السكن",
    f"{AT}/title": "أين تسكن؟",
    f"{AT}/description": "حيث نرسل القرار.",
    f"{AT}/properties/street/title": "عنوان الشارع",
    f"{AT}/properties/postal_code/title": "الرمز البريدي",
    f"{AT}/properties/city/title": "المدينة",
    f"{AT}/properties/care_of/title": "بعناية",
}
LANDLORD = {
    "title": "Hyresvärd",
    "type": "object",
    "properties": {
        "name": {"title": "Namn", "type": "string"},
        "phone": {"title": "Telefon", "type": "string"},
    },
}
PAGE = {"id": "bo", "title": "Bostad", "fields": ["/home/address", "/home/landlord"]}
FORM = one_section(
    "flytt",
    "home",
    {"address": ADDRESS, "landlord": LANDLORD},
    required=["address"],
    section={
        "pages": [PAGE],
        "ui": {"/home/address": {"widget": "address"}},
        "prefill": {"/home/address": {"from": "register:person.postal_address"}},
    },
    identity={"assurance": "substantial", "about": "self"},
    translations={"ar": ARABIC},
)


@pytest.fixture
def moving(city: City) -> tuple[Town, Visitor, Page]:
    """Somebody logged in, on the page that asks where they live."""
    publish(city, FORM)
    visitor, page = city.logged_in(to="/e/flytt")
    # All that must be answered is known, so the first page is the one to check.
    page = visitor.submit(page.form(action="/borja"))
    return city.town, visitor, visitor.get(page.links("andra=1")[0])


def test_what_the_register_knows_is_filled_in(
    moving: tuple[Town, Visitor, Page],
) -> None:
    town, _, page = moving
    fields = page.form(field_name="home.address.city").fields
    lines = town.register.people[SARA].address

    filled = [fields[f"home.address.{n}"][0] for n in ("street", "postal_code", "city")]

    assert lines[-2:] == (filled[0], f"{filled[1]} {filled[2]}")


def test_an_address_is_checked_as_lines_and_answers_under_their_object(
    moving: tuple[Town, Visitor, Page],
) -> None:
    _, visitor, page = moving
    form = page.form(field_name="home.address.city")
    answers = {
        "home.address.care_of": ["Ek"],
        "home.address.street": ["Storgatan 1"],
        "home.address.postal_code": ["SE-12345"],
        "home.address.city": ["Lund"],
        "home.landlord.phone": ["0701740605"],
    }

    page = visitor.submit(form, answers, button=("_go", "next"))

    assert page.url.partition("?")[0].endswith("/granska")
    (answer,) = page.tree.xpath("//dt[text()='Var bor du?']/following-sibling::dd[1]")
    assert answer.xpath("./p//text()")[:3] == ["c/o Ek", "Storgatan 1", "123 45 Lund"]
    assert page.tree.xpath("//section//h3/text()") == ["Hyresvärd"]


def test_a_document_has_the_lines_and_a_list_one_line(city: City) -> None:
    publish(city, FORM)
    form = city.form("flytt")
    address = {"street": "Storgatan 1", "postal_code": "123 45", "city": "Lund"}
    settled = settle(form, {"home": {"address": address}})
    question = form.questions["/home/address"]

    (row, *_) = summary(form, settled)

    assert row.value == "Storgatan 1\n123 45 Lund"
    assert question.field_type.display(address, question, "sv") == (
        "Storgatan 1, 123 45 Lund"
    )


def test_a_mistake_in_a_rows_address_names_the_row(city: City) -> None:
    form = deepcopy(FORM)
    person = {"type": "object", "properties": {"address": ADDRESS}}
    section = form["sections"][0]
    section["schema"]["properties"]["all"] = {"type": "array", "items": person}
    section["pages"][0]["fields"].append("/home/all")
    section["ui"] |= {
        "/home/all": {"row": "Person"},
        "/home/all/*/address": {"widget": "address"},
    }
    publish(city, form)
    visitor, page = city.logged_in(to="/e/flytt")
    page = visitor.submit(page.form(action="/borja"))
    page = visitor.get(page.links("andra=1")[0])
    page = visitor.submit(page.form(field_name="_shown"), button=("_add", "/home/all"))
    wrong = {"home.all.0.address.postal_code": ["99"]}

    page = visitor.submit(page.form(field_name="_shown"), wrong, button=("_go", "next"))

    ((target, said),) = page.errors.items()
    assert target == "q-home.all.0.address.postal_code"
    assert said.startswith("Person 1, Var bor du?, Postnummer: ")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
@pytest.mark.parametrize("language", ["sv", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_an_address_can_be_seen_and_heard(
    window: Window, language: str, width: int
) -> None:
    page = window.page
    publish(window.city, FORM)
    page.set_viewport_size({"width": width, "height": 800})
    window.open("flytt", "bo")
    page.goto(f"{page.url}&lang={language}")
    window.look(f"address-{language}-{width}")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
