"""Small sets of answers that try every outcome of the conditions around a pointer.

The values come from the conditions themselves, so a world is an example to show an
author: these answers are possible, and then this happens.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Final

import jsonschema_rs

from schemas.definition import Json
from schemas.field_type import present
from schemas.mentions import Guard, Guards, Requirement, Trace
from schemas.pointers import ABSENT, join, parts
from schemas.resources import Resource
from schemas.tagged_unions import branch_values, lists_options
from schemas.trial_values import candidates, constants, tells_all
from schemas.world import World

MAX_WORLDS: Final = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Worlds:
    """Possible answers, and whether these are all the outcomes there are."""

    worlds: tuple[World, ...]
    is_exhaustive: bool


class Imagination:
    """Makes worlds from a trace and tells what is asked in them."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._validators: dict[tuple[str, str], jsonschema_rs.Validator | None] = {}
        self._requirements: dict[str, list[Requirement]] = {}
        for requirement in trace.requirements:
            self._requirements.setdefault(requirement.pointer, []).append(requirement)
        self._worlds: dict[frozenset[str], Worlds] = {}
        self._reads: dict[tuple[str, str], tuple[str, ...]] = {}
        self._plain: dict[tuple[str, str], bool] = {}
        self._decided: dict[str, list[str]] = {}
        self._lists: dict[str, set[str]] = {}

    def worlds(self, guards: Guards) -> Worlds:
        """Return worlds that try every outcome of the guards."""
        wanted = self._closure({r for guard in guards for r in self._read(guard)})
        key = frozenset(wanted)
        if key not in self._worlds:
            self._worlds[key] = self._imagine(wanted)
        found = self._worlds[key]
        is_plain = all(map(self._tells_all, guards))
        return found if is_plain else replace(found, is_exhaustive=False)

    def hold(self, guards: Guards, world: World) -> bool:
        """Tell whether all the guards let through."""
        return all(self._lets_through(guard, world) for guard in guards)

    def _lets_through(self, guard: Guard, world: World) -> bool:
        key = (guard.at, guard.base, guard.is_negated)
        found = world.verdicts.get(key)
        if found is None:
            found = world.verdicts[key] = self._holds(guard, world.answers)
        return found

    def _read(self, guard: Guard) -> tuple[str, ...]:
        """Return the pointers a condition looks at."""
        key = (guard.at, guard.base)
        if key not in self._reads:
            self._reads[key] = tuple(read.pointer for read in guard.reads)
        return self._reads[key]

    def is_asked(self, pointer: str, world: World) -> bool:
        """Tell whether some definition of the pointer applies and none refuses it."""
        mentions = self.trace.by_pointer.get(pointer, ())
        applying = [m for m in mentions if self.hold(m.guards, world)]
        return any(m.defines for m in applying) and not any(m.refuses for m in applying)

    def is_complete(self, world: World) -> bool:
        """Tell whether everything required of what the world is about is answered."""
        return not any(
            pointer not in world
            and any(self.hold(r.guards, world) for r in self._requirements[pointer])
            for pointer in self._requirements.keys() & world.variables
        )

    def _closure(self, pointers: set[str]) -> set[str]:
        """Return the pointers and all that decides whether they are there."""
        found: set[str] = set()
        waiting = list(pointers)
        while waiting:
            pointer = waiting.pop()
            if pointer in found or pointer.endswith("/*"):
                continue
            found.add(pointer)
            waiting += self._deciders(pointer)
        return found

    def _tells_all(self, guard: Guard) -> bool:
        """Tell whether trying its constants tries every outcome of a condition."""
        key = (guard.at, guard.base)
        if key not in self._plain:
            self._plain[key] = tells_all(guard.schema)
        return self._plain[key]

    def _deciders(self, pointer: str) -> list[str]:
        """Return the pointers that decide whether this one is asked."""
        if pointer not in self._decided:
            self._decided[pointer] = self._find_deciders(pointer)
        return self._decided[pointer]

    def _find_deciders(self, pointer: str) -> list[str]:
        above = [join(*parts(pointer)[:end]) for end in range(1, len(parts(pointer)))]
        own = [p for p in above if p in self.trace.by_pointer]
        mentions = self.trace.by_pointer.get(pointer, ())
        asking = [m for m in mentions if m.defines or m.refuses]
        return own + [r for m in asking for g in m.guards for r in self._read(g)]

    def _imagine(self, variables: set[str]) -> Worlds:
        graph = {
            v: {d for d in self._deciders(v) if d in variables and d != v}
            for v in sorted(variables)
        }
        is_plain = all(
            self._tells_all(guard)
            for variable in variables
            for mention in self.trace.by_pointer.get(variable, ())
            for guard in mention.guards
        )
        try:
            order = list(TopologicalSorter(graph).static_order())
        except CycleError:
            return Worlds(worlds=(), is_exhaustive=False)
        worlds: list[World] = []
        for world in self._grow(order, World({}, frozenset(variables))):
            if len(worlds) == MAX_WORLDS:
                return Worlds(worlds=tuple(worlds), is_exhaustive=False)
            worlds.append(world)
        return Worlds(worlds=tuple(worlds), is_exhaustive=is_plain)

    def _grow(self, order: list[str], world: World) -> Iterator[World]:
        if not order:
            yield world
            return
        pointer, rest = order[0], order[1:]
        for value in self._values(pointer, world):
            yield from self._grow(rest, world.plus(pointer, value))

    def _values(self, pointer: str, world: World) -> list[Json]:
        is_known = pointer in self.trace.by_pointer
        if is_known and not self.is_asked(pointer, world):
            return [ABSENT]
        if any(above not in world for above in self._containers(pointer)):
            return [ABSENT]
        if "object" in self.trace.types(pointer):
            return [{}]  # what is asked and holds questions is always there
        if any(other.startswith(f"{pointer}/*/") for other in world.variables):
            return [[{}], ABSENT]  # a table with one row that the others speak of
        return [*self._possible(pointer), ABSENT]

    def _possible(self, pointer: str) -> list[Json]:
        """Return values the conditions tell apart, only such as may be answered."""
        mentioned = self._mentioned.get(pointer, [])
        found = candidates(mentioned, self._shape(pointer))
        options = self._options(pointer)
        if options is None:
            return found
        named = [value for value in found if value in options]
        others = [value for value in options if value not in named]
        return [*named, *others[:1]]

    def _options(self, pointer: str) -> list[Json] | None:
        """Return the values a choice has, None when it is no choice."""
        definers = self.trace.defined.get(pointer, ())
        keys = [
            value for m in definers if m.is_key for value in branch_values(m.schema)
        ]
        if keys:
            return keys
        for mention in definers:
            for schema in mention.resource.conjuncts(mention.schema):
                listed = schema.get("oneOf", schema.get("anyOf", ()))
                if "enum" in schema:
                    return list(schema["enum"])
                if lists_options(listed):
                    return [one["const"] for one in present(listed)]
        return None

    def _containers(self, pointer: str) -> list[str]:
        above = (join(*parts(pointer)[:end]) for end in range(1, len(parts(pointer))))
        return [
            p
            for p in above
            if p in self.trace.by_pointer and "object" in self.trace.types(p)
        ]

    def _shape(self, pointer: str) -> str:
        types = self.trace.types(pointer) - {"null"}
        return min(types) if types else "string"

    @cached_property
    def _mentioned(self) -> Mapping[str, list[Json]]:
        """Return the constants that any condition compares each pointer with."""
        found: dict[str, list[Json]] = {}
        guards = {g for m in self.trace.mentions for g in m.guards}
        guards |= {g for r in self.trace.requirements for g in r.guards}
        for guard in sorted(guards, key=lambda g: (g.at, g.base)):
            for pointer, value in constants(guard.schema, guard.base):
                values = found.setdefault(pointer, [])
                if value not in values:
                    values.append(value)
        return found

    def _holds(self, guard: Guard, instance: Json) -> bool:
        here = _at(instance, parts(guard.base))
        if here is ABSENT:
            if "*" in parts(guard.base):
                return False
            here = {}  # an absent object counts as an empty one
        validator = self._validator(guard)
        return validator is None or validator.is_valid(here) is not guard.is_negated

    def _validator(self, guard: Guard) -> jsonschema_rs.Validator | None:
        """Compile a condition; None when nothing but a choice decides it."""
        key = (guard.at, guard.resource.root_at)
        if key not in self._validators:
            self._validators[key] = _compile(guard, self._code_lists(guard.resource))
        return self._validators[key]

    def _code_lists(self, resource: Resource) -> set[str]:
        """Return the code lists a resource names, found once."""
        if resource.root_at not in self._lists:
            self._lists[resource.root_at] = _code_lists(resource.root)
        return self._lists[resource.root_at]


