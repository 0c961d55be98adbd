"""A log-in that is about to end: warned of in time, made longer by one press."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from browsing import CHROMIUM, violations
from household import SARA
from sqlalchemy import event

from formbuilder.database.sqlite import Sqlite
from schemas.errors import TemporaryError
from tests.filling.window import Window
from tests.promises.city import City


def pass_(window: Window, minutes: int) -> None:
    """Let time pass while the person is elsewhere; the page asks when they are back."""
    window.city.town.clock.pass_(minutes=minutes)
    window.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
def test_one_press_gives_more_time_and_loses_nothing(window: Window) -> None:
    page = window.page
    window.open("skolstart", "dina-uppgifter")
    page.get_by_label("Din e-postadress").fill("ny@example.se")
    pass_(window, 56)
    page.get_by_role("dialog").wait_for()
    words, found = page.get_by_role("dialog").inner_text(), violations(page)
    window.look("session")
    page.get_by_role("button", name="Jag behöver mer tid").click()
    page.get_by_role("dialog").wait_for(state="hidden")
    pass_(window, 50)
    page.get_by_role("button", name="Spara och fortsätt senare").click()

    assert "Om 4 minuter loggas du ut" in words
    assert found == []
    assert page.url.endswith("/mina")


def test_asking_how_long_is_left_prolongs_nothing(city: City) -> None:
    visitor, _ = city.logged_in()
    city.town.clock.pass_(minutes=40)
    first = visitor.client.get("/logga-in/tid").json()
    city.town.clock.pass_(minutes=10)

    assert (first, visitor.client.get("/logga-in/tid").json()) == (
        {"seconds": 20 * 60},
        {"seconds": 10 * 60},
    )


def test_whom_nobody_knows_finds_a_late_answer_where_it_was(city: City) -> None:
    visitor = city.visitor()
    start = visitor.get("/e/felanmalan")
    page = visitor.submit(start.form(action="/borja"))
    city.town.clock.pass_(minutes=70)
    form = page.form(field_name="fault.place")
    answers = {
        "fault.category": ["hole"],
        "fault.place": ["Parken"],
        "fault.description": ["Ett hål."],
        "fault.danger": ["false"],
    }
    following = visitor.submit(form, answers, button=("_go", "next"))

    assert "/felanmalan/svar" in following.url
    assert visitor.get(page.url).form(field_name="fault.place").fields[
        "fault.place"
    ] == ["Parken"]


@contextmanager
def failing(city: City, number: int) -> Iterator[list[int]]:
    """Let the commit of that number fail, and count them."""
    store = city.town.database._store
    assert isinstance(store, Sqlite)
    engine, seen = store.writer._engine, list[int]()

    def commit(_connection: object) -> None:
        seen.append(len(seen) + 1)
        if seen[-1] == number:
            raise TemporaryError("The disk is full.")

    event.listen(engine, "commit", commit)
    yield seen
    event.remove(engine, "commit", commit)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_cannot_be_saved_when_one_is_back_waits_for_the_next_try(
    city: City, number: int
) -> None:
    """One commit fails, whichever it is of the four that coming back takes."""
    visitor, page = city.logged_in(SARA, "/e/bygglovsfraga/borja")
    form = page.form(field_name="build.property")
    city.town.clock.pass_(minutes=61)
    asked = visitor.submit(form, {"build.property": ["Eken 1"]}, button=("_go", "next"))
    [way] = asked.form(action="/logga-in").fields["to"]
    city.logged_in(SARA, visitor=visitor)
    with failing(city, number) as seen:
        back = visitor.get(way)
    again = visitor.get(way)
    session = city.town.session(SARA)
    [listed] = city.town.services.drafts.list(session)
    draft = city.town.services.drafts.get(session, listed.id)

    assert "/fortsatt/" in way
    assert number in seen
    assert back.status == 503
    assert again.status in (200, 422)
    assert draft.answers["build"]["property"] == "Eken 1"
