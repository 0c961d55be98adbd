"""Which subschemas apply to an instance: section B2 of the language.

What applies depends on conditions only, so each place in a form keeps a tree of
the conditions met so far; its leaves are the flat schemas that then apply.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from schemas.definition import Json
from schemas.pointers import ABSENT
from schemas.reading import names_read
from schemas.subschemas import Subschema, Subschemas
from schemas.unions import (
    Picked,
    Union,
    common_kind,
    is_assertion,
    lists_options,
    present_members,
    union_of,
)

REMEMBERED: Final = 2048
"""Combinations of conditions a place remembers before it starts over."""

Outcome = str | int | bool | None
Outcoming = Callable[[Json, Picked], Outcome]
"""Tells how a condition turns out for an instance."""
NOTHING_PICKED: Final[Picked] = {}


Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True, eq=False)
class Test(Generic[Shape]):
    """A condition not decided yet, and what follows from each outcome seen."""

    outcome: Outcoming
    then: dict[Outcome, "Test[Shape] | Shape"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Flat:
    """The schemas that apply under one combination of conditions.

    `unions` are those with branches, `branches` the members of them that were
    chosen. `required` are names that depend on others, `kind` the one type that the
    members of an asserting union have.
    """

    mentions: tuple[Subschema, ...]
    is_refused: bool
    unions: tuple[Union, ...] = ()
    branches: tuple[tuple[Union, int], ...] = ()
    required: frozenset[str] = frozenset()
    kind: str = ""
    is_possible: bool = False  # all branches together, of which some exclude others


class Place(Generic[Shape]):
    """One location of an instance with the schemas that describe it.

    `shaped` makes what is kept for each combination of conditions.
    """

    def __init__(
        self,
        source: Subschemas,
        entries: tuple[Subschema, ...],
        shaped: Callable[[Flat], Shape],
    ) -> None:
        self._source = source
        self._entries = entries
        self._shaped = shaped
        self._size = 0
        # Grown by what is met: a schema within itself has no end.
        self._root: Test[Shape] | Shape | None = None

    def shape(self, instance: Json, picked: Picked = NOTHING_PICKED) -> Shape:
        """Return what applies to the instance; `picked` decides keyless unions."""
        node = self._root
        if node is not None and not isinstance(node, Test):
            return node
        if instance is ABSENT and self._is_object:
            instance = {}
        while isinstance(node, Test):
            node = node.then.get(node.outcome(instance, picked))
        return self._grown(instance, picked) if node is None else node

    @property
    def only(self) -> Shape | None:
        """Return what applies whatever the answers, None if they decide or may yet."""
        node = self._root
        return None if isinstance(node, Test) else node

    @cached_property
    def _is_object(self) -> bool:
        return _is_object(self.everything())

    @cached_property
    def choices(self) -> tuple[Union, ...]:
        """Return every union here that the answers alone do not decide."""
        found = self.everything().unions
        return tuple(union for union in found if not union.is_decided)

    def everything(self) -> Flat:
        """Return what could apply under some answers: all branches together."""
        return self._everything

    def always(self) -> Flat:
        """Return what applies even where no condition holds and nothing is chosen."""
        return _Flattening(self._source, lambda _outcome: None).run(self._entries)

    @cached_property
    def _everything(self) -> Flat:
        return _Flattening(self._source, None).run(self._entries)

    def _grown(self, instance: Json, picked: Picked) -> Shape:
        """Return what applies, remembered under the outcomes that led to it."""
        trail: list[tuple[Outcoming, Outcome]] = []

        def decide(outcome: Outcoming) -> Outcome:
            found = outcome(instance, picked)
            trail.append((outcome, found))
            return found

        flat = _Flattening(self._source, decide).run(self._entries)
        shape = self._shaped(flat)
        if self._size + len(trail) > REMEMBERED:
            self._root, self._size = None, 0
        self._remember(trail, shape)
        return shape

    def _remember(self, trail: list[tuple[Outcoming, Outcome]], shape: Shape) -> None:
        nodes: list[Test[Shape] | Shape] = [Test(test) for test, _ in trail]
        nodes.append(shape)
        if self._root is None:
            self._root = nodes[0]
        here = self._root
        for (_, outcome), below in zip(trail, nodes[1:], strict=True):
            if isinstance(here, Test):
                if outcome not in here.then:
                    self._size += 1
                here = here.then.setdefault(outcome, below)


class _Flattening:
    """One pass over the in-place applicators, in an order that never varies."""

    def __init__(
        self, source: Subschemas, decide: Callable[[Outcoming], Outcome] | None
    ) -> None:
        self._source = source
        self._takes_all = decide is None
        self._asked = decide
        self._unions: list[Union] = []
        self._branches: list[tuple[Union, int]] = []
        self._required: set[str] = set()
        self._kind = ""

    def run(self, entries: tuple[Subschema, ...]) -> Flat:
        mentions: list[Subschema] = []
        seen: set[Any] = set()
        is_refused = False
        queue = deque(entries)
        while queue:
            here = queue.popleft()
            if here.key in seen:
                continue
            seen.add(here.key)
            if isinstance(here.schema, Mapping):
                mentions.append(here)
                queue.extendleft(reversed(self._applied(here)))
            elif here.schema is False:
                is_refused = True
        return Flat(
            mentions=tuple(mentions),
            is_refused=is_refused,
            unions=tuple(self._unions),
            branches=tuple(self._branches),
            required=frozenset(self._required),
            kind=self._kind,
            is_possible=self._takes_all,
        )

    def _applied(self, here: Subschema) -> list[Subschema]:
        schema = here.schema
        applied = self._referred(here)
        applied += [here.child("allOf", i) for i in range(len(schema.get("allOf", ())))]
        if "if" in schema:
            applied += self._conditional(here)
        for name in schema.get("dependentSchemas", ()):
            if self._decide(_is_present(name), takes=True):
                applied.append(here.child("dependentSchemas", name))
        for name, needed in schema.get("dependentRequired", {}).items():
            if needed and self._decide(_is_present(name), takes=False):
                self._required |= set(needed)
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema and not lists_options(here, keyword):
                applied += self._member(here, keyword)
        if here.without:
            applied = [one.leaving_out(here.without) for one in applied]
        return applied

    def _referred(self, here: Subschema) -> list[Subschema]:
        found = []
        if isinstance(here.schema.get("$ref"), str):
            found.append(self._source.resolve(here, here.schema["$ref"]))
        if isinstance(here.schema.get("$dynamicRef"), str):
            found.append(self._source.resolve_dynamic(here, here.schema["$dynamicRef"]))
        return found

    def _member(self, here: Subschema, keyword: str) -> list[Subschema]:
        """Return the members of a union that apply."""
        members = present_members(self._source, here, keyword)
        if len(members) == 1:
            self._branches.append((union_of(self._source, here, keyword, members), 0))
            return [*members]
        if not members or is_assertion(self._source, here, members):
            self._kind = self._kind or common_kind(self._source, members)
            return []
        return self._chosen(union_of(self._source, here, keyword, members))

    def _conditional(self, here: Subschema) -> list[Subschema]:
        branches = [b for b in ("then", "else") if b in here.schema]
        if not branches:
            return []
        if self._takes_all:
            return [here.child(branch) for branch in branches]
        outcome = self._decide(self._holds(here.child("if")), takes=None)
        if outcome is None:
            return []
        branch = "then" if outcome else "else"
        return [here.child(branch)] if branch in here.schema else []

    def _holds(self, condition: Subschema) -> Outcoming:
        known = self._source.names_read
        if condition.key not in known:
            known[condition.key] = names_read(self._source, condition)
        is_valid, names = (
            self._source.validator(condition).is_valid,
            known[condition.key],
        )

        def outcome(instance: Json, _picked: Picked) -> Outcome:
            # What is absent and no object has nothing a condition could look at.
            if instance is ABSENT:
                return None
            if names is not None and isinstance(instance, Mapping):
                # A large object is not handed over whole for each of its conditions.
                instance = {n: instance[n] for n in names if n in instance}
            return is_valid(instance)

        return outcome

    def _chosen(self, union: Union) -> list[Subschema]:
        self._unions.append(union)
        if self._takes_all:
            return [union.member(i) for i in range(len(union.members))]
        outcome = self._decide(union.chosen, takes=None)
        if not isinstance(outcome, int):
            return []
        self._branches.append((union, outcome))
        return [union.member(outcome)]

    def _decide(self, outcome: Outcoming, takes: Outcome) -> Outcome:
        return takes if self._asked is None else self._asked(outcome)


def _is_present(name: str) -> Outcoming:
    def outcome(instance: Json, _picked: Picked) -> Outcome:
        return isinstance(instance, Mapping) and name in instance

    return outcome


def _is_object(flat: Flat) -> bool:
    """Tell whether an absent instance counts as `{}` here."""
    named = {str(m.schema["type"]) for m in flat.mentions if "type" in m.schema}
    if named:
        return any("object" in one for one in named)
    return any("properties" in mention.schema for mention in flat.mentions)
