"""A schema and all that it includes: what must hold together at one place."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from schemas.definition import Json

DEEPEST: Final = 24
"""How far one reference may lead to the next."""

Resolve = Callable[[str], Json]
"""Gives what a `$ref` names; what is no object includes nothing."""


def conjuncts(schema: Json, resolve: Resolve) -> Iterator[Mapping[str, Json]]:
    """Yield the schema and all it includes by `allOf` and `$ref`, each once.

    >>> list(conjuncts({"$ref": "#/a", "allOf": [{"$ref": "#/a"}]}, lambda _: {}))
    [{'$ref': '#/a', 'allOf': [{'$ref': '#/a'}]}, {'$ref': '#/a'}, {}, {}]
    """
    yield from _conjuncts(schema, resolve, {}, 0)


def _conjuncts(
    schema: Json, resolve: Resolve, seen: dict[int, Json], depth: int
) -> Iterator[Mapping[str, Json]]:
    # One that includes itself ten times over would otherwise have no end in sight.
    if not isinstance(schema, Mapping) or depth > DEEPEST or id(schema) in seen:
        return
    seen[id(schema)] = schema  # held, so that no other gets its id
    yield schema
    for member in schema.get("allOf", ()):
        yield from _conjuncts(member, resolve, seen, depth + 1)
    if isinstance(schema.get("$ref"), str):
        yield from _conjuncts(resolve(schema["$ref"]), resolve, seen, depth + 1)
