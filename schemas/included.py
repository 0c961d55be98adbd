"""A schema with everything it includes, as one schema tells which kind of field asks."""

from collections.abc import Iterable, Mapping
from typing import Final

from schemas.definition import Json
from schemas.mentions import Mention
from schemas.resources import Resource

DEEPEST: Final = 8
"""How deep lists in lists are looked at; one may hold itself."""


def included(resource: Resource, schema: Json, depth: int = 0) -> dict[str, Json]:
    """Return a schema with everything it includes, code lists as one option."""
    found: dict[str, Json] = {}
    if depth > DEEPEST:
        return found
    for one in resource.conjuncts(schema):
        found = {**one, **found}
        if resource.is_code_list(str(one.get("$ref", ""))):
            # The list itself is not here; two of them offer different things.
            found["oneOf"] = [{"const": one["$ref"], "title": one["$ref"]}]
    if isinstance(found.get("items"), Mapping):
        found["items"] = included(resource, found["items"], depth + 1)
    if "prefixItems" in found:
        found["prefixItems"] = [
            included(resource, one, depth + 1) for one in found["prefixItems"]
        ]
    return found


def included_in(mentions: Iterable[Mention]) -> dict[str, Json]:
    """Return all that is said of one pointer; what is said first counts."""
    merged: dict[str, Json] = {}
    for mention in mentions:
        merged = {**included(mention.resource, mention.schema), **merged}
    return merged
