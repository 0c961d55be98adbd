"""A row's answer may be of several kinds: one chooses which, and answers that."""

import pytest
from browsing import CHROMIUM

from tests.filling.filler import Filler, one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

PERSON = {
    "type": "object",
    "title": "Person",
    "required": ["name"],
    "properties": {
        "name": {"title": "Namn", "type": "string"},
        "age": {"title": "Ålder", "type": "integer"},
    },
    "if": {"required": ["age"], "properties": {"age": {"maximum": 17}}},
    "then": {
        "required": ["guardian"],
        "properties": {"guardian": {"title": "Vårdnadshavare", "type": "string"}},
    },
}
GUESTS = {
    "type": "array",
    "title": "Gäster",
    "minItems": 1,
    "items": {
        "oneOf": [
            {"type": "string", "title": "En grupp", "minLength": 3},
            {"type": "integer", "title": "Ett antal", "minimum": 0},
            PERSON,
        ]
    },
}
FORM = one_section("fest", "s", {"guests": GUESTS}, required=["guests"])
WHOLE = {
    "s": {
        "guests": ["Scouterna", 0, {"name": "Rut", "age": 9, "guardian": "Bo"}],
    }
}
ROW = "s.guests.0"


@pytest.fixture
def filler(city: City) -> Filler:
    return Filler.begin(city, FORM)


def test_before_one_chooses_every_kind_is_there_to_answer(filler: Filler) -> None:
    assert filler.asks(ROW) == [
        ROW,
        f"{ROW}.~0as",
        f"{ROW}.~0as0",
        f"{ROW}.~0as1",
        f"{ROW}.~0as2.name",
        f"{ROW}.~0as2.age",
        f"{ROW}.~0as2.guardian",
    ]


