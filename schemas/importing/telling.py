"""Texts of a layout that stand among the questions, as information: never an answer."""

from collections.abc import Mapping
from typing import Final

from schemas.definition import Json
from schemas.importing.keys import key_of
from schemas.pointers import join, parts

SHORT: Final = 80
"""Characters that a heading may have; what is longer stands under one."""


def place_of(told: Mapping[str, str], schema: Json) -> str:
    """Return a pointer for one more text, which no question and no other text has."""
    described = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
    taken = {*described, *(name for one in told for name in parts(one))}
    return join(key_of("information", taken, "_"))


def with_information(schema: Json, told: Mapping[str, str]) -> Json:
    """Return the schema with every text as information at its pointer."""
    if not told:
        return schema
    texts = {name: _said(text) for one, text in told.items() for name in parts(one)}
    return {**schema, "properties": {**schema.get("properties", {}), **texts}}


def _said(text: str) -> dict[str, Json]:
    if len(text) <= SHORT:
        return {"type": "null", "title": text}
    return {"type": "null", "title": "Information", "description": text}
