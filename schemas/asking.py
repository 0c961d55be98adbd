"""What is asked where, from the schemas that apply there: section B3 of the language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from schemas.applying import Flat, Place
from schemas.calculating import KEYWORD
from schemas.choosing import choice_of, choice_pointer, choice_question
from schemas.definition import FormDefinition, Json
from schemas.field_type import FieldType, Question
from schemas.following import placed, step_after, titled
from schemas.heading import Heading
from schemas.headings import Headings
from schemas.merging import merge
from schemas.numbered import Numbered
from schemas.pointers import matches, parts
from schemas.positions import list_after
from schemas.shapes import Shape, Shapes
from schemas.subschemas import Subschemas
from schemas.unions import Union
from schemas.wording import Wording

__all__ = ["Asking", "Question", "Shape"]

DEPTH: Final = 3
"""How often a schema within itself is asked, where the author does not say."""

Said = dict[str, dict[str, str]]
"""Translations, by language and by what is translated."""

Path = tuple[tuple[Place[Shape], str], ...]
"""The places around a question, each with its pointer."""


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
        self.numbered = Numbered()
        self._titled: dict[str, tuple[str, Said]] = {}
        self._headings = Headings(definition, self._shapes, wording, self.ui)
        self.root = self._shapes.place((source.root,))
        self.possible: dict[str, Question] = {}
        for question in self._possible(self.root, "", required=False, above=()):
            self._order.setdefault(question.pointer, len(self._order))
            self.possible.setdefault(question.pointer, question)
        self.calculated = [p for p, q in self.possible.items() if KEYWORD in q.schema]
        self.tuples = [p for p, q in self.possible.items() if q.kind == "tuple"]

    def question(
        self, pointer: str, shape: Shape, *, required: bool, above: Path = ()
    ) -> Question | None:
        """Return the question asked at the pointer, None for a mere container.

        `above` are the places it lies in.
        """
        key = (pointer, shape, required)
        if key in self._questions:
            return self._questions[key]
        pattern = self.numbered.general(pointer)
        if pattern != pointer:
            # Rows are as many as somebody likes: one question is kept for all.
            found = self.question(pattern, shape, required=required, above=above)
            return None if found is None else replace(found, pointer=pointer)
        made = self._question(pointer, shape, required=required, above=above)
        self._questions[key] = made
        return made

    def _question(
        self, pointer: str, shape: Shape, *, required: bool, above: Path
    ) -> Question | None:
        ui = self.ui(pointer)
        schema = shape.schema
        field_type = next((t for t in self._field_types if t.matches(schema, ui)), None)
        if field_type is None:
            return None
        if shape.children:
            schema = {**schema, "properties": self._titles(shape, pointer)}
        title, said = self._called(shape, pointer, ui)
        return Question(
            pointer=pointer,
            schema=schema,
            title=title,
            description=str(schema.get("description", "")),
            required=required,
            read_only=bool(schema.get("readOnly")),
            section=self.section(pointer),
            field_type=field_type,
            ui=ui,
            order=self._order.get(pointer, len(self._order)),
            wording=said,
            parts=self._parts(pointer, shape, above),
            within=self._around(pointer, above),
            codes=self._wording.lists(
                (*shape.flat.mentions, *shape.listed, *chain(*shape.places))
            ),
            language=self._definition.language,
        )

    def _around(self, pointer: str, above: Path) -> tuple[Heading, ...]:
        return self._headings.around(
            pointer, ((p, self.numbered.general(at)) for p, at in above)
        )

    def _called(
        self, shape: Shape, pointer: str, ui: Mapping[str, Json]
    ) -> tuple[str, Said]:
        """Return the question's title and translations; a list in a list has its list's."""
        said = self._said(shape, pointer, ui)
        title = str(ui.get("label") or shape.schema.get("title") or "")
        above, _, last = pointer.rpartition("/")
        if not title and last == "*" and above in self._titled:
            title, given = self._titled[above]
            for language, texts in given.items():
                if "title" in texts:
                    said.setdefault(language, {}).setdefault("title", texts["title"])
        title = title or self.numbered.label(pointer)
        self._titled[pointer] = title, said
        return title, said

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

    def choice(
        self, place: str, union: Union, shape: Shape, *, required: bool, above: Path
    ) -> Question:
        """Return the question which alternative of a keyless union is meant."""
        at = choice_of(choice_pointer(place))
        asked = choice_question(place, union, shape, self._field_types)
        order = self._order.get(self.numbered.general(at), 0)
        section = self.section(at)
        within = self._around(at, above)
        return replace(
            asked, required=required, section=section, order=order, within=within
        )

    def ui(self, pointer: str) -> Mapping[str, Json]:
        """Return what the author says of a pointer's looks; the exact one wins."""
        found: dict[str, Json] = {}
        for pattern, said in self._ui.items():
            if pattern == pointer or (
                matches(pattern, pointer) and self.numbered.has_rows(pattern, pointer)
            ):
                found |= said
        return found

    def section(self, pointer: str) -> str:
        """Return the id of the section that asks, "" for the form's own header."""
        top = parts(pointer)[0] if pointer else ""
        for section in self._definition.sections:
            if section.id == top or any(_lies_in(pointer, f) for f in section.fields):
                return section.id
        return ""

    def is_too_deep(self, place: Place[Shape], above: Path) -> bool:
        """Tell whether a schema within itself has been repeated often enough.

        The author says how often by `depth` in `ui`, at the group that repeats.
        """
        first = next((pointer for one, pointer in above if one is place), None)
        if first is None:
            return False
        depth = self.ui(self.numbered.general(first).removesuffix("/*")).get(
            "depth", DEPTH
        )
        return sum(one is place for one, _ in above) >= int(depth)

    def _parts(self, pointer: str, shape: Shape, above: Path) -> tuple[Question, ...]:
        """Return the questions of a row or of a grid, whatever their conditions."""
        found = (
            question
            for child in shape.inside
            for question in self._possible(
                child.place, pointer + child.step, child.required, above
            )
        )
        if shape.positions:
            return (*_outermost(found), *self._following(pointer, shape, above))
        return _outermost(found) or self._row(pointer, shape, above)

    def _row(self, pointer: str, shape: Shape, above: Path) -> tuple[Question, ...]:
        """Return the questions of each row, if there are rows."""
        if shape.row is None:
            return ()
        return _outermost(self._possible(shape.row, f"{pointer}/*", False, above))

    def _following(
        self, pointer: str, shape: Shape, above: Path
    ) -> tuple[Question, ...]:
        """Return the question for what follows the positions of a tuple, if any."""
        schema = list_after(shape.schema)
        if schema is None:
            return ()
        listed = Flat(mentions=shape.listed, is_refused=False)
        whole = replace(
            shape, flat=listed, schema=schema, positions=(), places=(), row=None
        )
        item, step = f"{pointer}/*", step_after(len(shape.positions))
        found = self._question(
            item, whole, required=schema.get("minItems", 0) > 0, above=above
        )
        if found is None:
            return ()
        rows = (
            placed(q, item, f"{pointer}{step}/*")
            for q in self._row(pointer, shape, above)
        )
        return (
            replace(titled(placed(found, item, pointer + step)), parts=tuple(rows)),
        )

    def _possible(
        self,
        place: Place[Shape],
        pointer: str,
        required: bool,
        above: Path,
    ) -> Iterator[Question]:
        """Yield every question some answers ask here, rows written as `*`."""
        if self.is_too_deep(place, above):
            return
        here = (*above, (place, pointer))
        shape = self._shapes.everything(place)
        self.numbered.note(shape, pointer)
        if pointer and (shape.defines or shape.is_container):
            question = self._question(pointer, shape, required=required, above=here)
            if question is not None:
                yield question
        for child in shape.inside:
            yield from self._possible(
                child.place, pointer + child.step, child.required, here
            )
        if shape.row is not None:
            yield from self._possible(shape.row, f"{pointer}/*", False, here)


def _outermost(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Leave out the cells of tables within: those tables hold them."""
    found: list[Question] = []
    for question in questions:
        inner = (one for one in found if one.parts)
        if not any(question.pointer.startswith(f"{one.pointer}/") for one in inner):
            found.append(question)
    return tuple(found)


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
