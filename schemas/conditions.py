"""What a condition schema reads, what it takes for granted, and when it holds by accident."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schemas.conjuncts import Resolve, conjuncts
from schemas.definition import Json
from schemas.pointers import join

CONJUNCTIONS = ("allOf",)
DISJUNCTIONS = ("anyOf", "oneOf")
DEPTH = 24

Met = dict[tuple[int, str, object], Json]
"""Schemas already looked at, each at a place of the answers: one may include itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A pointer a condition looks at, and where in the definition it does."""

    pointer: str
    at: str
    is_negated: bool = False
    is_passage: bool = False  # only looked through, to something below it


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A subschema of a condition, the pointer it judges, and where it stands."""

    schema: Mapping[str, Json]
    base: str
    at: str
    is_negated: bool


def visited(
    schema: Json,
    *,
    base: str,
    at: str,
    resolve: Resolve,
    is_negated: bool = False,
    depth: int = 0,
    met: Met | None = None,
) -> Iterator[Visited]:
    """Yield every subschema of the condition, evaluated at `base`, outermost first."""
    met = {} if met is None else met
    here = (id(schema), base, is_negated)
    if not isinstance(schema, Mapping) or depth > DEPTH or here in met:
        return
    met[here] = schema

    def below(
        schema: Json, base: str, at: str, *, flips: bool = False
    ) -> Iterator[Visited]:
        return visited(
            schema,
            base=base,
            at=at,
            resolve=resolve,
            is_negated=is_negated ^ flips,
            depth=depth + 1,
            met=met,
        )

    yield Visited(schema=schema, base=base, at=at, is_negated=is_negated)
    for name, member in schema.get("properties", {}).items():
        yield from below(member, base + join(name), at + join("properties", name))
    for keyword in ("items", "contains"):
        yield from below(schema.get(keyword), base + "/*", at + join(keyword))
    for index, member in enumerate(schema.get("prefixItems", ())):
        yield from below(member, base + join(index), at + join("prefixItems", index))
    for keyword in (*CONJUNCTIONS, *DISJUNCTIONS):
        for index, member in enumerate(schema.get(keyword, ())):
            yield from below(member, base, at + join(keyword, index))
    for keyword in ("if", "then", "else"):
        yield from below(schema.get(keyword), base, at + join(keyword))
    yield from below(schema.get("not"), base, at + "/not", flips=True)
    if isinstance(schema.get("$ref"), str):
        yield from below(resolve(schema["$ref"]), base, at)


def reads(schema: Json, *, base: str, at: str, resolve: Resolve) -> Iterator[Read]:
    """Yield every pointer the condition looks at, evaluated at `base`."""
    for one in visited(schema, base=base, at=at, resolve=resolve):
        for name in one.schema.get("required", ()):
            yield Read(
                pointer=one.base + join(name), at=one.at, is_negated=one.is_negated
            )
        for name, member in one.schema.get("properties", {}).items():
            yield Read(
                pointer=one.base + join(name),
                at=one.at + join("properties", name),
                is_negated=one.is_negated,
                is_passage=_looks_through(member),
            )


def _looks_through(schema: Json) -> bool:
    """Tell whether a schema says nothing of a value itself, only of its members."""
    through = {"properties", "required", "type", "allOf", "anyOf", "oneOf"}
    return (
        isinstance(schema, Mapping)
        and bool({"properties", "required"} & schema.keys())
        and schema.keys() <= through
    )


def presumes(
    schema: Json, *, base: str, resolve: Resolve, depth: int = 0
) -> frozenset[str]:
    """Return the pointers that are surely present when the condition holds."""
    if not isinstance(schema, Mapping) or depth > DEPTH:
        return frozenset()
    level = list(conjuncts(schema, resolve))
    found: set[str] = set()
    for name in required_names(level):
        found.add(base + join(name))
        for one in level:
            member = one.get("properties", {}).get(name)
            found |= presumes(
                member, base=base + join(name), resolve=resolve, depth=depth + 1
            )
    for one in level:
        for keyword in DISJUNCTIONS:
            branches = [
                presumes(branch, base=base, resolve=resolve, depth=depth + 1)
                for branch in one.get(keyword, ())
            ]
            if branches:
                found |= frozenset.intersection(*branches)
    return frozenset(found)


def required_names(level: list[Mapping[str, Json]]) -> frozenset[str]:
    """Return every name that one of the schemas of a level requires."""
    return frozenset(name for one in level for name in one.get("required", ()))


def vacuous(
    schema: Json,
    *,
    base: str,
    at: str,
    resolve: Resolve,
    required: frozenset[str] = frozenset(),
    depth: int = 0,
    met: Met | None = None,
) -> Iterator[Read]:
    """Yield what a condition tests without requiring that it is there.

    Such a test also holds before anything is answered.
    """
    met = {} if met is None else met
    met_here = (id(schema), base, required)
    if not isinstance(schema, Mapping) or depth > DEPTH or met_here in met:
        return
    met[met_here] = schema
    required |= required_names(list(conjuncts(schema, resolve)))
    for name, member in schema.get("properties", {}).items():
        here, there = base + join(name), at + join("properties", name)
        if member is False:
            continue  # asking for absence is no accident
        if name not in required and member not in (True, {}):
            yield Read(pointer=here, at=there)
        yield from vacuous(
            member, base=here, at=there, resolve=resolve, depth=depth + 1, met=met
        )
    included = [
        (at + join(keyword, index), one)
        for keyword in (*CONJUNCTIONS, *DISJUNCTIONS)
        for index, one in enumerate(schema.get(keyword, ()))
    ]
    if isinstance(schema.get("$ref"), str):
        included.append((at, resolve(schema["$ref"])))
    for there, one in included:
        yield from vacuous(
            one,
            base=base,
            at=there,
            resolve=resolve,
            required=required,
            depth=depth + 1,
            met=met,
        )
