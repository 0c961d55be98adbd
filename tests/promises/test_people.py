"""Who may open, sign or see is decided by the eID and the register, and fails closed."""

import re

import pytest
from household import CLERK, COOK, ELIS, FATIMA, JOHAN, SARA
from school_start import NUTS, PLAIN

from formbuilder.database import inbox
from formbuilder.visitor import Page, Visitor
from tests.promises.city import City


def begin(visitor: Visitor, child: str) -> Page:
    """Ask to begin about a child, whatever the page offered."""
    form = visitor.get("/e/skolstart/valj-barn").form(action="/borja")
    return visitor.submit(form, {"child": [child]})


def drafts(city: City, number: str) -> int:
    return len(city.town.services.drafts.list(city.town.session(number)))


def said(page: Page) -> str:
    """Return a page without what is new in each: tokens and its own address."""
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", page.content.decode())
    text = re.sub(r'nonce="[^"]*"', "", text)
    return re.sub(r'href="/e/[^"]*lang=[a-z]*"', "", text)


def handle(city: City, visitor: Visitor, real: str) -> str:
    """Return an id as this session would write it, had we given it out."""
    session = city.town.services.sessions.resolve(
        "ekvalla", visitor.client.cookies["citizen"]
    )
    assert session is not None
    return session.handles.of(real)


# Who is a guardian


def test_who_is_no_guardian_and_a_made_up_child_get_the_same_404(city: City) -> None:
    visitor, _ = city.logged_in(FATIMA)
    real = begin(visitor, handle(city, visitor, city.town.child(ELIS)))
    made_up = begin(visitor, handle(city, visitor, "0" * 64))
    forged = begin(visitor, "A" * 64)

    assert real.status == made_up.status == forged.status == 404
    assert said(real) == said(made_up) == said(forged)
    assert city.audited()[:3] == ["foreign_handle", "not_a_guardian", "not_a_guardian"]
    assert drafts(city, FATIMA) == 0


def test_who_has_no_children_here_is_told_whom_to_ring(city: City) -> None:
    _visitor, page = city.logged_in(CLERK, "/e/skolstart/valj-barn")

    assert page.status == 200
    assert not [f for f in page.forms() if "borja" in f.action]
    assert "Ring" in page.text


# Protected people


@pytest.mark.parametrize("status", ["marked", "protected", "unknown"])
@pytest.mark.parametrize("whose", [ELIS, JOHAN, SARA])
def test_protection_stops_before_the_first_question(
    city: City, whose: str, status: str
) -> None:
    visitor, page = city.logged_in(SARA, "/e/skolstart/valj-barn")
    choice = page.form(action="/borja")
    city.town.register.protect(whose, status)
    stopped = visitor.submit(choice)

    assert stopped.title.startswith("Kontakta oss")
    assert not re.search("skydd|sekret|folkbok", stopped.text.casefold())
    assert drafts(city, SARA) == 0


def test_every_reason_shows_the_same_page(city: City) -> None:
    visitor, page = city.logged_in(SARA, "/e/skolstart/valj-barn")
    choice = page.form(action="/borja")
    pages = set()
    for whose in (ELIS, JOHAN, SARA):
        for status in ("marked", "protected", "unknown"):
            city.town.register.protect(whose, status)
            pages.add(said(visitor.submit(choice)))
            city.town.register.protect(whose, "none")

    assert len(pages) == 1


@pytest.mark.parametrize("whose", [ELIS, JOHAN, SARA])
def test_protection_that_begins_before_signing_stops_signing(
    city: City, whose: str
) -> None:
    visitor, page = city.answered(answers=PLAIN)
    form = page.form(action="/granska")
    city.town.register.protect(whose)
    stopped = visitor.submit(form)

    assert stopped.title.startswith("Kontakta oss")
    assert city.town.bankid.requests[-1].purpose == "login"
    assert city.town.orders() == []


def test_protection_that_begins_on_the_phone_stops_what_was_signed(
    city: City,
) -> None:
    visitor, page = city.answered(answers=PLAIN)
    city.town.bankid.is_slow = True
    waiting = city.signed(visitor, page)
    city.town.bankid.is_slow = False
    city.town.register.protect(ELIS)
    city.town.clock.pass_(seconds=5)
    stopped = visitor.get(waiting.url)

    assert stopped.title.startswith("Kontakta oss")
    assert city.town.orders() == []


def test_a_family_that_became_protected_is_out_of_sight_within_a_minute(
    city: City,
) -> None:
    visitor, page = city.answered(answers=NUTS)
    receipt = city.signed(visitor, page)
    city.town.work()
    city.town.register.protect(ELIS)
    city.town.clock.pass_(seconds=61)
    _cook, listing = city.logged_in(COOK, "/inkorg/kitchen")

    assert "Elis" not in listing.text
    assert "Elis" not in visitor.get(receipt.url).text


# Custody that ends


def test_custody_that_ended_before_signing_stops_it(city: City) -> None:
    visitor, page = city.answered(answers=PLAIN)
    form = page.form(action="/granska")
    city.town.register.guardians[ELIS] = [JOHAN]
    stopped = visitor.submit(form)

    assert stopped.status == 404
    assert city.audited()[0] == "not_a_guardian"
    assert city.town.orders() == []


