"""What is asked where, from the schemas that apply there: section B3 of the language."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from schemas.alternatives import Alternatives
from schemas.applying import Place
from schemas.calculating import KEYWORD
from schemas.choosing import choice_of, choice_pointer, choice_question
from schemas.definition import FormDefinition, Json
from schemas.field_type import FieldType, Question
from schemas.heading import Heading
from schemas.headings import Headings
from schemas.merging import merge
from schemas.numbered import Numbered
from schemas.own_answers import own_answers, read_only_in, told_apart
from schemas.pointers import matches, parts
from schemas.possible import Path, Possible
from schemas.shapes import Shape, Shapes
from schemas.subschemas import Subschemas
from schemas.unions import Union
from schemas.wording import Wording

__all__ = ["Asking", "Question", "Shape"]

DEPTH: Final = 3
"""How often a schema within itself is asked, where the author does not say."""

Said = dict[str, dict[str, str]]
"""Translations, by language and by what is translated."""


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
        self._possible = Possible(
            self._shapes, self.numbered, field_types, self._question, self.is_too_deep
        )
        self.root = self._shapes.place((source.root,))
        self.possible: dict[str, Question] = {}
        for question in self._possible.questions(
            self.root, "", required=False, above=()
        ):
            self._order.setdefault(question.pointer, len(self._order))
            self.possible.setdefault(question.pointer, question)
        self._tell_apart()
        self.calculated = [p for p, q in self.possible.items() if KEYWORD in q.schema]
        self.tuples = [p for p, q in self.possible.items() if q.kind == "tuple"]

    def _tell_apart(self) -> None:
        """Find the cells that are read-only in some rows alone, and say so of them."""
        shut = frozenset(read_only_in(self.possible.values()))
        self._possible.own = own = own_answers(self._shapes, self.root, shut)
        if own:
            self.possible |= {p: told_apart(q, own) for p, q in self.possible.items()}

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
            parts=self._possible.parts(pointer, shape, above),
            within=self._around(pointer, above),
            codes=self._wording.lists(
                (*shape.flat.mentions, *shape.listed, *chain(*shape.places))
            ),
            language=self._definition.language,
            alternative="-".join(str(index) for _, index in shape.flat.branches),
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
        return replace(
            asked,
            required=required,
            read_only=bool(shape.schema.get("readOnly")),
            section=section,
            order=order,
            within=self._around(at, above),
        )

    def of_kinds(self, pointer: str) -> Question | None:
        """Return what is asked in a row or position that may be of several kinds."""
        found = self.possible.get(self.numbered.general(pointer))
        return found if found and found.kind == Alternatives.key else None

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
