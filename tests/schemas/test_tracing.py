"""What a definition may ask, and which answers show it."""

from typing import Any

import pytest

from schemas.codes import Code, CodeList
from schemas.compiling import compile_form
from schemas.conditions import presumes, reads, vacuous
from schemas.tracing import trace
from schemas.worlds import Imagination
from tests.schemas.forms import definition, section

TEXT = {"title": "Text", "type": "string"}
BOOLEAN = {"title": "Ja?", "type": "boolean"}


def yes(name: str) -> Any:
    return {"required": [name], "properties": {name: {"const": True}}}


def traced(schema: Any, **rest: Any) -> Any:
    return trace(definition(section("s", schema, **rest)))


def test_everything_that_may_be_asked_is_found_with_its_place() -> None:
    found = traced(
        {
            "$defs": {"row": {"type": "object", "properties": {"a": TEXT}}},
            "properties": {"rows": {"type": "array", "items": {"$ref": "#/$defs/row"}}},
            "dependentSchemas": {"rows": {"properties": {"b": TEXT}}},
            "allOf": [{"if": yes("c"), "then": {"properties": {"c": BOOLEAN}}}],
        }
    )

    assert {pointer: m[0].at for pointer, m in found.leaves.items()} == {
        "/s/rows/*/a": "/sections/0/schema/$defs/row/properties/a",
        "/s/b": "/sections/0/schema/dependentSchemas/rows/properties/b",
        "/s/c": "/sections/0/schema/allOf/0/then/properties/c",
    }


def test_what_lies_in_if_and_not_never_asks() -> None:
    found = traced(
        {"if": {"properties": {"a": TEXT}}, "not": {"properties": {"b": TEXT}}}
    )

    assert list(found.leaves) == []


def test_a_narrowing_mention_defines_nothing() -> None:
    found = traced({"properties": {"a": {"maxLength": 3}}})

    assert list(found.by_pointer) == ["/s", "/s/a"]
    assert list(found.defined) == []


def test_options_are_no_branches() -> None:
    found = traced({"properties": {"a": {**TEXT, "oneOf": [{"const": "x"}]}}})

    assert list(found.leaves) == ["/s/a"]


def test_the_key_of_a_union_is_asked_whatever_is_answered() -> None:
    branches = [
        {"required": ["kind"], "properties": {"kind": {"const": k}, k: TEXT}}
        for k in ("cat", "dog")
    ]
    found = traced({"oneOf": branches})
    imagination = Imagination(found)

    guards = found.by_pointer["/s/cat"][0].guards
    asked = {
        (world.get("/s/kind"), imagination.is_asked("/s/cat", world))
        for world in imagination.worlds(guards).worlds
    }

    assert asked == {("cat", True), ("dog", False), (None, False)}


def test_a_section_is_asked_by_its_own_condition() -> None:
    found = traced({"properties": {"a": TEXT}}, asked_when=yes("x"))

    [guard] = found.by_pointer["/s/a"][0].guards
    assert (guard.kind, guard.at) == ("asked_when", "/sections/0/asked_when")


def test_a_fragment_by_anchor_is_followed() -> None:
    schema = {
        "$defs": {"a": {"$anchor": "here", **TEXT}},
        "properties": {"a": {"$ref": "#here"}},
    }

    assert list(traced(schema).leaves) == ["/s/a"]


def test_references_that_lead_nowhere_are_told() -> None:
    assert traced({"properties": {"a": {"$ref": "#/$defs/b"}}}).dangling == (
        ("/sections/0/schema/properties/a/$ref", "#/$defs/b"),
    )


def test_worlds_show_both_sides_of_a_bound() -> None:
    condition = {"required": ["n"], "properties": {"n": {"minimum": 3}}}
    found = traced(
        {
            "properties": {"n": {"title": "N", "type": "integer"}},
            "if": condition,
            "then": {"properties": {"a": TEXT}},
        }
    )
    imagination = Imagination(found)
    worlds = imagination.worlds(found.by_pointer["/s/a"][0].guards)

    asked = {w.get("/s/n"): imagination.is_asked("/s/a", w) for w in worlds.worlds}

    assert asked == {3: True, 2: False, 12345: True, None: False}


def test_a_condition_nobody_can_list_the_outcomes_of_is_not_exhausted() -> None:
    condition = {"required": ["a"], "properties": {"a": {"pattern": "^x"}}}
    found = traced(
        {
            "properties": {"a": TEXT},
            "if": condition,
            "then": {"properties": {"b": TEXT}},
        }
    )

    worlds = Imagination(found).worlds(found.by_pointer["/s/b"][0].guards)

    assert not worlds.is_exhaustive


NESTED = {
    "required": ["diet"],
    "properties": {
        "diet": {"required": ["need"], "properties": {"need": {"const": 1}}}
    },
}


def resolve(_: str) -> Any:
    return NESTED


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (NESTED, {"/diet", "/diet/need"}),
        ({"allOf": [NESTED]}, {"/diet", "/diet/need"}),
        ({"$ref": "#/$defs/nested"}, {"/diet", "/diet/need"}),
        ({"anyOf": [NESTED, {"required": ["diet"]}]}, {"/diet"}),
        ({"not": NESTED}, set()),
        ({"properties": NESTED["properties"]}, set()),
    ],
)
def test_what_a_condition_takes_for_granted(condition: Any, expected: set[str]) -> None:
    assert presumes(condition, base="", resolve=resolve) == expected


def test_reading_within_not_is_turned_round() -> None:
    found = reads({"not": {"not": yes("a")}}, base="", at="", resolve=resolve)

    assert {read.is_negated for read in found} == {False}


def test_asking_for_absence_is_no_accident() -> None:
    condition = {"properties": {"a": False}}

    assert list(vacuous(condition, base="", at="", resolve=resolve)) == []


FOODS, UNITS = "urn:formbuilder:codes:foods", "urn:formbuilder:codes:units"


@pytest.mark.parametrize(
    ("places", "is_tuple"),
    [
        ([{"enum": ["a", "b"]}, {"enum": ["a", "b"]}], False),
        ([{"enum": ["a", "b"]}, {"enum": ["c"]}], True),
        ([{"$ref": FOODS}, {"$ref": FOODS}], False),
        ([{"$ref": FOODS}, {"$ref": UNITS}], True),
    ],
)
def test_only_positions_with_the_same_options_are_one_ranked_answer(
    places: Any, is_tuple: bool
) -> None:
    schema = {"type": "array", "prefixItems": places, "uniqueItems": True}
    found = traced({"properties": {"order": {"title": "Ordning", **schema}}})
    lists = {
        urn: CodeList(urn=urn, entries=(Code(code=urn, title="A"),))
        for urn in (FOODS, UNITS)
    }
    asked = {"type": "object", "properties": {"order": {"title": "Ordning", **schema}}}
    made = compile_form(definition(section("s", asked)), lists)

    assert ("/s/order" in found.tuples) is is_tuple
    assert (made.questions["/s/order"].kind == "tuple") is is_tuple
