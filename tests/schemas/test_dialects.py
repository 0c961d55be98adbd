"""Older drafts mean the same when they are written as JSON Schema 2020-12."""

from typing import Any

import jsonschema_rs
import pytest

from schemas.dialects.converting import DIALECT, convert
from schemas.dialects.drafts import (
    DRAFT_04,
    DRAFT_06,
    DRAFT_07,
    DRAFT_2019,
    DRAFT_2020,
    Draft,
    draft_of,
)

NATIVE: dict[str, Any] = {
    "draft-04": jsonschema_rs.Draft4Validator,
    "draft-06": jsonschema_rs.Draft6Validator,
    "draft-07": jsonschema_rs.Draft7Validator,
    "2019-09": jsonschema_rs.Draft201909Validator,
    "2020-12": jsonschema_rs.Draft202012Validator,
}
VALUES: list[Any] = [
    {}, [], "", "a", "ab", 0, 1, 2, 2.5, None, True, [1], ["a"], ["a", 1], ["a", 1, 2],
    ["a", 1, "b"], {"a": 1}, {"a": "x"}, {"a": 1, "b": 2}, {"b": "x"}, {"a": {"a": 1}},
    {"a": {"a": "x"}}, {"a": {"b": {}}}, {"a b": 1}, {"a b": "x"}, {"c": {"a": {}}},
]  # fmt: skip

WRITTEN: list[tuple[Draft, Any]] = [
    (DRAFT_04, {"minimum": 1, "exclusiveMinimum": True}),
    (DRAFT_04, {"maximum": 2, "exclusiveMaximum": False}),
    (DRAFT_04, {"id": "http://example.se/s", "properties": {"a": {"$ref": "s#/d"}}, "d": {"type": "integer"}}),
    (DRAFT_04, {"properties": {"id": {"type": "string"}, "a": {"type": "integer"}}}),
    (DRAFT_06, {"$id": "http://example.se/s", "properties": {"a": {"$ref": "s"}}}),
    (DRAFT_07, {"items": [{"type": "string"}, {"type": "integer"}]}),
    (DRAFT_07, {"items": [{"type": "string"}], "additionalItems": {"type": "integer"}}),
    (DRAFT_07, {"items": [{"type": "string"}], "additionalItems": False}),
    (DRAFT_07, {"items": {"type": "integer"}, "additionalItems": False}),
    (DRAFT_07, {"additionalItems": False}),
    (DRAFT_07, {"dependencies": {"a": ["b"]}}),
    (DRAFT_07, {"dependencies": {"a": {"required": ["b"]}, "b": ["a"], "c": False}}),
    (DRAFT_07, {"definitions": {"s": {"type": "string"}}, "$ref": "#/definitions/s"}),
    (
        DRAFT_07,
        {
            "definitions": {"s": {"type": "string"}},
            "properties": {"a": {"$ref": "#/definitions/s", "maxLength": 0}},
        },
    ),
    (
        DRAFT_07,
        {
            "definitions": {"one": {"$id": "#one", "type": "string"}},
            "properties": {"a": {"$ref": "#one"}},
        },
    ),
    (
        DRAFT_07,
        {
            "$id": "http://example.se/root",
            "definitions": {
                "inner": {
                    "$id": "inner",
                    "properties": {"a": {"$ref": "#/definitions/s"}},
                    "definitions": {"s": {"type": "integer"}},
                },
                "s": {"type": "string"},
            },
            "$ref": "inner",
        },
    ),
    (
        DRAFT_07,
        {
            "items": [{"type": "string"}],
            "properties": {"a": {"$ref": "#/items/0"}},
        },
    ),
    (
        DRAFT_07,
        {
            "dependencies": {"a": {"properties": {"b": {"type": "string"}}}},
            "properties": {"c": {"$ref": "#/dependencies/a"}},
        },
    ),
    (
        DRAFT_07,
        {
            "components": {"one": {"items": [{"type": "string"}]}},
            "properties": {"a b": {"$ref": "#/components/one/items/0"}},
        },
    ),
    (DRAFT_07, {"definitions": {"a b": {"type": "string"}}, "items": {"$ref": "#/definitions/a%20b"}}),
    (DRAFT_07, {"enum": [{"$ref": "#/definitions/s", "items": [1]}, "a"]}),
    (DRAFT_07, {"const": {"a": 1}}),
    (DRAFT_2019, {"items": [{"type": "string"}], "additionalItems": False}),
    (DRAFT_2019, {"$recursiveAnchor": True, "additionalProperties": {"$recursiveRef": "#"}}),
    (DRAFT_2019, {"type": "object", "additionalProperties": {"$recursiveRef": "#"}}),
    (
        DRAFT_2019,
        {
            "$defs": {"s": {"$anchor": "s", "type": "string"}},
            "properties": {"a": {"$ref": "#s", "maxLength": 0}},
        },
    ),
    (DRAFT_2020, {"$dynamicAnchor": "n", "additionalProperties": {"$dynamicRef": "#n"}}),
    (DRAFT_2020, {"prefixItems": [{"type": "string"}], "items": False}),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "schema"), WRITTEN)
def test_a_schema_says_the_same_in_2020_12(draft: Draft, schema: Any) -> None:
    before = NATIVE[draft.name](schema)

    after = jsonschema_rs.Draft202012Validator(convert(schema, draft).schema)

    assert [before.is_valid(value) for value in VALUES] == [
        after.is_valid(value) for value in VALUES
    ]


@pytest.mark.parametrize(
    ("schema", "draft"),
    [
        ({"$schema": "http://json-schema.org/draft-04/schema#"}, DRAFT_04),
        ({"$schema": "https://json-schema.org/draft-07/schema"}, DRAFT_07),
        ({"$schema": DIALECT, "items": [{}]}, DRAFT_2020),
        ({"properties": {"a": {"minimum": 1, "exclusiveMinimum": True}}}, DRAFT_04),
        ({"properties": {"a": {"items": [{}]}}}, DRAFT_07),
        ({"definitions": {}}, DRAFT_07),
        ({"type": "object"}, DRAFT_2020),
    ],
)
def test_the_draft_is_what_is_declared_or_betrayed(schema: Any, draft: Draft) -> None:
    assert draft_of(schema) == draft


def test_what_stands_beside_a_reference_is_ignored_except_its_words() -> None:
    schema = {
        "$ref": "#/definitions/a",
        "title": "A",
        "minLength": 3,
        "definitions": {"a": {}},
    }

    converted = convert(schema, DRAFT_07).schema

    assert converted == {"$ref": "#/$defs/a", "title": "A", "$defs": {"a": {}}}


def test_a_place_is_told_where_it_was_written() -> None:
    schema = {"definitions": {"a": {"items": [{"type": "tect"}]}}}

    converted = convert(schema, DRAFT_07)

    assert (
        converted.original("/$defs/a/prefixItems/0/type")
        == "/definitions/a/items/0/type"
    )


def test_a_reference_out_of_the_document_is_left_as_it_is() -> None:
    schema = {"$ref": "https://example.se/other.json"}

    assert convert(schema, DRAFT_2020).schema == schema
