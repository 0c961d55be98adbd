"""A form that nobody logs in to promises nothing that takes a log-in."""

from tests.filling.filler import Filler, one_section
from tests.promises.city import City

FORM = one_section("fel", "s", {"place": {"title": "Var?", "type": "string"}})


def test_what_cannot_be_found_again_is_not_said_to_be_kept(city: City) -> None:
    filler = Filler.begin(city, FORM)
    start = filler.visitor.get("/e/fel")

    assert "fortsätta senare" not in start.text
    assert "fortsätta senare" in filler.visitor.get("/e/skolstart").text


def test_what_nobody_signs_is_changed_until_it_is_sent_in(city: City) -> None:
    filler = Filler.begin(city, FORM)

    assert "/granska" in filler.page.url
    assert "Du kan ändra tills du skickar in." in filler.page.text
    assert "skriver under" not in filler.page.text
