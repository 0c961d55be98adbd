"""Where one chooses another alternative, the answer to the first waits for it (B4)."""

from copy import deepcopy
from typing import Any, Final

import pytest
from browsing import CHROMIUM
from household import SARA

from formbuilder.visitor import Upload
from schemas.definition import Json
from tests.filling.filler import NEXT, Filler, one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

CHOICE: Final = "@choice.~1s~1who"
WHO: Final = "s.who"
NAME: Final = {"title": "Namn", "type": "string"}
AGE: Final = {"title": "Ålder", "type": "integer"}
PAPER: Final = {
    "title": "Intyg",
    "type": "string",
    "contentMediaType": "application/pdf",
}
IN_WORDS, PERSON, NUMBER, GROUP = ["0"], ["1"], ["2"], ["3"]


def kind(title: str, required: str, **asked: Json) -> dict[str, Any]:
    found = {"title": title, "type": "object", "properties": asked}
    return {**found, "required": [required]}


KINDS: Final = [
    {"title": "I ord", "type": "string"},
    kind("Person", "name", name=NAME, age=AGE, paper=PAPER),
    {"title": "Ett antal", "type": "integer"},
    kind("Grupp", "size", name=NAME, size={"title": "Antal", "type": "integer"}),
]
FORM: Final = one_section(
    "vem", "s", {"who": {"title": "Vem?", "oneOf": KINDS}}, required=["who"]
)


@pytest.fixture
def filler(city: City) -> Filler:
    return Filler.begin(city, FORM)


def back(filler: Filler) -> None:
    filler.page = filler.visitor.get(filler.address)


def choose(filler: Filler, alternative: list[str], **said: str) -> None:
    """Choose an alternative on the page, and answer what it asks there."""
    back(filler)
    filler.post({CHOICE: alternative})
    if said:
        filler.post({f"{WHO}.{name}" if name else WHO: [text] for name, text in said.items()})  # fmt: skip


def test_an_object_comes_back_after_a_text_was_saved(filler: Filler) -> None:
    choose(filler, PERSON, name="Rut", age="9")
    choose(filler, IN_WORDS, **{"": "Vi alla"})
    assert "Vi alla" in filler.page.text
    assert "Rut" not in filler.page.text

    choose(filler, PERSON)
    assert filler.holds(f"{WHO}.name") == ["Rut"]
    assert filler.holds(f"{WHO}.age") == ["9"]
    choose(filler, IN_WORDS)
    back(filler)
    assert filler.holds(WHO) == ["Vi alla"]


def test_each_kind_begins_with_its_own_answer_only(filler: Filler) -> None:
    choose(filler, IN_WORDS, **{"": "Vi alla"})
    choose(filler, NUMBER)
    assert filler.holds(WHO) in ([], [""])

    filler.post({WHO: ["4"]})
    choose(filler, IN_WORDS)
    back(filler)
    assert filler.holds(WHO) == ["Vi alla"]

    filler.post({CHOICE: NUMBER})
    back(filler)
    assert filler.holds(WHO) == ["4"]


def test_objects_share_what_they_call_the_same(filler: Filler) -> None:
    choose(filler, PERSON, name="Rut", age="9")
    choose(filler, GROUP)
    assert filler.holds(f"{WHO}.name") == ["Rut"]

    filler.post({f"{WHO}.name": ["Kören"], f"{WHO}.size": ["30"]})
    choose(filler, PERSON)
    assert filler.holds(f"{WHO}.name") == ["Kören"]
    assert filler.holds(f"{WHO}.age") == ["9"]


def test_every_object_comes_back_after_another_was_saved(filler: Filler) -> None:
    choose(filler, PERSON, name="Rut", age="9")
    choose(filler, IN_WORDS, **{"": "Vi alla"})
    choose(filler, GROUP, size="30")
    choose(filler, IN_WORDS)
    choose(filler, PERSON)

    assert filler.holds(f"{WHO}.name") == ["Rut"]
    assert filler.holds(f"{WHO}.age") == ["9"]
    choose(filler, GROUP)
    assert filler.holds(f"{WHO}.size") == ["30"]


def test_what_is_half_typed_waits_with_its_alternative(filler: Filler) -> None:
    choose(filler, IN_WORDS, **{"": "Vi alla"})
    choose(filler, NUMBER, **{"": "fyra"})
    choose(filler, IN_WORDS)
    back(filler)
    assert filler.holds(WHO) == ["Vi alla"]

    choose(filler, NUMBER)
    assert filler.holds(WHO) == ["fyra"]


def test_what_is_typed_while_another_is_chosen_waits_too(filler: Filler) -> None:
    choose(filler, IN_WORDS, **{"": "Vi"})
    back(filler)
    filler.post({WHO: ["Vi alla"], CHOICE: PERSON})
    filler.post({f"{WHO}.name": ["Rut"]})
    choose(filler, IN_WORDS)
    back(filler)

    assert filler.holds(WHO) == ["Vi alla"]


def test_a_file_in_an_alternative_waits_with_it(filler: Filler) -> None:
    choose(filler, PERSON)
    form = filler.page.form(field_name="_shown")
    paper = Upload("intyg.pdf", "application/pdf", b"%PDF-1.7\n")
    filler.page = filler.visitor.submit(
        form, {f"{WHO}.name": ["Rut"]}, button=NEXT, uploads=[(f"{WHO}.paper-new", paper)]
    )  # fmt: skip
    choose(filler, IN_WORDS, **{"": "Vi alla"})
    assert "intyg.pdf" not in filler.page.text

    choose(filler, PERSON)
    assert "intyg.pdf" in filler.page.text
    assert filler.holds(f"{WHO}.paper")


@pytest.mark.parametrize(("title", "stays"), [("Vem?", True), ("Vilka?", False)])
def test_it_waits_while_a_new_version_asks_the_same(
    city: City, title: str, stays: bool
) -> None:
    about = {"identity": {"assurance": "substantial", "about": "self"}}
    publish(city, {**FORM, **about})
    filler = Filler(*city.logged_in(SARA, "/e/vem/borja"))
    choose(filler, PERSON, name="Rut")
    choose(filler, IN_WORDS, **{"": "Vi alla"})
    changed = deepcopy({**FORM, **about, "title": "Vem, igen?"})
    changed["sections"][0]["schema"]["properties"]["who"]["title"] = title
    publish(city, changed)
    [way] = filler.visitor.get("/mina").links("/mina/utkast/")
    told = filler.visitor.get(way)
    if not stays:  # Somebody is asked first where not all that is answered fits.
        filler.visitor.submit(told.form(action="/ny-version"))
    choose(filler, PERSON)

    [heading] = filler.page.tree.xpath("//title")
    assert "Vem, igen?" in heading.text_content()
    assert filler.holds(f"{WHO}.name") == (["Rut"] if stays else [""])


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
def test_with_script_each_kind_has_its_own_answer_too(window: Window) -> None:
    publish(window.city, FORM)
    window.open("vem", "s")
    held = []
    for alternative, said in [
        ("I ord", "Vi alla"),
        ("Ett antal", "4"),
        ("I ord", None),
        ("Ett antal", None),
    ]:
        window.page.get_by_label(alternative).check()
        window.rest()
        control = window.page.locator(f"[name='{WHO}']")
        held.append(control.input_value())
        if said:
            control.fill(said)
            control.blur()
            window.rest()

    assert held == ["", "", "Vi alla", "4"]
