"""Every question that some answers ask at a place, rows written as `*`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Protocol

from schemas.alternatives import Alternatives, step_of, which
from schemas.applying import Flat, Place
from schemas.definition import Json
from schemas.field_type import FieldType, Question
from schemas.following import step_after, titled
from schemas.inside import placed
from schemas.merging import merge
from schemas.numbered import Numbered
from schemas.own_answers import told_apart
from schemas.positions import list_after
from schemas.shapes import Shape, Shapes
from schemas.unions import Union

Path = tuple[tuple[Place[Shape], str], ...]
"""The places around a question, each with its pointer."""


class Ask(Protocol):
    """Makes the question asked at a pointer, None for a mere container."""

    def __call__(
        self, pointer: str, shape: Shape, *, required: bool, above: Path
    ) -> Question | None: ...


class Possible:
    """The questions there may be in one form, and those inside each.

    `own` are the cells that are read-only in some rows alone, known once all are met.
    """

    def __init__(
        self,
        shapes: Shapes,
        numbered: Numbered,
        field_types: tuple[FieldType, ...],
        ask: Ask,
        is_too_deep: Callable[[Place[Shape], Path], bool],
    ) -> None:
        self._shapes = shapes
        self._numbered = numbered
        self._field_types = field_types
        self._ask = ask
        self._is_too_deep = is_too_deep
        self.own: frozenset[str] = frozenset()
        self._known: dict[tuple[object, ...], tuple[Question, ...]] = {}

    def questions(
        self, place: Place[Shape], pointer: str, required: bool, above: Path
    ) -> tuple[Question, ...]:
        """Return every question some answers ask here."""
        # All that lies in a group is met twice: as its parts, and on its own.
        key = (place, pointer, required, *(around for around, _ in above))
        found = self._known.get(key)
        if found is None:
            found = tuple(self._questions(place, pointer, required, above))
            self._known[key] = found
        return found

    def _questions(
        self, place: Place[Shape], pointer: str, required: bool, above: Path
    ) -> Iterator[Question]:
        if self._is_too_deep(place, above):
            return
        here = (*above, (place, pointer))
        shape = self._shapes.everything(place)
        self._numbered.note(shape, pointer)
        if shape.of_kinds is not None and self._is_cell(pointer, above):
            yield from self._alternatives(
                place, shape, shape.of_kinds, pointer, required, here
            )
            return
        if pointer and (shape.defines or shape.is_container):
            question = self._ask(pointer, shape, required=required, above=here)
            if question is not None:
                yield question
        for child in shape.inside:
            yield from self.questions(
                child.place, pointer + child.step, child.required, here
            )
        if shape.row is not None:
            yield from self.questions(shape.row, f"{pointer}/*", False, here)

    def _is_cell(self, pointer: str, above: Path) -> bool:
        """Tell whether it is asked in a row or at a position, so inside another."""
        around = (self._shapes.everything(place).positions for place, _ in above)
        return "/*" in pointer or any(around)

    def parts(self, pointer: str, shape: Shape, above: Path) -> tuple[Question, ...]:
        """Return the questions of a row or of a grid, whatever their conditions."""
        found = self._parts(pointer, shape, above)
        own = self.own
        return tuple(told_apart(one, own) for one in found) if own else found

    def _parts(self, pointer: str, shape: Shape, above: Path) -> tuple[Question, ...]:
        found = (
            question
            for child in shape.inside
            for question in self.questions(
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
        return _outermost(self.questions(shape.row, f"{pointer}/*", False, above))

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
        found = self._ask(
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

    def _alternatives(
        self,
        place: Place[Shape],
        shape: Shape,
        union: Union,
        pointer: str,
        required: bool,
        here: Path,
    ) -> Iterator[Question]:
        """Yield a choice among kinds as one question, then what is asked in each."""
        inside: list[Question] = []
        options: dict[int, tuple[Question, ...]] = {}
        for index, member in enumerate(union.members):
            kind = self._shapes.place((member,))
            found = [*self.questions(kind, pointer, True, here)]
            inside += (one for one in found if one.pointer != pointer)
            moved = (placed(one, pointer, pointer + step_of(index)) for one in found)
            options[index] = _outermost(moved)
        schema = _called(place.always())
        if shape.schema.get("readOnly"):
            schema["readOnly"] = True
        bare = replace(shape, schema=schema, children=(), positions=(), row=None)
        question = self._ask(pointer, bare, required=required, above=here)
        if question is not None:
            answerable = [index for index, parts in options.items() if parts]
            choice = which(pointer, union, answerable, self._field_types)
            yield replace(
                question,
                field_type=Alternatives(union.fitting),
                parts=(choice, *chain(*options.values())),
            )
        yield from inside


def _called(flat: Flat) -> dict[str, Json]:
    """Return what a place is called whichever branch is chosen."""
    said: Mapping[str, Json] = merge(mention.schema for mention in flat.mentions)
    return {name: said[name] for name in ("title", "description") if name in said}


def _outermost(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Leave out the cells of tables within: those tables hold them."""
    found: list[Question] = []
    for question in questions:
        inner = (one for one in found if one.parts)
        if not any(question.pointer.startswith(f"{one.pointer}/") for one in inner):
            found.append(question)
    return tuple(found)
