"""Unions of schemas: option lists, assertions, or branches picked by a key."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.definition import Json

Conjuncts = Callable[[Json], Iterator[Mapping[str, Json]]]
"""Yields every schema that must hold together with the given one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The property whose value tells which branch is meant."""

    name: str
    values: tuple[tuple[Json, ...], ...]
    schemas: tuple[Json, ...]

    def condition(self, index: int) -> Json:
        """Return the schema that holds when this branch is picked."""
        value = {"enum": list(self.values[index])}
        return {"required": [self.name], "properties": {self.name: value}}


def lists_options(members: Sequence[Json]) -> bool:
    """Tell whether every member is one constant: then the union is a list of options."""
    return all(isinstance(one, Mapping) and "const" in one for one in members)


def asserts_only(members: Sequence[Json], conjuncts: Conjuncts) -> bool:
    """Tell whether no member has properties: then the union never asks."""
    return not any(
        "properties" in schema for member in members for schema in conjuncts(member)
    )


def key_of(members: Sequence[Json], conjuncts: Conjuncts) -> Key | None:
    """Return the property all branches require with values of their own, if any."""
    branches = [list(conjuncts(member)) for member in members]
    for name in _members(branches[0]):
        found = [_member(branch, name) for branch in branches]
        values = [branch_values(schema) for schema in found]
        required = all(
            any(name in schema.get("required", ()) for schema in branch)
            for branch in branches
        )
        if required and all(values) and _are_disjoint(values):
            return Key(name=name, values=tuple(values), schemas=tuple(found))
    return None


def _members(branch: list[Mapping[str, Json]]) -> Iterator[str]:
    for schema in branch:
        yield from schema.get("properties", {})


def _member(branch: list[Mapping[str, Json]], name: str) -> Json:
    stated = (schema.get("properties", {}).get(name) for schema in branch)
    return next((one for one in stated if one is not None), None)


def branch_values(schema: Json) -> tuple[Json, ...]:
    """Return the constants by which a property picks its branch."""
    if not isinstance(schema, Mapping):
        return ()
    return (schema["const"],) if "const" in schema else tuple(schema.get("enum", ()))


def _are_disjoint(values: list[tuple[Json, ...]]) -> bool:
    shown = [(type(one) is bool, repr(one)) for branch in values for one in branch]
    return len(shown) == len(set(shown))
