"""Unions (`oneOf`, `anyOf`): options, assertions, or branches that something picks; B6."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from schemas import branches
from schemas.definition import Json
from schemas.field_type import has_options
from schemas.field_types.file import File
from schemas.json_types import is_of
from schemas.pointers import ABSENT
from schemas.subschemas import Subschema, Subschemas

Constants = tuple[Json, ...]
Picked = Mapping[str, int]
"""Which branch was chosen of each union that nothing in the answers decides."""


@dataclass(frozen=True, eq=False)
class Union:
    """Branches of which the key's answer, or a choice in the draft, picks one.

    `key` is the property that has values of its own in every branch, empty when
    there is none. `values` are the branches' constants for it. Where not every
    branch requires it, answers without it may fit one all the same.
    """

    source: Subschemas
    at: Subschema
    keyword: str
    members: tuple[Subschema, ...]
    key: str
    values: tuple[Constants, ...]
    is_required: bool  # every branch requires the key

    @property
    def is_decided(self) -> bool:
        """Return whether the answers alone say which branch applies."""
        return bool(self.key) and self.is_required

    @property
    def name(self) -> str:
        """Return where it stands, which tells it from other unions."""
        return f"{self.at.base}#{self.at.pointer}/{self.keyword}"

    @cached_property
    def kinds(self) -> tuple[frozenset[str], ...]:
        """Return the types each branch allows, none of one that names none."""
        return tuple(branches.kinds(self.source, member) for member in self.members)

    @property
    def is_of_kinds(self) -> bool:
        """Tell whether the branches are all there is, and answers of several kinds."""
        is_all = branches.ASKING.isdisjoint(self.at.schema)
        is_mixed = all(self.kinds) and len(set(self.kinds)) > 1
        return is_all and is_mixed and not self.key and not self._has_file

    @cached_property
    def _has_file(self) -> bool:
        """Tell whether a branch is a file itself, which is kept by its own pointer."""
        said = (one for m in self.members for one in branches.conjuncts(self.source, m))
        return any(File().matches(one.schema, {}) for one in said)

    def kinds_only(self) -> Json:
        """Return a schema that says no more than which kinds there are."""
        return {"oneOf": [{"type": sorted(kinds)} for kinds in self.kinds]}

    def member(self, index: int) -> Subschema:
        """Return a branch without what it says about the key: that is not narrowed."""
        chosen = self.members[index]
        return chosen.leaving_out(frozenset({self.key}) if self.key else frozenset())

    def chosen(self, instance: Json, picked: Picked) -> int | None:
        """Return which branch applies, also while it is incomplete."""
        answer = ABSENT
        if self.key and isinstance(instance, Mapping):
            answer = instance.get(self.key, ABSENT)
        if answer is ABSENT and not self.is_decided:
            return picked.get(self.name)
        return next(
            (i for i, some in enumerate(self.values) if _among(answer, some)), None
        )

    def fitting(self, instance: Json) -> int | None:
        """Return the branch that answers without a choice fit, as from the API.

        The one that asks most of them comes first, or that they are right for, else
        one of their kind: no answer is lost, and what is wrong with one is told.
        """
        if instance is ABSENT or instance == {}:
            return None
        ranked = [
            (
                self._covered(i, instance),
                self.source.validator(member).is_valid(instance),
            )
            for i, member in enumerate(self.members)
        ]
        best = max(ranked)
        if any(best):
            return ranked.index(best)
        return next((i for i, k in enumerate(self.kinds) if is_of(instance, k)), None)

    def _covered(self, index: int, instance: Json) -> int:
        if not isinstance(instance, Mapping):
            return 0
        stated, _ = branches.properties(self.source, self.members[index])
        return len(stated.keys() & instance.keys())

    def question(self) -> Subschema:
        """Return what the key asks: every branch's constant with its title."""
        return Subschema(
            schema=self._key_schema(),
            base=self.at.base,
            pointer=f"{self.at.pointer}/{self.keyword}#{self.key}",
        )

    def _key_schema(self) -> Json:
        options = []
        for member, constants in zip(self.members, self.values, strict=True):
            for constant in constants:
                title = member.schema.get("title", "")
                title = title or _key_title(self.source, member, self.key)
                options.append(
                    {"const": constant, **({"title": title} if title else {})}
                )
        # A title makes it a question of its own; one the author gives comes first.
        return {"title": self.key, "oneOf": options}

    def options(self) -> list[Json]:
        """Return the branches as options, when nothing in the answers decides."""
        return [
            {"const": i, "title": branches.title(self.source, member, i + 1)}
            for i, member in enumerate(self.members)
        ]


def present_members(
    source: Subschemas, here: Subschema, keyword: str
) -> tuple[Subschema, ...]:
    """Return the members without those that only allow nothing: that is no answer."""
    members = (here.child(keyword, i) for i in range(len(here.schema[keyword])))
    return tuple(one for one in members if not branches.is_null(source, one))


def is_assertion(
    source: Subschemas, here: Subschema, members: tuple[Subschema, ...]
) -> bool:
    """Tell whether a union only says what an answer must be, and never asks.

    It asks where a member has properties, or where members are of several kinds and
    nothing beside the union says which.
    """
    if any(branches.asks(source, member) for member in members):
        return False
    found = {branches.kinds(source, member) for member in members}
    return "type" in here.schema or len(found) <= 1 or frozenset() in found


def common_kind(source: Subschemas, members: tuple[Subschema, ...]) -> str:
    """Return the one type all members have, "" when they differ or name none."""
    found = {branches.kinds(source, member) for member in members}
    [*named] = found.pop() if len(found) == 1 else ()
    return named[0] if len(named) == 1 else ""


def lists_options(here: Subschema, keyword: str) -> bool:
    """Tell whether the union is a list of values to choose among."""
    return has_options({keyword: here.schema[keyword]})


def union_of(
    source: Subschemas, here: Subschema, keyword: str, members: tuple[Subschema, ...]
) -> Union:
    """Return the union that stands under `oneOf` or `anyOf`, with its key if any."""
    return Union(source, here, keyword, members, *_key(source, members))


def _key(
    source: Subschemas, members: tuple[Subschema, ...]
) -> tuple[str, tuple[Constants, ...], bool]:
    described = [branches.properties(source, member) for member in members]
    found: tuple[str, tuple[Constants, ...], bool] = ("", (), False)
    for name in described[0][0]:
        values = tuple(_constants(shown.get(name)) for shown, _ in described)
        if len(members) > 1 and all(values) and _disjoint(values):
            is_required = all(name in required for _, required in described)
            if is_required:
                return name, values, True
            found = found if found[0] else (name, values, False)
    return found


def _key_title(source: Subschemas, member: Subschema, key: str) -> str:
    """Return what a branch calls its own value of the key."""
    shown = branches.properties(source, member)[0].get(key)
    return str(shown.get("title", "")) if isinstance(shown, Mapping) else ""


def _constants(schema: Json) -> Constants:
    if not isinstance(schema, Mapping):
        return ()
    if "const" in schema:
        return (schema["const"],)
    return tuple(schema.get("enum", ()))


def _disjoint(values: tuple[Constants, ...]) -> bool:
    flat = [(type(one) is bool, one) for some in values for one in some]
    return all(one not in flat[:i] for i, one in enumerate(flat))


def _among(answer: Json, constants: Constants) -> bool:
    """Compare as JSON does: `1` is `1.0` and is not `true`."""
    return any(
        answer == one and isinstance(answer, bool) is isinstance(one, bool)
        for one in constants
    )
