"""Unions: a list of options, a rule, or branches that an answer or a choice picks: B6."""

from typing import Any

import pytest

from schemas.compiling import compile_form
from schemas.definition import Page
from schemas.journey import pages as journey_pages
from schemas.settling import settle
from schemas.validation import check
from tests.schemas.forms import definition, form, section

STREET = {
    "title": "Gata",
    "required": ["street"],
    "properties": {"street": {"type": "string", "title": "Gata"}},
}
BOX = {
    "required": ["box"],
    "properties": {"box": {"type": "integer", "title": "Boxnummer"}},
}
KINDS = {
    "title": "Ersättning",
    "oneOf": [
        {"title": "Belopp", "type": "number"},
        {"title": "Vad?", "type": "string"},
    ],
}


def asked(schema: Any, answers: Any, choices: Any = None) -> list[str]:
    typed = {"s": answers, **({"@choice": choices} if choices else {})}
    return [p.removeprefix("/s") for p in settle(form(schema), typed).asked]


def codes(schema: Any, answers: Any, choices: Any = None) -> dict[str, str]:
    compiled = form(schema)
    typed = {"s": answers, **({"@choice": choices} if choices else {})}
    return {p.pointer: p.code for p in check(compiled, settle(compiled, typed))}


def of(**properties: Any) -> Any:
    return {"type": "object", "properties": properties}


def test_a_branch_is_named_by_its_title_or_by_what_it_asks() -> None:
    question = settle(form({"type": "object", "oneOf": [STREET, BOX]}), {}).asked[
        "/@choice/~1s"
    ]

    assert [o.title for o in question.options()] == ["Gata", "Boxnummer"]


def test_a_branch_that_is_a_list_is_named_by_what_it_lists() -> None:
    owner = {"title": "Ägare", **of(name={"type": "string"})}
    listed = {"type": "array", "items": owner}
    question = settle(form(of(owner={"oneOf": [owner, listed]})), {}).asked[
        "/@choice/~1s~1owner"
    ]

    assert [o.title for o in question.options()] == ["Ägare", "Ägare 1, 2 …"]


def test_a_choice_stands_under_the_title_of_the_object_it_lies_in() -> None:
    cost = of(name={"type": "string"}, kind=KINDS, year={"type": "integer"})
    asked_now = settle(form(of(cost={"title": "Kostnad", **cost})), {}).asked

    assert [[one.title for one in q.within] for q in asked_now.values()] == [
        ["Kostnad"]
    ] * 3


def test_a_branch_is_named_by_the_constant_that_sets_it_apart() -> None:
    branches = [
        {"properties": {"kind": {"const": kind}, "name": {"type": "string"}}}
        for kind in ("hund", "katt")
    ]
    schema = {"type": "object", "anyOf": [*branches, {"properties": {"kind": {}}}]}

    question = settle(form(schema), {}).asked["/@choice/~1s"]

    assert [o.title for o in question.options()] == ["hund", "katt", "kind"]


def test_a_choice_of_kinds_is_made_before_the_answer() -> None:
    schema = of(amount=KINDS)

    assert asked(schema, {}) == ["/@choice/~1s~1amount"]
    text = settle(form(schema), {"@choice": {"/s/amount": 1}, "s": {}})
    assert text.asked["/s/amount"].kind == "text"
    number = settle(form(schema), {"@choice": {"/s/amount": 0}, "s": {}})
    assert number.asked["/s/amount"].kind == "number"


def test_an_answer_that_came_without_a_choice_shows_its_kind() -> None:
    settled = settle(form(of(amount=KINDS)), {"s": {"amount": "Busskort"}})

    assert settled.answers == {"s": {"amount": "Busskort"}}
    assert settled.choices == {"/s/amount": 1}
    assert settled.shown["@choice"] == {"/s/amount": 1}


def test_a_required_choice_that_nobody_made_is_told_at_the_choice() -> None:
    schema = {**of(amount=KINDS), "required": ["amount"]}

    assert codes(schema, {}) == {"/@choice/~1s~1amount": "required"}
    assert codes(schema, {}, {"/s/amount": 0}) == {"/s/amount": "required"}
    assert codes(of(amount=KINDS), {}) == {}


def test_a_changed_choice_parks_what_the_other_branch_asked() -> None:
    schema = {"type": "object", "oneOf": [STREET, BOX]}
    typed = {"s": {"street": "Påhittade vägen 1"}}

    changed = settle(form(schema), {**typed, "@choice": {"/s": 1}})

    assert changed.answers == {"s": {}}
    assert changed.parked["/s/street"] == "Påhittade vägen 1"
    back = settle(form(schema), {**typed, "@choice": {"/s": 0}})
    assert back.answers == typed


def test_two_unions_at_one_place_are_two_choices() -> None:
    schema = {
        "type": "object",
        "allOf": [
            {"oneOf": [STREET, BOX]},
            {"anyOf": [of(phone={"type": "string"}), of(mail={"type": "string"})]},
        ],
    }
    compiled = form(schema)

    first = settle(compiled, {"s": {}})
    assert [p for p in first.asked if "@choice" in p] == [
        "/@choice/~1s",
        "/@choice/~1s~1@choice~11",
    ]
    chosen = settle(compiled, {"s": {}, "@choice": {"/s": 1, "/s/@choice/1": 0}})
    assert [p for p in chosen.asked if "@choice" not in p] == ["/s/box", "/s/phone"]


