"""What is asked where, from the schemas that apply there: section B3 of the language."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from schemas.applying import Place
from schemas.catalogue import languages, text
from schemas.definition import FormDefinition, Json
from schemas.field_type import FieldType, Question
from schemas.labels import label_of
from schemas.merging import merge
from schemas.pointers import general, join, matches, parts
from schemas.shapes import Shape, Shapes
from schemas.subschemas import Subschemas
from schemas.unions import Union
from schemas.wording import Wording

__all__ = ["Asking", "Question", "Shape"]


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
        self._wording = wording
        self._field_types = field_types
        self._shapes = Shapes(source)
        self._questions: dict[tuple[str, Shape, bool], Question | None] = {}
        self._ui = _ui(definition)
        self._order: dict[str, int] = {}
        self.root = self._shapes.place((source.root,))
        self.possible: dict[str, Question] = {}
        for question in self._possible(self.root, "", required=False, above=()):
            self._order.setdefault(question.pointer, len(self._order))
            self.possible.setdefault(question.pointer, question)

    def question(
        self, pointer: str, shape: Shape, *, required: bool
    ) -> Question | None:
        """Return the question asked at the pointer, None for a mere container."""
        key = (pointer, shape, required)
        if key in self._questions:
            return self._questions[key]
        pattern = general(pointer)
        if pattern != pointer:
            # Rows are as many as somebody likes: one question is kept for all.
            found = self.question(pattern, shape, required=required)
            return None if found is None else replace(found, pointer=pointer)
        made = self._question(pointer, shape, required=required)
        self._questions[key] = made
        return made

    def _question(
        self, pointer: str, shape: Shape, *, required: bool
    ) -> Question | None:
        ui = self.ui(pointer)
        schema = shape.schema
        field_type = next((t for t in self._field_types if t.matches(schema, ui)), None)
        if field_type is None:
            return None
        if shape.children:
            schema = {**schema, "properties": self._titles(shape, pointer)}
        return Question(
            pointer=pointer,
            schema=schema,
            title=str(
                ui.get("label") or schema.get("title") or label_of(parts(pointer)[-1])
            ),
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

    def _titles(self, shape: Shape, pointer: str) -> dict[str, Json]:
        """Return what the members of an object are called, for the rows of a grid."""
        found = {}
        for child in shape.children:
            schema = merge(m.schema for m in child.place.everything().mentions)
            label = self.ui(pointer + child.step).get("label")
            found[child.name] = {**schema, "title": label} if label else schema
        return found

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
            below = pointer + child.step
            for language, texts in self._wording.of((), below, self.ui(below)).items():
                if "title" in texts:
                    said.setdefault(language, {})[f"row:{child.name}"] = texts["title"]
            self._wording.add_title(mentions, f"row:{child.name}", said)
        return said

    def choice(self, pointer: str, union: Union) -> Question:
        """Return the question which alternative of a keyless union is meant."""
        schema = {"type": "integer", **union.titles()}
        titles = {
            language: text("Vilket av alternativen gäller?", language)
            for language in languages()
        }
        return Question(
            pointer=pointer,
            schema=schema,
            title=titles["sv"],
            description="",
            required=True,
            read_only=False,
            section=self.section(parts(pointer)[-1]),
            field_type=next(t for t in self._field_types if t.matches(schema, {})),
            ui={},
            order=self._order.get(general(parts(pointer)[-1]), 0),
            wording={language: {"title": said} for language, said in titles.items()},
        )

    def ui(self, pointer: str) -> Mapping[str, Json]:
        """Return what the author says of a pointer's looks; the exact one wins."""
        found: dict[str, Json] = {}
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
        shape = self._shapes.everything(place)
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
        w in ("*", f) for w, f in zip(wanted, found, strict=False)
    )
