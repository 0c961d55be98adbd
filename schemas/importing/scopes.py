"""What a scope of JSON Forms points at in the answers, and what its conditions say."""

from collections.abc import Iterator, Mapping
from typing import Final

from schemas.definition import Json
from schemas.importing.rules import accepts_nothing, when
from schemas.pointers import join, parts

WHOLE: Final = ("#", "#/")
"""Scopes of all the answers."""
COMPOSED: Final = {"AND": "allOf", "OR": "anyOf"}


def pointer_of(scope: Json, root: str = "") -> str:
    """Return the answers' pointer for a scope, which points into the schema.

    >>> pointer_of("#/properties/home/properties/street")
    '/home/street'
    """
    if scope in WHOLE:
        return root
    if not isinstance(scope, str) or not scope.startswith("#/"):
        return ""
    segments = iter(parts(scope[1:]))
    found: list[str] = []
    for segment in segments:
        if segment == "properties":
            found += [name for name in [next(segments, "")] if name]
        elif segment == "items":
            found.append("*")
    return root + join(*found)


def condition_of(said: Json, root: str) -> Json | None:
    """Return a rule's condition as a schema of the whole answers, None if unknown."""
    if not isinstance(said, Mapping):
        return None
    if isinstance(said.get("conditions"), list) and said.get("type") in COMPOSED:
        inner = [condition_of(one, root) for one in said["conditions"]]
        return None if None in inner or not inner else {COMPOSED[said["type"]]: inner}
    schema = said.get("schema")
    if "expectedValue" in said:
        schema = {"const": said["expectedValue"]}
    pointer = pointer_of(said.get("scope"), root)
    if schema is None or (said.get("scope") in WHOLE and not root):
        return schema
    absent = accepts_nothing(schema) and said.get("failWhenUndefined") is not True
    return when(pointer, schema, absent=absent) if pointer else None


def read_by(said: Json, root: str) -> Iterator[str]:
    """Yield what a rule's condition looks at."""
    if isinstance(said, Mapping):
        if isinstance(said.get("scope"), str):
            yield pointer_of(said["scope"], root)
        for one in said.get("conditions", ()):
            yield from read_by(one, root)
