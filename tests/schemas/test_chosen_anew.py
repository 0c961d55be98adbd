"""What an answer becomes when another alternative is chosen at its place."""

import json
from copy import deepcopy
from typing import Any, Final

import pytest

from schemas.chosen_anew import (
    Held,
    answers_set_aside,
    chosen_anew,
    still_set_aside,
    typed_set_aside,
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


RUT: Final = {"name": "Rut"}


def of(answer: Json) -> dict[str, Json]:
    return {"answer": answer}


@pytest.mark.parametrize(
    ("before", "after", "is_now", "waits"),
    [
        (chosen(0, "Vi"), chosen(1, "Vi alla"), None, {"0": of("Vi alla")}),
        (chosen(1, RUT), chosen(0, RUT), None, {"object": of(RUT)}),
        ({"s": {"who": "Vi"}}, chosen(1, "Vi"), None, {"0": of("Vi")}),
        (chosen(0), chosen(1), None, {}),
        (chosen(1, RUT), chosen(2, RUT), RUT, None),
        (chosen(0, "Vi"), chosen(0, "Vi alla"), "Vi alla", None),
        ({}, chosen(0, "Vi"), "Vi", None),
    ],
)
def test_an_answer_waits_where_its_alternative_is_not_chosen_any_more(
    before: Json, after: Json, is_now: Json, waits: Json
) -> None:
    held = chosen_anew(form(), before, Held(after, {}, {}))

    assert held.answers.get("s", {}).get("who") == is_now
    assert held.set_aside.get(PLACE) == waits
    assert held.answers[CHOICES] == after[CHOICES]


def test_it_is_put_back_once_with_its_alternative() -> None:
    other = {"/s/other": {"1": of(7)}}
    waiting = {PLACE: {"0": of("Vi")}, **other}
    held = Held(chosen(0, RUT), {}, waiting)
    held = chosen_anew(form(), chosen(1, RUT), held)

    assert held.answers["s"] == {"who": "Vi"}
    assert held.set_aside == {PLACE: {"object": of(RUT)}, **other}


def test_what_is_half_typed_waits_and_comes_back_too() -> None:
    half, beside = {"/s/who/size": {"": ["fyra"]}}, {"/s/more": {"": ["x"]}}
    there = Held(chosen(0, RUT), {**half, **beside}, {})
    gone = chosen_anew(form(), chosen(2, RUT), there)
    back = chosen_anew(form(), gone.answers, gone._replace(answers=chosen(2)))

    assert gone.typed == beside
    assert gone.set_aside[PLACE]["object"] == {"answer": RUT, "typed": half}
    assert back.typed == {**half, **beside}
    assert back.answers["s"] == {"who": RUT}


def test_what_lies_in_what_gives_way_is_not_chosen_anew_itself() -> None:
    who = {"who": {"x": "abc"}}
    inner = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
    outer = {"type": "object", "properties": {"x": inner}, "required": ["x"]}
    nested = form([{"title": "I ord", "type": "string"}, outer])
    before = {CHOICES: {PLACE: 1, f"{PLACE}/x": 0}, "s": who}
    after = {CHOICES: {f"{PLACE}/x": 1, PLACE: 0}, "s": who}
    held = chosen_anew(nested, before, Held(after, {}, {}))

    assert held.answers["s"] == {}
    assert held.set_aside == {PLACE: {"object": of({"x": "abc"})}}


def test_what_is_chosen_in_a_row_moves_nothing() -> None:
    row = {"s": {"more": [RUT]}}
    after = {**row, CHOICES: {"/s/more/0": 1}}

    assert chosen_anew(form(), row, Held(after, {}, {})) == Held(after, {}, {})


def test_a_question_knows_which_alternative_asks_it() -> None:
    asked = [settle(form(), chosen(index)).asked for index in (0, 1)]

    assert asked[0][PLACE].alternative == "0"
    assert asked[1][f"{PLACE}/name"].alternative == ""


def test_what_waits_stands_at_its_place() -> None:
    second = f"{PLACE}/{CHOICES}/1"
    half = {"typed": {PLACE: {"": ["fyra"]}}}
    waiting = {
        PLACE: {"0": of("Vi"), "object": of(RUT)},
        second: {"0": of(7), "1": half},
    }

    assert [*answers_set_aside(waiting)] == [
        {"s": {"who": "Vi"}},
        {"s": {"who": RUT}},
        {"s": {"who": 7}},
    ]
    assert [*typed_set_aside(waiting)] == [half["typed"]]


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
    waiting = {PLACE: {"object": of(RUT)}}
    found = still_set_aside(waiting, form(), form(kinds), chosen(0, "Vi"))

    assert found == (waiting if stays else {})
