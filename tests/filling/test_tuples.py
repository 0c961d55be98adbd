"""A tuple is answered as a group, position by position, and stored as one list."""

import pytest
from browsing import CHROMIUM

from tests.filling.filler import Filler, one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

WAY = {
    "type": "object",
    "title": "Hur?",
    "required": ["by"],
    "properties": {"by": {"title": "Färdsätt", "enum": ["buss", "bil"]}},
    "if": {"required": ["by"], "properties": {"by": {"const": "bil"}}},
    "then": {
        "required": ["plate"],
        "properties": {"plate": {"title": "Registreringsnummer", "type": "string"}},
    },
}
STOP = {"type": "object", "properties": {"at": {"type": "string", "title": "Plats"}}}
TRIP = {
    "type": "array",
    "title": "Resan",
    "minItems": 1,
    "items": False,
    "prefixItems": [
        WAY,
        {"type": "string", "title": "Varifrån?"},
        {"type": "integer", "title": "Hur många?"},
        {"type": "array", "title": "Stopp", "items": STOP},
    ],
}
GRID = {"type": "array", "title": "Mått", "items": {"type": "array", "items": {"type": "integer"}}}  # fmt: skip
FORM = one_section("resa", "s", {"trip": TRIP, "sizes": GRID}, required=["trip"])
WHOLE = {
    "s": {
        "trip": [
            {"by": "bil", "plate": "ABC 123"},
            "Torget",
            3,
            [{"at": "Bron"}, {"at": "Ån"}],
        ],
        "sizes": [[1, 2], [3]],
    }
}


@pytest.fixture
def filler(city: City) -> Filler:
    return Filler.begin(city, FORM)


def test_an_open_position_before_an_answered_one_is_told_where_it_stands(
    filler: Filler,
) -> None:
    filler.post({"s.trip.0.by": ["buss"], "s.trip.2": ["3"]})

    assert list(filler.page.errors) == ["q-s.trip.1"]
    assert "svarat längre ned" in filler.page.errors["q-s.trip.1"]
    assert filler.holds("s.trip.2") == ["3"]


def test_a_position_asks_what_its_own_answers_ask(filler: Filler) -> None:
    before = filler.asks("s.trip.")
    filler.post({"s.trip.0.by": ["bil"], "s.trip.1": ["Torget"]})

    assert before == ["s.trip.0.by", "s.trip.1", "s.trip.2", "s.trip.3"]
    assert filler.asks("s.trip.") == ["s.trip.0.by", "s.trip.0.plate", *before[1:]]


def test_a_position_scolds_for_nothing_that_was_not_asked_yet(filler: Filler) -> None:
    typed = {"s.trip.0.by": ["bil"], "s.trip.1": ["Torget"], "s.trip.2": ["3"]}
    filler.post(typed)
    first = (filler.page.status, dict(filler.page.errors), "fler=1" in filler.page.url)
    filler.post({})

    assert first == (200, {}, True)
    assert list(filler.page.errors) == ["q-s.trip.0.plate"]


def test_rows_in_a_position_are_added_without_script(filler: Filler) -> None:
    typed = {"s.trip.0.by": ["buss"], "s.trip.1": ["Torget"]}
    filler.post(typed, ("_add", "/s/trip/3"))
    filler.post({"s.trip.3.0.at": ["Bron"], "s.trip.2": ["1"]}, ("_add", "/s/trip/3"))

    assert [name for name in filler.asks("s.trip.") if name.endswith("at")] == [
        "s.trip.3.0.at",
        "s.trip.3.1.at",
    ]
    assert filler.holds("s.trip.3.0.at") == ["Bron"]


def test_the_review_tells_every_position_on_a_line_of_its_own(filler: Filler) -> None:
    filler.post({"s.trip.0.by": ["buss"], "s.trip.1": ["Torget"], "s.trip.2": ["3"]})

    assert filler.page.url.partition("?")[0].endswith("/granska")
    for line in ("Färdsätt: buss", "Varifrån? Torget", "Hur många? 3"):
        assert line in filler.page.text


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
def test_with_script_the_same_list_is_stored(window: Window) -> None:
    publish(window.city, FORM)
    _, draft = window.answer("resa", WHOLE)

    assert draft.settled.answers == WHOLE
