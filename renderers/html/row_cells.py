"""The cells of a row where it stands: which are asked, and what is posted unseen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from renderers.html.drawn_fields import ROW
from renderers.html.row_conditions import Asked, cell_value
from schemas.alternatives import Alternatives, chosen_in, of_kind
from schemas.field_names import name_of
from schemas.field_type import Question, Raw
from schemas.inside import joint, name_below, own, parts_in, placed
from schemas.pointers import ABSENT, join, parts
from schemas.reserved_names import BESIDE, WAS
from schemas.shut_cells import to_post

UNASKED: Final = "_unasked"
"""Posted for each cell that its row did not ask."""

Posts = Iterator[tuple[str, str]]
"""Names and texts as a browser posts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A question inside another: `part` of its `group`, standing at `pointer`.

    `typed` is what stands in it; `row` is the number of its row, if it is in one.
    """

    group: Question
    part: Question
    pointer: str
    typed: Raw
    row: int | None = None

    @property
    def placed(self) -> Question:
        """Return the question where it stands."""
        return placed(self.part, self.part.pointer, self.pointer)

    @property
    def in_any_row(self) -> Question:
        """Return the question with a mark for the number of its row."""
        if self.row is None:
            return self.part
        start = self.group.pointer
        return placed(self.part, f"{start}/*", f"{start}/{ROW}")


def row_pointer(question: Question, index: int) -> str:
    """Return the pointer of one row of a group."""
    return join(*parts(question.pointer), index)


def cells(question: Question, index: int, row: Raw) -> Iterator[tuple[Question, str]]:
    """Yield every cell there may be in a row, and the pointer it has there."""
    here, source = row_pointer(question, index), f"{question.pointer}/*"
    for part in parts_in(question, row):
        yield part, here + part.pointer.removeprefix(source)


def typed_in(row: Raw, part: Question, question: Question) -> Raw:
    """Return what was typed in one cell of a row."""
    return own(row, name_below(part, question), part)


def is_asked(asked: Asked | None, pointer: str) -> bool:
    """Tell whether a cell is to be shown; all are where nobody says which."""
    return asked is None or asked.has(pointer)


def aside(
    question: Question,
    places: Iterable[tuple[Question, str]],
    row: Raw,
    asked: Asked | None,
) -> Posts:
    """Yield what a row posts unseen: what it does not ask, and what stood there.

    So an answer comes back with its question, wherever the row has been moved. What is
    read-only is not posted.
    """
    for part, pointer in places:
        if is_asked(asked, pointer):
            continue
        yield UNASKED, name_of(pointer)
        typed = typed_in(row, part, question)
        if cell_value(part, typed) is not ABSENT:
            yield from _posts(part, pointer, typed)


def mark(question: Question, index: int, row: Raw) -> Posts:
    """Yield the mark of what is read-only in a row, by which it is found again."""
    for text in row.get(WAS, ()):
        yield f"{name_of(row_pointer(question, index))}.{WAS}", text


def shown_parts(question: Question, raw: Raw) -> tuple[Question, ...]:
    """Return the questions to show in another: of several kinds, those of the chosen.

    What has not been chosen yet hides nothing.
    """
    parts = parts_in(question, raw)
    index = chosen_in(raw) if question.kind == Alternatives.key else None
    if index is None:
        return parts
    return (parts[0], *of_kind(replace(question, parts=parts), index))


def other_kinds(question: Question, raw: Raw) -> Posts:
    """Yield what is posted unseen of the kinds that are not chosen, as it was typed."""
    shown = shown_parts(question, raw)
    for part in parts_in(question, raw):
        if part not in shown:
            yield from _posts(part, part.pointer, typed_in(raw, part, question))


def held(question: Question, index: int, row: Raw, asked: Asked | None) -> Posts:
    """Yield what a closed row posts of the cells it asks, just as they were typed."""
    for part, pointer in cells(question, index, row):
        if is_asked(asked, pointer):
            yield from _posts(part, pointer, typed_in(row, part, question))


def _posts(part: Question, pointer: str, typed: Raw) -> Posts:
    name = name_of(pointer)
    for suffix, texts in {} if part.read_only else to_post(part, typed).items():
        if suffix in BESIDE:  # The row's own, where all of it is one part.
            continue
        whole = f"{name}{joint(part)}{suffix}" if suffix else name
        yield from ((whole, text) for text in texts)
