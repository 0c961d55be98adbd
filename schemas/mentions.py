"""What a definition says of each pointer, and the guards it stands behind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from schemas.conditions import Read, presumes, reads, required_names
from schemas.definition import Json
from schemas.pointers import join, parts
from schemas.resources import Resource

GuardKind = Literal["if", "dependent", "asked_when", "branch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A condition that must hold, or must not, for a mention to apply.

    `schema` is None for a branch that nothing but a choice decides. Its
    place in the definition tells it from others.
    """

    kind: GuardKind
    schema: Json = field(compare=False)
    base: str
    at: str
    resource: Resource = field(compare=False, repr=False)
    is_negated: bool = False

    @property
    def reads(self) -> tuple[Read, ...]:
        """Return every pointer the condition looks at."""
        return tuple(
            reads(self.schema, base=self.base, at=self.at, resolve=self.resource.schema)
        )

    @property
    def presumes(self) -> frozenset[str]:
        """Return what is surely present where the guard lets through."""
        schema = self.schema
        if self.is_negated:
            schema = schema.get("not") if isinstance(schema, Mapping) else None
        return presumes(schema, base=self.base, resolve=self.resource.schema)

    @property
    def fails_open_on(self) -> tuple[Read, ...]:
        """Return the reads whose absence would let through."""
        return tuple(
            read for read in self.reads if read.is_negated is not self.is_negated
        )


Guards = tuple[Guard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A subschema met on the walk, and the answers it describes (`*` for rows)."""

    pointer: str
    schema: Json
    at: str
    guards: Guards
    section: str
    resource: Resource = field(repr=False)

    @property
    def presumed(self) -> frozenset[str]:
        """Return the members that are asked and surely there where the schema applies."""
        level = list(self.resource.conjuncts(self.schema))
        asked = {name for one in level for name in one.get("properties", {})}
        return (required_names(level) & asked) | {
            parts(one)[-1]
            for guard in self.guards
            for one in guard.presumes
            if one.rpartition("/")[0] == self.pointer
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Node):
    """A subschema that says something of one member of the answers."""

    is_key: bool = False  # the property that picks a branch of a union

    @property
    def defines(self) -> bool:
        """Tell whether it asks its question, or only narrows it."""
        return isinstance(self.schema, Mapping) and bool(
            {"type", "title", "$ref"} & self.schema.keys()
        )

    @property
    def refuses(self) -> bool:
        """Tell whether it says that the pointer must not be there."""
        return self.schema is False


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A name that one subschema requires."""

    pointer: str
    at: str
    guards: Guards
    section: str


@dataclass(frozen=True)
class Trace:
    """All mentions, requirements and subschemas of a definition, in author's order."""

    mentions: tuple[Mention, ...]
    requirements: tuple[Requirement, ...]
    nodes: tuple[Node, ...]
    dangling: tuple[tuple[str, str], ...]  # (place of a $ref, what it names)

    @cached_property
    def by_pointer(self) -> Mapping[str, tuple[Mention, ...]]:
        """Return the mentions of every pointer."""
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.pointer, []).append(mention)
        return {pointer: tuple(mentions) for pointer, mentions in found.items()}

    @cached_property
    def members(self) -> Mapping[str, tuple[Mention, ...]]:
        """Return the definitions of what stands directly in each object."""
        found: dict[str, list[Mention]] = {}
        for definers in self.defined.values():
            for mention in definers:
                around = join(*parts(mention.pointer)[:-1])
                found.setdefault(around, []).append(mention)
        return {pointer: tuple(mentions) for pointer, mentions in found.items()}

    @cached_property
    def defined(self) -> Mapping[str, tuple[Mention, ...]]:
        """Return every pointer that some branch defines, with its definers."""
        return {
            pointer: definers
            for pointer, mentions in self.by_pointer.items()
            if (definers := tuple(m for m in mentions if m.defines))
        }

    @cached_property
    def leaves(self) -> Mapping[str, tuple[Mention, ...]]:
        """Return the defined pointers that have nothing defined below them."""
        containers = {one for pointer in self.defined for one in _holding(pointer)}
        return {p: m for p, m in self.defined.items() if p not in containers}

    @cached_property
    def tuples(self) -> frozenset[str]:
        """Return the pointers of the lists whose positions are asked one by one."""
        return frozenset(
            node.pointer
            for node in self.nodes
            if "prefixItems" in node.schema and f"{node.pointer}/0" in self.by_pointer
        )

    def whole(self, pointer: str) -> str:
        """Return the outermost tuple the pointer lies in, the pointer if in none.

        A tuple is asked on one page, as one answer.
        """
        around = (one for one in self.tuples if pointer.startswith(f"{one}/"))
        return min(around, key=len, default=pointer)

    def types(self, pointer: str) -> frozenset[str]:
        """Return every JSON type some definition gives the pointer."""
        found: set[str] = set()
        for mention in self.by_pointer.get(pointer, ()):
            for schema in mention.resource.conjuncts(mention.schema):
                kind = schema.get("type", ())
                found |= {kind} if isinstance(kind, str) else set(kind)
        return frozenset(found)


def _holding(pointer: str) -> Iterator[str]:
    """Yield what a pointer lies directly in, and the lists whose row that is."""
    around = pointer[: pointer.rindex("/")]
    yield around
    while around.endswith("/*"):
        around = around.removesuffix("/*")
        yield around