def test_a_union_within_a_branch_is_a_choice_of_its_own() -> None:
    schema = {
        "type": "object",
        "oneOf": [
            {"title": "Adress", "oneOf": [STREET, BOX]},
            of(mail={"type": "string"}),
        ],
    }

    assert asked(schema, {}, {"/s": 0}) == ["/@choice/~1s", "/@choice/~1s~1@choice~11"]
    settled = settle(form(schema), {"s": {"box": 3}})
    assert settled.answers == {"s": {"box": 3}}


def test_guessing_never_goes_in_a_circle() -> None:
    schema = {
        "type": "object",
        "anyOf": [
            {
                "required": ["a"],
                "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
            },
            {"required": ["b"], "properties": {"b": {"type": "string"}}},
        ],
    }

    settled = settle(form(schema), {"s": {"a": "x", "b": "y", "c": 1}})

    assert settled.answers == {"s": {"a": "x", "b": "y"}}


@pytest.mark.parametrize("nothing", [{"type": "null"}, {"const": None}])
def test_or_nothing_asks_as_if_it_were_not_there(nothing: Any) -> None:
    date = {"type": "string", "format": "date"}
    schema = of(day={"title": "Dag", "anyOf": [date, nothing]})

    settled = settle(form(schema), {"s": {"day": "2027-02-30"}})

    assert settled.asked["/s/day"].kind == "date"
    assert codes(schema, {"day": "2027-02-30"}) == {"/s/day": "date"}
    assert codes(schema, {}) == {}


def test_options_or_nothing_are_options() -> None:
    listed = [{"const": "a", "title": "A"}, {"type": "null"}]

    question = settle(form(of(one={"title": "En", "oneOf": listed})), {}).asked[
        "/s/one"
    ]

    assert [(o.value, o.title) for o in question.options()] == [("a", "A")]


def test_rules_of_one_kind_are_a_question_of_that_kind() -> None:
    schema = of(
        contact={
            "anyOf": [
                {"type": "string", "format": "email"},
                {"type": "string", "pattern": "^0"},
            ]
        }
    )

    assert settle(form(schema), {}).asked["/s/contact"].kind == "text"
    assert codes(schema, {"contact": "x"}) == {"/s/contact": "anyOf"}
    assert codes(schema, {"contact": "x@example.se"}) == {}


def test_a_key_that_may_be_left_out_still_picks_its_branch() -> None:
    schema = {
        "type": "object",
        "oneOf": [
            {
                "title": "Ett",
                "properties": {"type": {"const": 1}, "one": {"type": "string"}},
            },
            {
                "title": "Två",
                "properties": {"type": {"const": 2}, "two": {"type": "string"}},
            },
        ],
    }
    compiled = form(schema)

    assert list(settle(compiled, {"s": {}}).asked) == ["/s/type"]
    picked = settle(compiled, {"s": {"type": 2}})
    assert list(picked.asked) == ["/s/type", "/s/two"]
    assert not picked.asked["/s/type"].required
    assert settle(compiled, {"s": {"one": "x"}}).answers == {"s": {"one": "x"}}


def test_a_row_may_choose_among_the_values_of_every_branch() -> None:
    branches = [
        {
            "required": ["country"],
            "properties": {
                "country": {"type": "string", "enum": [country]},
                "state": {"type": "string", "title": "Län", "enum": states},
            },
        }
        for country, states in (("SE", ["AB", "C"]), ("FI", ["01", "C"]))
    ]
    schema = of(
        rows={
            "type": "array",
            "title": "Rader",
            "items": {"type": "object", "oneOf": branches},
        }
    )

    cells = {part.pointer: part for part in form(schema).questions["/s/rows"].parts}

    states = [option.value for option in cells["/s/rows/*/state"].options()]
    assert states == ["AB", "C", "01"]


def test_a_choice_at_the_root_stands_on_the_page_of_what_it_decides() -> None:
    header = {
        "type": "object",
        "properties": {"name": {"type": "string", "title": "Namn"}},
        "oneOf": [STREET, BOX],
    }
    pages = (
        Page(id="ett", title="Ett", fields=("/name",)),
        Page(id="tva", title="Två", fields=("/street", "/box")),
    )
    only = section("s", fields=("/name", "/street", "/box"), pages=pages)
    compiled = compile_form(definition(only, header=header))

    shown = journey_pages(compiled, settle(compiled, {}))

    assert "/@choice/" in [q.pointer for q in shown[0].questions]


def test_rows_may_each_be_of_a_branch_of_their_own() -> None:
    schema = of(
        rows={
            "type": "array",
            "title": "Rader",
            "items": {"type": "object", "oneOf": [STREET, BOX]},
        }
    )
    rows = [{"street": "Påhittade vägen 1"}, {"box": 4}]

    settled = settle(form(schema), {"s": {"rows": rows}})

    assert settled.answers == {"s": {"rows": rows}}
    assert settled.choices == {"/s/rows/0": 0, "/s/rows/1": 1}
    assert settled.dropped == ()
