"""A group of many or large rows as a table of one line each, the open ones below it."""

from collections.abc import Sequence
from typing import Final

from renderers.html.page_parts import Json
from renderers.html.plain_fields import Filling, named_in, shown_in
from renderers.html.row_cells import cells, is_asked, typed_in
from renderers.html.row_conditions import cell_value, is_typed
from schemas.field_type import Question, Raw
from schemas.pointers import ABSENT
from schemas.reserved_names import OPEN
from schemas.tongues import shortened

LARGE: Final = 3
"""Rows of more questions than this are summed up in a table."""
MANY: Final = 10
"""So are rows of any size where there are more than this."""
COLUMNS: Final = 3
"""How many answers a line has."""
LONGEST: Final = 60
"""Characters of an answer that a line shows."""

UNTELLING: Final = frozenset(
    {"information", "consent", "long_text", "lines", "rows", "grid", "ranked"}
)
"""Kinds of which a line says nothing where there is anything else to say."""


def is_summed_up(question: Question, count: int) -> bool:
    """Tell whether so many rows stand in a table; the author's widget has the word."""
    said = question.ui.get("widget")
    if said in ("summary", "table"):
        return bool(said == "summary")
    has_groups = any(part.kind in ("rows", "grid") for part in question.parts)
    return has_groups or len(question.parts) > LARGE or count > MANY


def telling(question: Question) -> tuple[Question, ...]:
    """Return the cells that tell one row from another, a column each."""
    asked = [part for part in question.parts if part.kind != "information"]
    told = [part for part in asked if part.kind not in UNTELLING]
    return tuple((told or asked)[:COLUMNS])


def line(
    question: Question,
    columns: Sequence[Question],
    index: int,
    row: Raw,
    filling: Filling,
    language: str,
) -> tuple[str, ...]:
    """Return what a line says of a row, by column."""
    told, shown = [], {part.pointer for part in columns}
    for part, pointer in cells(question, index, row):
        if part.pointer in shown:
            raw = shown_in(
                part, pointer, typed_in(row, part, question), filling, language
            )
            told.append(_said(named_in(part, filling), raw, language))
    return tuple(told)


def is_unfinished(question: Question, index: int, row: Raw, filling: Filling) -> bool:
    """Tell whether a row lacks an answer, or has one that cannot be understood."""
    for part, pointer in cells(question, index, row):
        if part.read_only or not is_asked(filling.asked, pointer):
            continue
        typed = typed_in(row, part, question)
        if (part.required or is_typed(typed)) and cell_value(part, typed) is ABSENT:
            return True
    return False


def open_rows(typed: Sequence[Raw], wrong: frozenset[str]) -> frozenset[int]:
    """Return which rows are open: wrong or being changed, else the first empty one."""
    found = frozenset(
        index for index, row in enumerate(typed) if OPEN in row or str(index) in wrong
    )
    empty = (index for index, row in enumerate(typed) if not is_typed(row))
    return found or frozenset(list(empty)[:1])


def _said(part: Question, typed: Raw, language: str) -> str:
    if part.read_only:  # It is as people read it already.
        return shortened(next(iter(typed.get("", ())), ""), LONGEST)
    value: Json = cell_value(part, typed)
    if value is ABSENT:
        return ""
    said = part.field_type.display(value, part, language)
    return shortened(said, LONGEST)
