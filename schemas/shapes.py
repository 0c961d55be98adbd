"""What one location of an instance is, under each combination of conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.applying import Flat, Place
from schemas.definition import Json
from schemas.field_type import has_options, present, types
from schemas.merging import defines, merge
from schemas.pointers import join
from schemas.positions import is_tuple
from schemas.subschemas import Subschema, Subschemas
from schemas.unions import Union

SHUT: Final = Subschema(schema={"readOnly": True}, base="", pointer="/readOnly")
"""Said of all that lies in what is read-only."""

Shut = tuple[Subschema, ...]
"""It, or nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Child:
    """A property of an object, and whether the object requires it."""

    name: str
    step: str  # how a pointer goes on to it
    place: "Place[Shape]"
    required: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What one location is under one combination of conditions."""

    flat: Flat
    schema: Mapping[str, Json]
    defines: bool
    children: tuple[Child, ...]
    positions: tuple[Child, ...]  # those of a tuple, asked by place
    row: "Place[Shape] | None"  # what each row asks, of a tuple those after its places
    is_container: bool  # an object, asked by its members
    awaits_choice: bool  # nothing says what it is until a branch is chosen
    listed: tuple[Subschema, ...] = ()  # what describes an array's items
    places: tuple[tuple[Subschema, ...], ...] = ()  # what describes each place
    is_leaf: bool = False  # a question or nothing, with nothing asked in it
    is_information: bool = False  # only tells something and never holds an answer
    of_kinds: Union | None = None  # whose branches are answers of several kinds

    @property
    def is_refused(self) -> bool:
        """Return whether an applicable `false` un-asks it."""
        return self.flat.is_refused

    @property
    def is_past(self) -> bool:
        """Tell whether it is kept for those alone who have answered it already."""
        # JSON Schema Validation 2020-12 §9.3: applications should refrain from its use.
        return self.schema.get("deprecated") is True

    @property
    def inside(self) -> tuple[Child, ...]:
        """Return what is asked in it by name or by place."""
        return (*self.children, *self.positions)

    @property
    def is_row(self) -> bool:
        """Return whether a list of it has rows with questions of their own."""
        is_list = types(self.schema) == {"array"} and not has_options(self.schema)
        return self.is_container or is_list or self.of_kinds is not None

    @property
    def as_items(self) -> Mapping[str, Json]:
        """Return the schema by which it is found what a list of it is asked as."""
        if self.of_kinds is None:
            return self.schema
        title = {n: self.schema[n] for n in ("title",) if n in self.schema}
        return {**title, **self.of_kinds.kinds_only()}


class Shapes:
    """The places of one form, each made when first met and kept."""

    def __init__(self, source: Subschemas) -> None:
        self._source = source
        self._places: dict[tuple[object, ...], Place[Shape]] = {}
        self._everything: dict[Place[Shape], Shape] = {}

    def place(self, entries: tuple[Subschema, ...]) -> Place[Shape]:
        """Return the place these schemas describe, the same one each time."""
        key = tuple(entry.key for entry in entries)
        if key not in self._places:
            self._places[key] = Place(self._source, entries, self.shaped)
        return self._places[key]

    def everything(
        self, place: Place[Shape], within: tuple[Place[Shape], ...] = ()
    ) -> Shape:
        """Return what the place is with all its branches together."""
        if within:
            return self.shaped(place.everything(), within)
        if place not in self._everything:
            self._everything[place] = self.shaped(place.everything())
        return self._everything[place]

    def shaped(self, flat: Flat, within: tuple[Place[Shape], ...] = ()) -> Shape:
        """Return what a location is when just these schemas apply.

        `within` are the lists it is an item of, as a list may hold itself.
        """
        schema = merge((m.schema for m in flat.mentions), is_possible=flat.is_possible)
        schema |= _listed(flat)
        if flat.kind:
            schema.setdefault("type", flat.kind)
        shut = (SHUT,) if schema.get("readOnly") else ()
        children = self._children(flat, shut)
        items = self._items(flat, shut)
        prefix = self._prefix(flat, shut)
        row = None
        if items is not None and items not in within:
            inner = self.everything(items, (*within, items))
            row = items if inner.is_row else None
            schema |= self._as_list(items, inner, (*within, items))
        places = [
            None
            if place in within
            else self.shaped(place.everything(), (*within, place))
            for place in prefix
        ]
        if places:
            schema["prefixItems"] = [one.schema if one else {} for one in places]
        if children:
            schema.setdefault("type", "object")
        positions = _positions(schema, prefix) if is_tuple(schema) else ()
        is_container = not has_options(schema) and (
            bool(children) or types(schema) == {"object"}
        )
        return Shape(
            flat=flat,
            schema=schema,
            defines=bool(flat.kind)
            or any(defines(mention.schema) for mention in flat.mentions),
            children=children,
            positions=positions,
            row=row,
            awaits_choice=bool(flat.unions) and not (types(schema) or children),
            is_container=is_container,
            is_leaf=not (is_container or positions or row or flat.unions),
            is_information=schema.get("type") == "null",
            listed=items.everything().mentions if items is not None else (),
            places=tuple(one.flat.mentions if one else () for one in places),
            of_kinds=_of_kinds(flat),
        )

    def _as_list(
        self, items: Place[Shape], inner: Shape, within: tuple[Place[Shape], ...]
    ) -> dict[str, Json]:
        """Return what items say of their list; without rows it is one question."""
        said: dict[str, Json] = {"items": inner.as_items}
        if inner.schema.get("readOnly") and not inner.is_row:
            always = self.shaped(items.always(), within)
            said |= {"readOnly": True} if always.schema.get("readOnly") else {}
        return said

    def _children(self, flat: Flat, shut: Shut) -> tuple[Child, ...]:
        entries: dict[str, list[Subschema]] = {}
        required: set[str] = set(flat.required)
        for mention in flat.mentions:
            required |= set(mention.schema.get("required", ()))
            for name in mention.schema.get("properties", ()):
                if name not in mention.without:
                    entries.setdefault(name, []).append(
                        mention.child("properties", name)
                    )
            for union in flat.unions:
                if union.key and union.at.key == mention.key:
                    required |= {union.key} if union.is_required else set()
                    entries.setdefault(union.key, []).append(union.question())
        return tuple(
            Child(name, join(name), self.place((*found, *shut)), name in required)
            for name, found in entries.items()
        )

    def _items(self, flat: Flat, shut: Shut) -> Place[Shape] | None:
        found = [m.child("items") for m in flat.mentions if "items" in m.schema]
        found = [one for one in found if isinstance(one.schema, Mapping)]
        return self.place((*found, *shut)) if found else None

    def _prefix(self, flat: Flat, shut: Shut) -> list[Place[Shape]]:
        longest = max(
            (len(m.schema.get("prefixItems", ())) for m in flat.mentions), default=0
        )
        found = [
            [
                mention.child("prefixItems", i)
                for mention in flat.mentions
                if len(mention.schema.get("prefixItems", ())) > i
            ]
            for i in range(longest)
        ]
        return [self.place((*mentions, *shut)) for mentions in found]


def _of_kinds(flat: Flat) -> Union | None:
    """Return the one union here of which a branch must be chosen for its kind alone."""
    found = [union for union in flat.unions if union.is_of_kinds]
    return found[0] if len(found) == len(flat.unions) == 1 else None


def _positions(
    schema: Mapping[str, Json], places: list[Place[Shape]]
) -> tuple[Child, ...]:
    """Return the positions of a tuple; the first ones are required, by `minItems`."""
    least = schema.get("minItems", 0)
    return tuple(
        Child(str(index), join(index), place, index < least)
        for index, place in enumerate(places)
    )


def _listed(flat: Flat) -> dict[str, Json]:
    """Return the option list, if one of the schemas is one; all where all may apply."""
    found: list[Json] = []
    for mention in flat.mentions:
        for keyword in ("oneOf", "anyOf"):
            members = mention.schema.get(keyword)
            if members and has_options({keyword: members}):
                if not flat.is_possible:
                    return {"oneOf": present(members)}
                found += [one for one in present(members) if one not in found]
    return {"oneOf": found} if found else {}
