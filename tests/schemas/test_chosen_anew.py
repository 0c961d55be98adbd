"""What an answer becomes when another alternative is chosen at its place."""

import json
from copy import deepcopy
from typing import Any, Final

import pytest

from schemas.chosen_anew import (
    answers_set_aside,
    chosen_anew,
    still_set_aside,
)
from schemas.compiling import CompiledForm, compile_form
from schemas.definition import Json
from schemas.parsing import definition_from
from schemas.settling import CHOICES, settle
from tests.filling.filler import one_section

NAME: Final = {"title": "Namn", "type": "string"}
NAMED: Final = {"type": "object", "required": ["name"], "properties": {"name": NAME}}
SIZED: Final = {
    "type": "object",
    "required": ["size"],
    "properties": {"size": {"title": "Antal", "type": "integer"}},
}
KINDS: Final = [{"title": "I ord", "type": "string"}, NAMED, SIZED]
PLACE: Final = "/s/who"


def form(kinds: Json = KINDS) -> CompiledForm:
    who = {"title": "Vem?", "oneOf": kinds}
    rows = {"title": "Fler", "type": "array", "items": {"anyOf": [NAMED, SIZED]}}
    made = one_section("vem", "s", {"who": who, "more": rows})
    return compile_form(definition_from(json.dumps(made)))


def chosen(index: int, who: Json = None, where: str = PLACE) -> dict[str, Any]:
    """Return answers with an alternative that is chosen."""
    said = {CHOICES: {where: index}}
    return said if who is None else {**said, "s": {"who": who}}


@pytest.mark.parametrize(
    ("before", "after", "is_now", "waits"),
    [
        (chosen(0, "Vi"), chosen(1, "Vi alla"), None, {"0": "Vi alla"}),
        (chosen(1, {"name": "Rut"}), chosen(0, {"name": "Rut"}), None, {"1": {"name": "Rut"}}),
        ({"s": {"who": "Vi"}}, chosen(1, "Vi"), None, {"0": "Vi"}),
        (chosen(0), chosen(1), None, {}),
        (chosen(1, {"name": "Rut"}), chosen(2, {"name": "Rut"}), {"name": "Rut"}, None),
        (chosen(0, "Vi"), chosen(0, "Vi alla"), "Vi alla", None),
        ({}, chosen(0, "Vi"), "Vi", None),
    ],
)  # fmt: skip
def test_an_answer_waits_where_its_alternative_is_not_chosen_any_more(
    before: Json, after: Json, is_now: Json, waits: Json
) -> None:
    answers, waiting = chosen_anew(form(), before, after, {})

    assert answers.get("s", {}).get("who") == is_now
    assert waiting.get(PLACE) == waits
    assert answers[CHOICES] == after[CHOICES]


def test_it_is_put_back_once_with_its_alternative() -> None:
    before, after = chosen(1, {"name": "Rut"}), chosen(0, {"name": "Rut"})
    waiting = {PLACE: {"0": "Vi"}, "/s/other": {"1": 7}}
    answers, waits = chosen_anew(form(), before, after, waiting)

    assert answers["s"] == {"who": "Vi"}
    assert waits == {PLACE: {"1": {"name": "Rut"}}, "/s/other": {"1": 7}}


def test_what_is_chosen_in_a_row_moves_nothing() -> None:
    row = {"s": {"more": [{"name": "Rut"}]}}
    after = {**row, CHOICES: {"/s/more/0": 1}}

    assert chosen_anew(form(), row, after, {}) == (after, {})


def test_a_question_knows_which_alternative_asks_it() -> None:
    asked = [settle(form(), chosen(index)).asked for index in (0, 1)]

    assert asked[0][PLACE].alternative == "0"
    assert asked[1][f"{PLACE}/name"].alternative == ""


def test_what_waits_stands_at_its_place() -> None:
    second = f"{PLACE}/{CHOICES}/1"
    waiting = {PLACE: {"0": "Vi", "1": {"name": "Rut"}}, second: {"0": 7}}

    assert [*answers_set_aside(waiting)] == [
        {"s": {"who": "Vi"}},
        {"s": {"who": {"name": "Rut"}}},
        {"s": {"who": 7}},
    ]


def renamed() -> Json:
    kinds = deepcopy(KINDS)
    kinds[1]["properties"]["name"]["title"] = "Vad heter hen?"
    return kinds


@pytest.mark.parametrize(
    ("kinds", "stays"),
    [(KINDS, True), (renamed(), False), (KINDS[:2], False), (KINDS[::-1], False)],
)
def test_it_waits_under_another_version_that_asks_the_same(
    kinds: Json, stays: bool
) -> None:
    waiting = {PLACE: {"1": {"name": "Rut"}}}
    found = still_set_aside(waiting, form(), form(kinds), chosen(0, "Vi"))

    assert found == (waiting if stays else {})
