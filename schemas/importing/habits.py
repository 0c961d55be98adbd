"""What form libraries added to JSON Schema, written as the standard has it."""

from collections.abc import Mapping
from typing import Final

from schemas.definition import Json
from schemas.dialects.members import rewritten

NAMES: Final = ("enumNames", "enum_titles", "x-enumNames")
"""Titles of the values of `enum`, by position."""
FILE: Final = "data-url"
"""RJSF's format of a text that is a whole file."""
ANY_FILE: Final = "application/octet-stream"


def standardised(schema: Json) -> Json:
    """Return the schema with names beside the values they name, and files as files.

    >>> standardised({"enum": [1, 2], "enumNames": ["En", "Två"]})
    {'oneOf': [{'const': 1, 'title': 'En'}, {'const': 2, 'title': 'Två'}]}
    """
    return rewritten(schema, lambda one: _attached(_titled(one)))


def _attached(schema: dict[str, Json]) -> dict[str, Json]:
    if schema.get("format") != FILE:
        return schema
    kept = {key: value for key, value in schema.items() if key != "format"}
    return {"contentMediaType": ANY_FILE, **kept}


def _titled(schema: dict[str, Json]) -> dict[str, Json]:
    named = next((name for name in NAMES if _fits(schema, name)), None)
    if named is None or "oneOf" in schema:
        return schema
    options = zip(schema.pop("enum"), schema.pop(named), strict=True)
    options_titled = [{"const": value, "title": str(name)} for value, name in options]
    return {**schema, "oneOf": options_titled}


def _fits(schema: Mapping[str, Json], name: str) -> bool:
    names, values = schema.get(name), schema.get("enum")
    return (
        isinstance(names, list)
        and isinstance(values, list)
        and len(names) == len(values)
    )
