"""Keywords that form libraries added to JSON Schema, written as the standard has them."""

from collections.abc import Mapping
from typing import Final

from schemas.definition import Json
from schemas.lint_subject import CONSTANTS

NAMES: Final = ("enumNames", "enum_titles", "x-enumNames")
"""Titles of the values of `enum`, by position."""


def standardised(schema: Json) -> Json:
    """Return the schema with every list of names put beside the values they name.

    >>> standardised({"enum": [1, 2], "enumNames": ["En", "Två"]})
    {'oneOf': [{'const': 1, 'title': 'En'}, {'const': 2, 'title': 'Två'}]}
    """
    if isinstance(schema, list):
        return [standardised(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    found = {
        name: value if name in CONSTANTS else standardised(value)
        for name, value in schema.items()
    }
    named = next((name for name in NAMES if _fits(found, name)), None)
    if named is None or "oneOf" in found:
        return found
    options = zip(found.pop("enum"), found.pop(named), strict=True)
    found["oneOf"] = [{"const": value, "title": str(name)} for value, name in options]
    return found


def _fits(schema: Mapping[str, Json], name: str) -> bool:
    names, values = schema.get(name), schema.get("enum")
    return (
        isinstance(names, list)
        and isinstance(values, list)
        and len(names) == len(values)
    )
