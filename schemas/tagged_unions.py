"""Unions of schemas: option lists, assertions, or branches picked by a key."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.branches import ASKING
from schemas.definition import Json
from schemas.field_type import has_options, types

Conjuncts = Callable[[Json], Iterator[Mapping[str, Json]]]
"""Yields every schema that must hold together with the given one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The property whose value tells which branch is meant.

    It is asked by the union where all branches require it, else beside it.
    """

    name: str
    is_required: bool
    values: tuple[tuple[Json, ...], ...]
    schemas: tuple[Json, ...]

    def condition(self, index: int) -> Json:
        """Return the schema that holds when this branch is picked."""
        value = {"enum": list(self.values[index])}
        return {"required": [self.name], "properties": {self.name: value}}


def lists_options(members: Sequence[Json]) -> bool:
    """Tell whether every member is one constant: then the union is a list of options."""
    return has_options({"oneOf": list(members)})


def present_members(
    schema: Mapping[str, Json], keyword: str, conjuncts: Conjuncts
) -> dict[int, Json]:
    """Return the members by their place, without those that only allow nothing."""
    return {
        index: member
        for index, member in enumerate(schema.get(keyword, ()))
        if not any(one.get("type") == "null" for one in conjuncts(member))
    }


def asserts_only(
    schema: Mapping[str, Json], members: Sequence[Json], conjuncts: Conjuncts
) -> bool:
    """Tell whether a union never asks: no member has members of its own to ask.

    It asks also where its members are of several kinds and nothing says which.
    """
    if any(ASKING & one.keys() for member in members for one in conjuncts(member)):
        return False
    found = {_kinds(conjuncts(member)) for member in members}
    return "type" in schema or len(found) <= 1 or frozenset() in found


def _kinds(said: Iterator[Mapping[str, Json]]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for one in said:
        named = types(one)
        found = named & found if named and found else named | found
    return found


def key_of(
    members: Sequence[Json], conjuncts: Conjuncts, presumed: Container[str]
) -> Key | None:
    """Return the property that is there with values of its own in every branch, if any.

    All branches require it, or it is `presumed`: there whatever branch is meant.
    """
    branches = [list(conjuncts(member)) for member in members]
    found = [key for key in _keys(branches) if key.is_required or key.name in presumed]
    return next((key for key in found if key.is_required), next(iter(found), None))


def _keys(branches: list[list[Mapping[str, Json]]]) -> Iterator[Key]:
    """Yield every property with values of its own in each branch."""
    for name in _members(branches[0]):
        schemas = [_member(branch, name) for branch in branches]
        values = [branch_values(schema) for schema in schemas]
        if all(values) and _are_disjoint(values):
            is_required = all(
                any(name in schema.get("required", ()) for schema in branch)
                for branch in branches
            )
            yield Key(
                name=name,
                is_required=is_required,
                values=tuple(values),
                schemas=tuple(schemas),
            )


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
