"""Schemas within themselves are repeated as often as the author says."""

from typing import Any

import pytest

from schemas.compiling import compile_form
from schemas.settling import settle
from schemas.trying import try_answers
from tests.schemas.forms import definition, form, section

TREE = {
    "type": "object",
    "$defs": {
        "node": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "title": "Namn"},
                "children": {
                    "type": "array",
                    "title": "Barn",
                    "items": {"$ref": "#/$defs/node"},
                },
            },
        }
    },
    "properties": {"tree": {"$ref": "#/$defs/node"}},
}
DYNAMIC = {
    "type": "object",
    "$dynamicAnchor": "node",
    "properties": {
        "name": {"type": "string", "title": "Namn"},
        "children": {
            "type": "array",
            "title": "Barn",
            "items": {"$dynamicRef": "#node"},
        },
    },
}


def nested(depth: int) -> Any:
    node: Any = {"name": f"nivå {depth}"}
    for level in reversed(range(depth)):
        node = {"name": f"nivå {level}", "children": [node]}
    return node


def levels(document: Any) -> int:
    found = document.get("children", [])
    return 1 + levels(found[0]) if found else 0


@pytest.mark.parametrize(("depth", "kept"), [(None, 3), (1, 1), (5, 5)])
def test_a_group_repeats_as_deep_as_the_author_says(depth: Any, kept: int) -> None:
    ui = {"/s/tree/children": {"depth": depth}} if depth else {}
    compiled = compile_form(definition(section("s", TREE, ui=ui)))

    settled = settle(compiled, {"s": {"tree": nested(7)}})

    assert levels(settled.answers["s"]["tree"]) == kept


def test_what_lies_deeper_is_an_error_outside_the_pages() -> None:
    result = try_answers(form(TREE), {"s": {"tree": nested(4)}}, {})

    assert [(p.code, p.pointer) for p in result.problems] == [
        ("unasked", "/s/tree/children/0/children/0/children/0/children")
    ]


def test_every_level_is_among_the_questions_once() -> None:
    pointers = list(form(TREE).questions)

    assert len(pointers) == len(set(pointers))
    assert "/s/tree/children/*/children/*/children/*/name" in pointers
    assert "/s/tree/children/*/children/*/children/*/children" not in pointers


def test_a_table_holds_the_table_within_it_as_one_part() -> None:
    rows = form(TREE).questions["/s/tree/children"]

    assert [part.pointer for part in rows.parts] == [
        "/s/tree/children/*/name",
        "/s/tree/children/*/children",
    ]


def test_a_dynamic_reference_repeats_too() -> None:
    settled = settle(form(DYNAMIC), {"s": nested(3)})

    assert settled.answers == {"s": nested(3)}
    assert settled.dropped == ()


def test_a_dynamic_reference_finds_the_outermost_of_its_name() -> None:
    strict = {
        "$dynamicAnchor": "node",
        "type": "object",
        "$ref": "urn:example:tree",
        "properties": {"age": {"type": "integer", "title": "Ålder"}},
        "$defs": {"tree": {**DYNAMIC, "$id": "urn:example:tree"}},
    }

    questions = form(strict).questions

    assert "/s/children/*/age" in questions
    assert "/s/children/*/name" in questions
