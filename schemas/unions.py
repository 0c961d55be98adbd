"""Unions (`oneOf`, `anyOf`): options, assertions, or branches chosen by a key; B6."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.definition import Json
from schemas.field_type import has_options
from schemas.pointers import ABSENT
from schemas.subschemas import Subschema, Subschemas

Constants = tuple[Json, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Union:
    """Branches of which the key's answer, or the draft's choice, picks one.

    `key` is the property required in every branch with values of its own, empty
    when there is none. `values` are the branches' constants for it.
    """

    source: Subschemas
    at: Subschema
    keyword: str
    members: tuple[Subschema, ...]
    key: str
    values: tuple[Constants, ...]

    def member(self, index: int) -> Subschema:
        """Return a branch without what it says about the key: that is not narrowed."""
        chosen = self.members[index]
        return Subschema(
            schema=chosen.schema,
            base=chosen.base,
            pointer=chosen.pointer,
            without=frozenset({self.key}) if self.key else frozenset(),
        )

    def chosen(self, instance: Json, picked: Json) -> int | None:
        """Return which branch applies, also while it is incomplete."""
        if not isinstance(instance, Mapping):
            return None
        if self.key:
            answer = instance.get(self.key, ABSENT)
            return next(
                (i for i, some in enumerate(self.values) if _among(answer, some)), None
            )
        if isinstance(picked, int) and 0 <= picked < len(self.members):
            return picked
        return self._valid(instance)

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

    def titles(self) -> Json:
        """Return the question an import asks when nothing in the answers decides."""
        return {
            "oneOf": [
                {"const": i, "title": member.schema.get("title", f"{i + 1}")}
                for i, member in enumerate(self.members)
            ]
        }

    def _valid(self, instance: Mapping[str, Json]) -> int | None:
        """Guess the branch of answers that came without a choice, as from the API."""
        if not instance:
            return None
        valid = (
            i
            for i, member in enumerate(self.members)
            if self.source.validator(member).is_valid(instance)
        )
        return next(valid, None)


def is_assertion(source: Subschemas, here: Subschema, keyword: str) -> bool:
    """Tell whether no member of the union has properties: then it never asks."""
    return has_options({keyword: here.schema[keyword]}) or not any(
        _properties(source, member)[0] for member in _members(here, keyword)
    )


def union_of(source: Subschemas, here: Subschema, keyword: str) -> Union:
    """Return the union that stands under `oneOf` or `anyOf`, with its key if any."""
    members = _members(here, keyword)
    key, values = _key(source, members)
    return Union(source, here, keyword, members, key, values)


def _members(here: Subschema, keyword: str) -> tuple[Subschema, ...]:
    return tuple(here.child(keyword, i) for i in range(len(here.schema[keyword])))


def _key(
    source: Subschemas, members: tuple[Subschema, ...]
) -> tuple[str, tuple[Constants, ...]]:
    described = [_properties(source, member) for member in members]
    for name in described[0][0]:
        if all(name in required for _, required in described):
            values = tuple(_constants(shown.get(name)) for shown, _ in described)
            if all(values) and _disjoint(values):
                return name, values
    return "", ()


def _properties(
    source: Subschemas, here: Subschema, seen: frozenset[str] = frozenset()
) -> tuple[dict[str, Json], set[str]]:
    """Return the properties and the required names a branch states unconditionally."""
    if not isinstance(here.schema, Mapping) or here.base + here.pointer in seen:
        return {}, set()
    found = dict(here.schema.get("properties", {}))
    required = set(here.schema.get("required", ()))
    below = [here.child("allOf", i) for i in range(len(here.schema.get("allOf", ())))]
    if "$ref" in here.schema:
        below.append(source.resolve(here, here.schema["$ref"]))
    for one in below:
        more, names = _properties(source, one, seen | {here.base + here.pointer})
        found, required = {**more, **found}, required | names
    return found, required


def _key_title(source: Subschemas, member: Subschema, key: str) -> str:
    """Return what a branch calls its own value of the key."""
    shown = _properties(source, member)[0].get(key)
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