def test_custody_that_ended_on_the_phone_stops_what_was_signed(city: City) -> None:
    visitor, page = city.answered(answers=PLAIN)
    city.town.bankid.is_slow = True
    waiting = city.signed(visitor, page)
    city.town.bankid.is_slow = False
    city.town.register.guardians[ELIS] = [JOHAN]
    city.town.clock.pass_(seconds=5)
    stopped = visitor.get(waiting.url)

    assert stopped.status == 404
    assert city.town.orders() == []


def test_nobody_else_signs_what_somebody_was_asked_to(city: City) -> None:
    visitor, page = city.answered(answers=PLAIN)
    city.town.bankid.is_slow = True
    waiting = city.signed(visitor, page)
    city.town.bankid.is_slow = False
    city.town.clock.pass_(minutes=61)  # the session ends, and Johan sits down
    city.logged_in(JOHAN, visitor=visitor)
    city.town.clock.pass_(minutes=-60)
    answer = visitor.get(waiting.url)

    assert answer.status == 404
    assert city.town.orders() == []


# Staff


def staffed(city: City) -> None:
    visitor, page = city.answered(answers=NUTS)
    city.signed(visitor, page)
    city.town.work()


@pytest.mark.parametrize(
    "address",
    [
        "/inkorg/school_health",
        "/inkorg/school_health/export.csv",
        "/inkorg/no_such_department",
        "/inkorg/no_such_department/export.csv",
    ],
)
def test_staff_see_their_own_departments_only(city: City, address: str) -> None:
    cook, _ = city.logged_in(COOK, "/inkorg/kitchen")
    before = len(city.audited())

    assert cook.get(address).status == 404
    assert len(city.audited()) == before + 1


def test_another_departments_item_is_a_made_up_one(city: City) -> None:
    staffed(city)
    cook, _ = city.logged_in(COOK, "/inkorg/kitchen")
    session = city.town.services.sessions.resolve(
        "ekvalla", cook.client.cookies["staff"]
    )
    assert session is not None
    with city.town.database.read("ekvalla") as tc:
        [item, *_] = inbox.of_department(tc, "school_health")
    shown = session.handles.of(item.id)
    made_up = session.handles.of("0" * 32)

    for department in ("kitchen", "school_health"):
        real = cook.get(f"/inkorg/{department}/{shown}")
        other = cook.get(f"/inkorg/{department}/{made_up}")
        assert real.status == other.status == 404
        assert said(real).replace(shown, "") == said(other).replace(made_up, "")


def test_a_department_has_its_own_lists_only(city: City) -> None:
    staffed(city)
    cook, _ = city.logged_in(COOK, "/inkorg/kitchen")

    for name in ("health.school_health", "diet.school_health", "made-up", ""):
        page = cook.get(f"/inkorg/kitchen?lista={name}")
        export = cook.client.get(f"/inkorg/kitchen/export.csv?lista={name}")
        assert page.status in (200, 404)
        assert "BVC" not in page.text
        assert "BVC" not in export.text


def test_an_unknown_kind_of_list_is_not_there(city: City) -> None:
    cook, _ = city.logged_in(COOK, "/inkorg/kitchen")

    assert cook.get("/inkorg/kitchen/export.exe").status == 404


def test_who_is_in_no_department_has_no_inbox(city: City) -> None:
    _visitor, page = city.logged_in(SARA, "/inkorg")

    assert page.status == 404
    assert city.audited()[0] == "no_department"


def test_a_staff_session_is_no_citizens_session(city: City) -> None:
    cook, _ = city.logged_in(COOK, "/inkorg/kitchen")
    visitor = city.visitor()
    visitor.client.cookies.set("citizen", cook.client.cookies["staff"])

    assert "/logga-in" in visitor.get("/mina").url
    assert "/logga-in" in visitor.get("/e/skolstart/valj-barn").url


def test_a_citizens_session_is_no_staff_session(city: City) -> None:
    sara, _ = city.logged_in(SARA)
    visitor = city.visitor()
    visitor.client.cookies.set("staff", sara.client.cookies["citizen"])

    assert "/logga-in" in visitor.get("/inkorg").url


# Nobody in particular


def test_an_anonymous_visit_opens_no_form_that_asks_who_one_is(city: City) -> None:
    visitor = city.visitor()
    visitor.submit(visitor.get("/e/felanmalan").form(action="/borja"))
    assert visitor.client.cookies["citizen"]
    token = visitor.get("/e/felanmalan").form(action="/borja").fields["csrf_token"]
    answer = visitor.client.post(
        "/e/bygglovsfraga/borja", data={"csrf_token": token[0]}
    )

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/logga-in")


def test_an_anonymous_visit_has_no_pages_of_its_own(city: City) -> None:
    visitor = city.visitor()
    page = visitor.submit(visitor.get("/e/felanmalan").form(action="/borja"))

    assert page.status == 200
    assert visitor.get("/mina").status in (200, 404)
    assert "Elis" not in visitor.get("/mina").text
    assert visitor.get("/inkorg").title.startswith("Logga in")
