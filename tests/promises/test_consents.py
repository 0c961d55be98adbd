"""How consents stand, told in a word and a sentence to whoever gave or refused them."""

import pytest
from household import ELIS, JOHAN, SARA
from school_start import with_photo

from formbuilder.visitor import Page, Visitor
from tests.promises.city import City

UNTIL = "2027-08-31"


def told(page: Page) -> set[tuple[str, str]]:
    """Return the word and the sentence of each of the consents to photos."""
    cards = page.tree.xpath("//h2[@id='samtycken']/following-sibling::ul[1]/li")
    return {
        (
            card.xpath("string(.//*[contains(@class,'fb-tag')])").strip(),
            card.xpath("string(p)").strip(),
        )
        for card in cards
    }


def undoing(page: Page) -> int:
    return len([form for form in page.forms() if form.action.endswith("/angra")])


@pytest.fixture
def said(city: City) -> City:
    """Both guardians have said yes to everything about photos, for half a year."""
    for guardian in (SARA, JOHAN):
        city.town.send(guardian, ELIS, with_photo(until=UNTIL))
    return city


def test_a_yes_that_waits_for_another_s_is_no_no(city: City) -> None:
    city.town.send(SARA, ELIS, with_photo(until=UNTIL))
    _, page = city.logged_in(SARA)

    assert told(page) == {
        (
            "Gäller inte",
            "Du har sagt ja. Det gäller först när alla vårdnadshavare har sagt ja.",
        )
    }


def test_a_yes_of_all_says_how_long_it_holds(said: City) -> None:
    _, page = said.logged_in(SARA)

    assert told(page) == {("Ja", "Gäller till och med 31 augusti 2027.")}
    assert undoing(page) > 0


def test_a_yes_that_has_ended_was_no_no(said: City) -> None:
    said.town.clock.pass_(days=200)
    _, page = said.logged_in(SARA)

    assert told(page) == {("Gäller inte", "Du sa ja till och med 31 augusti 2027.")}
    assert undoing(page) == 0


def test_a_yes_that_is_taken_back_is_a_no(said: City) -> None:
    visitor, page = said.logged_in(SARA)
    page = without_all(visitor, page)

    assert told(page) == {("Nej", "Du har sagt nej.")}
    assert undoing(page) == 0


def without_all(visitor: Visitor, page: Page) -> Page:
    """Take every yes back, one at a time."""
    while undoing(page):
        visitor.submit(page.form(action="/angra"))
        page = visitor.get("/mina")
    return page
