"""The work of a page grows with its form and its rows, not with their square.

Work is counted in function calls, which other people's load does not change.
"""

from typing import Any

import pytest

from schemas.journey import pages
from schemas.settling import settle
from schemas.validation import check
from tests.counting import TWICE, calls
from tests.schemas.forms import form, yes

TEXT = {"type": "string", "title": "?", "maxLength": 5}
YES_NO = {"type": "boolean", "title": "?"}


def questions(count: int) -> Any:
    """Return a form of questions of which every second depends on the one before."""
    return {
        "type": "object",
        "properties": {f"q{i}": YES_NO for i in range(0, count, 2)},
        "allOf": [
            {"if": yes(f"q{i - 1}"), "then": {"properties": {f"q{i}": TEXT}}}
            for i in range(1, count, 2)
        ],
    }


def chain(count: int) -> Any:
    """Return a form in which each question depends on the one before."""
    return {
        "type": "object",
        "properties": {"q0": YES_NO},
        "allOf": [
            {"if": yes(f"q{i - 1}"), "then": {"properties": {f"q{i}": YES_NO}}}
            for i in range(1, count)
        ],
    }


ROWS = {
    "type": "object",
    "properties": {
        "rows": {
            "type": "array",
            "title": "Rader",
            "items": {
                "type": "object",
                "required": ["a"],
                "properties": {"a": TEXT, "more": YES_NO},
                "if": yes("more"),
                "then": {"properties": {"b": TEXT}},
            },
        }
    },
}


def work(schema: Any, answers: Any) -> int:
    compiled = form(schema)

    def once() -> None:
        settled = settle(compiled, {"s": answers})
        check(compiled, settled)
        pages(compiled, settled)

    once()
    return calls(once)


def answered(count: int, text: str) -> Any:
    return {f"q{i}": (i % 2 == 0) or text for i in range(count)}


@pytest.mark.parametrize("text", ["kort", "alldeles för långt"])
def test_twice_the_questions_cost_twice_as_much(text: str) -> None:
    small = work(questions(250), answered(250, text))
    large = work(questions(500), answered(500, text))

    assert large <= TWICE * small


@pytest.mark.parametrize("row", [{"a": "x", "more": True, "b": "y"}, {"more": False}])
def test_twice_the_rows_cost_twice_as_much(row: Any) -> None:
    small = work(ROWS, {"rows": [row] * 500})
    large = work(ROWS, {"rows": [row] * 1000})

    assert large <= TWICE * small


def test_a_chain_that_comes_apart_costs_a_round_each() -> None:
    """Each round is one walk, so twice the chain is four times the work, not eight."""
    small = form(chain(40))
    large = form(chain(80))
    broken = {"s": {f"q{i}": i != 0 for i in range(80)}}
    short = {"s": {f"q{i}": i != 0 for i in range(40)}}

    few = calls(lambda: settle(small, short))
    many = calls(lambda: settle(large, broken))

    assert many <= TWICE * TWICE * few


def nested(depth: int) -> Any:
    """Return a form of a table in a table, as deep as that."""
    asked: Any = TEXT
    for _ in range(depth):
        row = {"type": "object", "properties": {"a": asked, "b": TEXT}}
        asked = {"type": "array", "title": "Rader", "items": row}
    return {"type": "object", "properties": {"rows": asked}}


def test_a_table_in_a_table_does_not_cost_twice_as_much_each_time() -> None:
    few = calls(lambda: form(nested(6)))
    many = calls(lambda: form(nested(12)))

    assert many <= TWICE * TWICE * few
