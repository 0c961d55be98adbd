"""Calculated values: pure, settled in order, and never what somebody sends."""

from typing import Any

import pytest

from schemas.errors import DefinitionRefused
from schemas.settling import settle
from schemas.trying import try_answers
from schemas.validation import check
from tests.schemas.forms import form

NUMBER = {"type": "integer", "title": "Antal"}


def worked_out(title: str, **said: str) -> Any:
    return {"type": "number", "title": title, "readOnly": True, "calculate": said}


def of(**properties: Any) -> Any:
    return {"type": "object", "properties": properties}


COSTS = {
    "type": "array",
    "title": "Kostnader",
    "items": of(each=NUMBER, number=NUMBER, cost=worked_out("Kostnad", sum="number")),
}
GRANT = {
    **of(
        costs=COSTS,
        total=worked_out("Summa", sum="/s/costs/*/each"),
        rows=worked_out("Rader", count="/s/costs"),
    ),
    "if": {"required": ["total"], "properties": {"total": {"minimum": 100}}},
    "then": {"properties": {"why": {"type": "string", "title": "Varför så mycket?"}}},
}


def answers(schema: Any, typed: Any) -> Any:
    return settle(form(schema), {"s": typed}).answers["s"]


def test_a_sum_adds_what_every_row_says() -> None:
    found = answers(GRANT, {"costs": [{"each": 20}, {}, {"each": 30}]})

    assert (found["total"], found["rows"]) == (50, 3)


def test_money_with_decimals_is_added_exactly() -> None:
    rows = {
        "type": "array",
        "title": "R",
        "items": of(x={"type": "number", "title": "X"}),
    }
    schema = of(rows=rows, total=worked_out("Summa", sum="/s/rows/*/x"))

    assert answers(schema, {"rows": [{"x": 0.1}, {"x": 0.2}]})["total"] == 0.3


def test_within_a_row_its_own_answers_count() -> None:
    found = answers(GRANT, {"costs": [{"number": 2}, {"number": 7}]})

    assert [row["cost"] for row in found["costs"]] == [2, 7]


def test_a_condition_reads_what_was_calculated() -> None:
    compiled = form(GRANT)

    assert "/s/why" in settle(compiled, {"s": {"costs": [{"each": 100}]}}).asked
    assert "/s/why" not in settle(compiled, {"s": {"costs": [{"each": 99}]}}).asked


def test_what_is_not_asked_does_not_count() -> None:
    schema = {
        **of(
            has={"type": "boolean", "title": "Har?"}, total=worked_out("S", sum="more")
        ),
        "if": {"required": ["has"], "properties": {"has": {"const": True}}},
        "then": {"properties": {"more": NUMBER}},
    }

    assert answers(schema, {"has": False, "more": 5})["total"] == 0
    assert answers(schema, {"has": True, "more": 5})["total"] == 5


def test_what_somebody_sends_is_worked_out_anew() -> None:
    result = try_answers(form(GRANT), {"s": {"costs": [], "total": 999}}, {})

    assert result.answers == {"s": {"total": 0, "rows": 0}}
    assert result.problems == ()


@pytest.mark.parametrize(
    ("born", "at", "age"),
    [
        ("2021-08-17", "2027-08-17", 6),
        ("2021-08-18", "2027-08-17", 5),
        ("202107142388", "2027-07-13", 5),
        ("2020-02-29", "2021-02-28", 0),
        ("2020-02-29", "2021-03-01", 1),
        ("2028-01-01", "2027-08-17", None),
        ("igår", "2027-08-17", None),
        ("2021-02-30", "2027-08-17", None),
    ],
)
def test_an_age_is_in_whole_years_at_a_day(born: str, at: str, age: Any) -> None:
    text = {"type": "string", "title": "Dag"}
    schema = of(born=text, start=text, age=worked_out("Ålder", age="born", at="start"))

    assert answers(schema, {"born": born, "start": at}).get("age") == age
    fixed = of(born=text, age=worked_out("Ålder", age="born", at=at))
    assert answers(fixed, {"born": born}).get("age") == age


def test_a_bound_on_a_sum_is_told_at_the_sum() -> None:
    schema = of(
        costs=COSTS, total={**worked_out("Summa", sum="/s/costs/*/each"), "maximum": 10}
    )
    compiled = form(schema)

    [problem] = check(compiled, settle(compiled, {"s": {"costs": [{"each": 11}]}}))

    assert (problem.pointer, problem.code) == ("/s/total", "maximum")


def test_a_calculation_within_itself_is_refused_loudly() -> None:
    schema = of(
        a=worked_out("A", sum="b"),
        n=NUMBER,
        b={**worked_out("B", count="/s"), "calculate": {"sum": "a"}},
    )
    growing = of(a={**worked_out("A", count="/s/a"), "calculate": {"count": "/s/a"}})

    assert answers(schema, {}) == {"a": 0, "b": 0}
    with pytest.raises(DefinitionRefused, match="cirkel"):
        settle(form({**growing, "if": {"required": ["a"], "properties": {"a": {"const": 0}}}, "then": {"properties": {"a": False}}}), {"s": {}})  # fmt: skip
