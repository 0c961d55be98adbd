"""What is asked where, from the schemas that apply there: section B3 of the language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schemas.applying import Flat, Place
from schemas.definition import FormDefinition, Json
from schemas.field_type import FieldType, Question, has_options
from schemas.merging import defines, merge
from schemas.pointers import general, join, matches, parts
from schemas.subschemas import Subschema, Subschemas
from schemas.unions import Union
from schemas.wording import Wording

__all__ = ["Asking", "Question", "Shape"]


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
    row: "Place[Shape] | None"
    listed: tuple[Subschema, ...] = ()  # what describes an array's items
    places: tuple[tuple[Subschema, ...], ...] = ()  # what describes each place

    @property
    def is_refused(self) -> bool:
        """Return whether an applicable `false` un-asks it."""
        return self.flat.is_refused

    @property
    def is_container(self) -> bool:
        """Return whether it is an object, asked by its members."""
        return bool(self.children) or self.schema.get("type") == "object"

    @property
    def is_information(self) -> bool:
        """Return whether it only tells something and never holds an answer."""
        return self.schema.get("type") == "null"


class Asking:
    """Shapes and questions of one form, made when first met and kept."""

    def __init__(
        self,
        definition: FormDefinition,
        source: Subschemas,
        wording: Wording,
        field_types: tuple[FieldType, ...],
    ) -> None:
        self._definition = definition
        self._source = source
        self._wording = wording
        self._field_types = field_types
        self._places: dict[tuple[object, ...], Place[Shape]] = {}
        self._questions: dict[tuple[str, Shape, bool], Question] = {}
        self._ui = _ui(definition)
        self._order: dict[str, int] = {}
        self.root = self.place((source.root,))
        self.possible: dict[str, Question] = {}
        for question in self._possible(self.root, "", required=False, above=()):
            self._order.setdefault(question.pointer, len(self._order))
            self.possible.setdefault(question.pointer, question)

    def place(self, entries: tuple[Subschema, ...]) -> Place[Shape]:
        """Return the place these schemas describe, the same one each time."""
        key = tuple(entry.key for entry in entries)
        if key not in self._places:
            self._places[key] = Place(self._source, entries, self._shaped)
        return self._places[key]

    def question(
        self, pointer: str, shape: Shape, *, required: bool
    ) -> Question | None:
        """Return the question asked at the pointer, None for a mere container."""
        key = (pointer, shape, required)
        found = self._questions.get(key)
        if found is None:
            made = self._question(pointer, shape, required=required)
            if made is None or "*" not in general(pointer):
                # Rows are as many as somebody likes: only fixed ones are kept.
                self._questions[key] = made  # type: ignore[assignment] # None is known
            return made
        return found

    def _question(
        self, pointer: str, shape: Shape, *, required: bool
    ) -> Question | None:
        ui = self.ui(pointer)
        schema = shape.schema
        field_type = next((t for t in self._field_types if t.matches(schema, ui)), None)
        if field_type is None:
            return None
        if shape.children:
            schema = {**schema, "properties": _titles(shape)}
        return Question(
            pointer=pointer,
            schema=schema,
            title=str(schema.get("title") or parts(pointer)[-1]),
            description=str(schema.get("description", "")),
            required=required,
            read_only=bool(schema.get("readOnly")),
            section=self.section(pointer),
            field_type=field_type,
            ui=ui,
            order=self._order.get(general(pointer), len(self._order)),
            wording=self._said(shape, pointer, ui),
            parts=self._parts(pointer, shape),
        )

    def _said(
        self, shape: Shape, pointer: str, ui: Mapping[str, Json]
    ) -> dict[str, dict[str, str]]:
        """Return the translations of all a question shows."""
        said = self._wording.of(shape.flat.mentions, pointer, ui)
        self._wording.add_options(shape.listed, said)
        for index, mentions in enumerate(shape.places):
            self._wording.add_options(mentions, said)
            self._wording.add_title(mentions, f"place:{index}", said)
        for child in shape.children:
            mentions = child.place.everything().mentions
            self._wording.add_title(mentions, f"row:{child.name}", said)
        return said

    def choice(self, pointer: str, union: Union) -> Question:
        """Return the question which alternative of a keyless union is meant."""
        schema = {"type": "integer", **union.titles()}
        title = union.at.schema.get("title", "Vilket av alternativen gäller?")
        return Question(
            pointer=pointer,
            schema=schema,
            title=str(title),
            description="",
            required=True,
            read_only=False,
            section=self.section(parts(pointer)[-1]),
            field_type=next(t for t in self._field_types if t.matches(schema, {})),
            ui={},
            order=self._order.get(general(parts(pointer)[-1]), 0),
        )

    def ui(self, pointer: str) -> Mapping[str, Json]:
        """Return what the author says of a pointer's looks; the exact one wins."""
        found: dict[str, Json] = {}
        if len(self._ui) and "/" in pointer:
            for pattern, said in self._ui.items():
                if pattern == pointer or matches(pattern, pointer):
                    found |= said
        return found

    def section(self, pointer: str) -> str:
        """Return the id of the section that asks, "" for the form's own header."""
        top = parts(pointer)[0] if pointer else ""
        for section in self._definition.sections:
            if section.id == top or any(_lies_in(pointer, f) for f in section.fields):
                return section.id
        return ""

    def _parts(self, pointer: str, shape: Shape) -> tuple[Question, ...]:
        """Return the questions of a row or of a grid, whatever their conditions."""
        if shape.row is not None:
            found = self._possible(shape.row, join(*parts(pointer), "*"), False, ())
        elif shape.children:
            found = (
                question
                for child in shape.children
                for question in self._possible(
                    child.place, pointer + child.step, child.required, ()
                )
            )
        else:
            return ()
        return tuple(found)

    def _possible(
        self,
        place: Place[Shape],
        pointer: str,
        required: bool,
        above: tuple[Place[Shape], ...],
    ) -> Iterator[Question]:
        """Yield every question some answers ask here, rows written as `*`."""
        if place in above:
            return
        shape = self._shaped(place.everything())
        if pointer and (shape.defines or shape.is_container):
            question = self._question(pointer, shape, required=required)
            if question is not None:
                yield question
        for child in shape.children:
            yield from self._possible(
                child.place, pointer + child.step, child.required, (*above, place)
            )
        if shape.row is not None:
            yield from self._possible(shape.row, f"{pointer}/*", False, (*above, place))

    def _shaped(self, flat: Flat) -> Shape:
        children = self._children(flat)
        schema = merge(mention.schema for mention in flat.mentions)
        schema |= _listed(flat)
        items = self._below(flat, "items")
        prefix = self._prefix(flat)
        row = None
        if items is not None:
            inner = self._shaped(items.everything())
            row = items if inner.is_container else None
            schema["items"] = inner.schema
        places = [self._shaped(place.everything()) for place in prefix]
        if places:
            schema["prefixItems"] = [place.schema for place in places]
        if children:
            schema.setdefault("type", "object")
        return Shape(
            flat=flat,
            schema=schema,
            defines=any(defines(mention.schema) for mention in flat.mentions),
            children=children,
            row=row,
            listed=items.everything().mentions if items is not None else (),
            places=tuple(place.flat.mentions for place in places),
        )

    def _children(self, flat: Flat) -> tuple[Child, ...]:
        entries: dict[str, list[Subschema]] = {}
        required: set[str] = set()
        for mention in flat.mentions:
            required |= set(mention.schema.get("required", ()))
            for name in mention.schema.get("properties", ()):
                if name not in mention.without:
                    entries.setdefault(name, []).append(
                        mention.child("properties", name)
                    )
        for union in flat.unions:
            if union.key:
                required.add(union.key)
                entries.setdefault(union.key, []).append(union.question())
        return tuple(
            Child(name, join(name), self.place(tuple(found)), name in required)
            for name, found in entries.items()
        )

    def _below(self, flat: Flat, keyword: str) -> Place[Shape] | None:
        found = [m.child(keyword) for m in flat.mentions if keyword in m.schema]
        found = [one for one in found if isinstance(one.schema, Mapping)]
        return self.place(tuple(found)) if found else None

    def _prefix(self, flat: Flat) -> list[Place[Shape]]:
        longest = max(
            (len(m.schema.get("prefixItems", ())) for m in flat.mentions), default=0
        )
        return [
            self.place(
                tuple(
                    mention.child("prefixItems", i)
                    for mention in flat.mentions
                    if len(mention.schema.get("prefixItems", ())) > i
                )
            )
            for i in range(longest)
        ]


def _titles(shape: Shape) -> dict[str, Json]:
    """Return what the members of an object are called, for the rows of a grid."""
    return {
        child.name: merge(m.schema for m in child.place.everything().mentions)
        for child in shape.children
    }


def _listed(flat: Flat) -> dict[str, Json]:
    """Return the option list, if one of the schemas is one."""
    for mention in flat.mentions:
        for keyword in ("oneOf", "anyOf"):
            if keyword in mention.schema and has_options(
                {keyword: mention.schema[keyword]}
            ):
                return {"oneOf": mention.schema[keyword]}
    return {}


def _ui(definition: FormDefinition) -> dict[str, dict[str, Json]]:
    found: dict[str, dict[str, Json]] = {}
    for source in (definition.ui, *(section.ui for section in definition.sections)):
        for pattern, said in source.items():
            found[pattern] = {**found.get(pattern, {}), **said}
    return dict(
        sorted(found.items(), key=lambda item: item[0].count("*"), reverse=True)
    )


def _lies_in(pointer: str, field: str) -> bool:
    wanted, found = parts(field), parts(pointer)
    return len(wanted) <= len(found) and all(
        w == f or (w == "*") for w, f in zip(wanted, found, strict=False)
    )