def test_what_is_filled_in_says_which_kind_it_is(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as1": ["0"]})

    assert filler.page.url.partition("?")[0].endswith("/granska")


def test_when_one_comes_back_the_kind_is_shown_and_can_be_changed(
    filler: Filler,
) -> None:
    filler.post({f"{ROW}.~0as1": ["0"]})
    filler.page = filler.visitor.get(filler.address)

    assert filler.asks(ROW) == [ROW, f"{ROW}.~0as", f"{ROW}.~0as1"]
    assert filler.holds(f"{ROW}.~0as") == ["1"]


def test_two_kinds_filled_in_are_told_at_the_choice_and_kept(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as0": ["Scouterna"], f"{ROW}.~0as1": ["4"]})

    assert list(filler.page.errors) == [f"q-{ROW}.~0as"]
    assert filler.holds(f"{ROW}.~0as0") == ["Scouterna"]
    assert filler.holds(f"{ROW}.~0as1") == ["4"]


def test_the_kind_one_chooses_is_the_one_that_is_shown(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as": ["2"]})

    assert list(filler.page.errors) == [f"q-{ROW}.~0as2.name"]
    assert f"{ROW}.~0as0" not in filler.asks(ROW)


def test_what_was_typed_of_another_kind_comes_back_with_it(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as0": ["Scouterna"], f"{ROW}.~0as": ["1"]})
    filler.post({f"{ROW}.~0as": ["0"]}, ("_add", "/s/guests"))

    assert filler.holds(f"{ROW}.~0as0") == ["Scouterna"]


def test_what_is_wrong_is_told_in_the_kind_that_is_meant(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as": ["0"], f"{ROW}.~0as0": ["ab"]})
    short = list(filler.page.errors)
    filler.post({f"{ROW}.~0as": ["1"]})
    filler.post({f"{ROW}.~0as1": ["fyra"]})

    assert short == [f"q-{ROW}.~0as0"]
    assert list(filler.page.errors) == [f"q-{ROW}.~0as1"]


def test_a_row_is_called_what_it_is_once(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as": ["1"], f"{ROW}.~0as1": ["fyra"]})
    legends = [one.text_content() for one in filler.page.tree.xpath("//legend")]

    assert [one for one in legends if "Gäster" in one] == ["Gäster"]
    assert filler.page.tree.xpath(f"//*[@id='q-{ROW}']")
    [summed] = filler.page.tree.xpath("//*[@role='alert']//a")
    assert summed.text_content().startswith("Gäster 1, Ett antal: ")


def test_a_kind_asks_what_its_own_answers_ask(filler: Filler) -> None:
    grown = {f"{ROW}.~0as": ["2"], f"{ROW}.~0as2.name": ["Rut"], f"{ROW}.~0as2.age": ["40"]}  # fmt: skip
    filler.post(grown, ("_add", "/s/guests"))
    before = filler.asks(f"{ROW}.~0as2")
    filler.post({f"{ROW}.~0as2.age": ["9"]})

    assert f"{ROW}.~0as2.guardian" not in before
    assert f"{ROW}.~0as2.guardian" in filler.asks(f"{ROW}.~0as2")


def test_rows_of_different_kinds_change_places(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as0": ["Scouterna"]}, ("_add", "/s/guests"))
    filler.post({"s.guests.1.~0as1": ["4"]}, ("_up", "/s/guests/1"))

    assert filler.holds(f"{ROW}.~0as1") == ["4"]
    assert filler.holds("s.guests.1.~0as0") == ["Scouterna"]


def test_what_was_typed_in_another_kind_comes_back_with_it(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as": ["2"]}, ("_add", "/s/guests"))
    filler.post({f"{ROW}.~0as2.name": ["Rut"], "s.guests.1.~0as0": ["Scouterna"]})
    filler.page = filler.visitor.get(filler.address)
    filler.post({f"{ROW}.~0as": ["1"]}, ("_up", "/s/guests/1"))
    filler.post({"s.guests.1.~0as1": ["4"]})
    assert "Rut" not in filler.page.text

    filler.page = filler.visitor.get(filler.address)
    filler.post({"s.guests.1.~0as": ["2"]})
    assert filler.page.url.partition("?")[0].endswith("/granska")
    assert "Namn: Rut" in filler.page.text


def test_an_empty_row_moves_nothing_that_waits_to_another(filler: Filler) -> None:
    filler.post({f"{ROW}.~0as0": ["Scouterna"]}, ("_add", "/s/guests"))
    filler.post({}, ("_add", "/s/guests"))
    filler.post({"s.guests.2.~0as0": ["Kören"]}, ("_up", "/s/guests/2"))
    filler.post({}, ("_up", "/s/guests/2"))
    filler.post({"s.guests.2.~0as": ["1"], "s.guests.2.~0as1": ["7"]})
    filler.page = filler.visitor.get(filler.address)

    assert filler.holds("s.guests.1.~0as1") == ["7"]
    assert filler.holds("s.guests.1.~0as0") == ["Kören"]


def test_every_kind_is_told_as_what_it_is_where_answers_are_checked(
    filler: Filler,
) -> None:
    filler.post({f"{ROW}.~0as0": ["Scouterna"]}, ("_add", "/s/guests"))
    filler.post({"s.guests.1.~0as2.name": ["Rut"]})

    assert "Scouterna" in filler.page.text
    assert "Namn: Rut" in filler.page.text


def test_a_text_is_not_filled_in_with_the_object_it_may_be_instead(city: City) -> None:
    name = {"name": {"title": "Namn", "type": "string"}}
    pair = {"title": "Person", "type": "object", "required": ["name"]}
    kinds = [{"title": "I ord", "type": "string"}, {**pair, "properties": name}]
    asked = {"who": {"title": "Vem?", "oneOf": kinds}}
    filler = Filler.begin(city, one_section("vem", "s", asked, required=["who"]))
    choice = "@choice.~1s~1who"
    filler.post({choice: ["1"]})
    filler.post({"s.who.name": ["Rut"]})
    filler.page = filler.visitor.get(filler.address)
    filler.post({choice: ["0"]})

    assert filler.holds("s.who") in ([], [""])


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
def test_with_script_the_same_rows_are_stored(window: Window) -> None:
    publish(window.city, FORM)
    _, draft = window.answer("fest", WHOLE)

    assert draft.settled.answers == WHOLE