def _compile(guard: Guard, named: set[str]) -> jsonschema_rs.Validator | None:
    if guard.schema is None:
        return None
    schema = guard.schema
    if _refers(schema):
        root = guard.resource.root
        definitions = root.get("$defs", {}) if isinstance(root, Mapping) else {}
        lists = {one: {"$id": one} for one in named | _code_lists(schema)}
        schema = {"$defs": {**definitions, **lists}, "allOf": [schema]}
    try:
        return jsonschema_rs.validator_for(
            schema,
            offline=True,
            pattern_options=jsonschema_rs.RegexOptions(),
        )
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None  # another rule says what is wrong with it


def _refers(value: Json) -> bool:
    """Tell whether there is a reference anywhere in a schema."""
    if isinstance(value, Mapping):
        return "$ref" in value or any(map(_refers, value.values()))
    return isinstance(value, list) and any(map(_refers, value))


def _code_lists(value: Json) -> set[str]:
    if isinstance(value, Mapping):
        found = {
            v
            for k, v in value.items()
            if k == "$ref" and str(v).startswith("urn:formbuilder:codes:")
        }
        return found.union(*(_code_lists(v) for v in value.values()))
    if isinstance(value, list):
        return set().union(*(_code_lists(v) for v in value))
    return set()


def _at(instance: Json, segments: tuple[str, ...]) -> Json:
    for segment in segments:
        if segment == "*" and isinstance(instance, list) and instance:
            instance = instance[0]
        elif isinstance(instance, dict) and segment in instance:
            instance = instance[segment]
        else:
            return ABSENT
    return instance
