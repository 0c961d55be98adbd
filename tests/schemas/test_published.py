"""The schema documents we publish."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import re2

from schemas.published import document, documents


@pytest.mark.parametrize("urn", documents())
def test_a_published_document_is_a_valid_schema(urn: str) -> None:
    jsonschema.Draft202012Validator.check_schema(document(urn))


def everything(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for name, member in value.items():
            if name != "examples":
                yield from everything(member)
    elif isinstance(value, list):
        for item in value:
            yield from everything(item)


@pytest.mark.parametrize(
    "urn", ["urn:formbuilder:form-definition:1", "urn:formbuilder:directory:1"]
)
def test_its_patterns_run_without_backtracking(urn: str) -> None:
    for schema in everything(document(urn)):
        if isinstance(schema.get("pattern"), str):
            re2.compile(schema["pattern"])


def test_every_property_tells_an_editor_what_it_is() -> None:
    definition = document("urn:formbuilder:form-definition:1")
    described = [
        (name, schema)
        for one in everything(definition)
        for name, schema in one.get("properties", {}).items()
        if isinstance(schema, dict) and name not in ("$schema", "$comment")
    ]

    silent = [
        name
        for name, schema in described
        if not ({"title", "description", "$ref", "const"} & schema.keys())
    ]

    assert silent == []
