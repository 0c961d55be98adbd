"""What may stand after a tuple's positions is answered below them, row by row."""

import pytest
from browsing import CHROMIUM

from tests.filling.filler import Filler, one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

PLAYER = {
    "title": "Spelare",
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"title": "Namn", "type": "string"},
        "age": {"title": "Ålder", "type": "integer", "minimum": 5},
    },
}
TEAM = {
    "type": "array",
    "title": "Lag",
    "minItems": 2,
    "maxItems": 4,
    "prefixItems": [{"type": "string", "title": "Lagets namn"}],
    "items": PLAYER,
}
WORDS = {
    "type": "array",
    "title": "Ord",
    "prefixItems": [{"type": "integer", "title": "Nummer"}],
    "items": {"type": "string", "minLength": 2},
    "uniqueItems": True,
}
FORM = one_section("lag", "s", {"team": TEAM, "words": WORDS}, required=["team"])
WHOLE = {
    "s": {
        "team": ["Röd", {"name": "Rut", "age": 9}, {"name": "Bo"}],
        "words": [7, "ett", "två"],
    }
}
AFTER = "s.team.~0from1"


@pytest.fixture
def filler(city: City) -> Filler:
    return Filler.begin(city, FORM)


def row(number: int, **typed: str) -> dict[str, list[str]]:
    return {f"{AFTER}.{number}.{name}": [one] for name, one in typed.items()}


def two_players(filler: Filler) -> None:
    filler.post(
        {"s.team.0": ["Röd"], **row(0, name="Rut")}, ("_add", "/s/team/~0from1")
    )
    filler.post(row(1, name="Bo"), ("_up", "/s/team/~0from1/1"))


def test_as_many_rows_are_shown_as_there_must_be(filler: Filler) -> None:
    cells = ["s.team.0", f"{AFTER}.0.name", f"{AFTER}.0.age"]
    assert filler.asks("s.team.") == ["s.team.0", AFTER, *cells[1:]]


def test_rows_after_the_positions_are_added_and_moved(filler: Filler) -> None:
    two_players(filler)

    assert filler.holds(f"{AFTER}.0.name") == ["Bo"]
    assert filler.holds(f"{AFTER}.1.name") == ["Rut"]
    assert filler.holds("s.team.0") == ["Röd"]


def test_a_row_after_the_positions_is_removed(filler: Filler) -> None:
    two_players(filler)
    filler.post({}, ("_remove", "/s/team/~0from1/0"))

    assert filler.holds(f"{AFTER}.0.name") == ["Rut"]
    assert f"{AFTER}.1.name" not in filler.asks(AFTER)


def test_no_more_rows_are_added_than_there_may_be(filler: Filler) -> None:
    two_players(filler)
    filler.post({}, ("_add", "/s/team/~0from1"))

    buttons = filler.page.form(field_name="_shown").buttons
    assert ("_add", "/s/team/~0from1") not in buttons


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_wrong_in_a_row_is_told_in_it(filler: Filler, number: int) -> None:
    two_players(filler)
    filler.post(row(number, age="3"))

    assert list(filler.page.errors) == [f"q-{AFTER}.{number}.age"]


def test_what_cannot_be_read_in_a_row_is_told_in_it_and_kept(filler: Filler) -> None:
    two_players(filler)
    filler.post(row(1, age="tre"))

    assert list(filler.page.errors) == [f"q-{AFTER}.1.age"]
    assert filler.holds(f"{AFTER}.1.age") == ["tre"]


def test_too_few_are_told_as_rows(filler: Filler) -> None:
    filler.post({"s.team.0": ["Röd"]})

    told = {f"q-{AFTER}": "Lag, Spelare: Lägg till minst en rad."}
    assert filler.page.errors == told


def test_a_position_before_the_rows_cannot_be_left_open(filler: Filler) -> None:
    filler.post(row(0, name="Rut"))

    assert list(filler.page.errors) == ["q-s.team.0"]
    assert filler.holds(f"{AFTER}.0.name") == ["Rut"]


@pytest.mark.parametrize("lines", ["ett\nt", "t\nett"])
def test_what_is_wrong_with_a_line_is_told_at_the_lines(
    filler: Filler, lines: str
) -> None:
    two_players(filler)
    filler.post({"s.words.0": ["7"], "s.words.~0from1": [lines]})

    assert list(filler.page.errors) == ["q-s.words.~0from1"]


def test_the_same_list_is_stored(filler: Filler) -> None:
    two_players(filler)
    filler.post({"s.words.0": ["7"], "s.words.~0from1": ["ett\ntvå"]})

    assert filler.page.url.partition("?")[0].endswith("/granska")
    for line in ("Lagets namn: Röd", "Namn: Bo", "Namn: Rut", "ett, två"):
        assert line in filler.page.text


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
def test_with_script_the_same_list_is_stored(window: Window) -> None:
    publish(window.city, FORM)
    _, draft = window.answer("lag", WHOLE)

    assert draft.settled.answers == WHOLE
