"""Rows of a repeating group as fields: filled in, nested, each with what may be done."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from renderers.html.page_parts import Field, Json
from renderers.html.plain_fields import Messages
from renderers.html.row_conditions import Asked, cell_value, fewest, name_in_row
from schemas.field_type import Question, Raw
from schemas.field_types.rows import by_row
from schemas.inside import joint, own
from schemas.pointers import ABSENT, covers, join, parts

MOST: Final = 50
"""How many rows one may add where the schema sets no limit."""
LARGE: Final = 4
"""Rows of more questions than this are folded up to a line each."""

UNASKED: Final = "_unasked"
"""Posted for each cell that its row did not ask."""

DrawCell = Callable[[Question, Raw], Field]
"""Makes a cell's question a field, whatever kind it is of."""


def with_rows(
    plain: Field,
    question: Question,
    raw: Raw,
    messages: Messages,
    language: str,
    cell: DrawCell,
    asked: Asked | None,
) -> Field:
    """Return the field with its rows, at least as many as must be answered.

    A row has the cells that are asked there, all there may be where `asked` is None.
    """
    least = fewest(question)
    typed: list[Raw] = [*by_row(raw).values()]
    count = max(len(typed), least)
    typed += [{}] * (count - len(typed))
    rows = tuple(
        {
            "fields": tuple(
                cell(placed, _own(typed[index], part, question))
                for part, placed in _cells(question, index)
                if asked is None or asked.has(placed.pointer)
            ),
            "aside": tuple(
                _aside(question, _cells(question, index), typed[index], asked)
            ),
            "remove": _at(question, index) if count > least else "",
            "up": _at(question, index) if index else "",
            "down": _at(question, index + 1) if index + 1 < count else "",
            **_folded(question, typed[index], messages, index, language, asked),
        }
        for index in range(count)
    )
    is_full = count >= question.schema.get("maxItems", max(MOST, least))
    data = {
        "rows": rows,
        "add": "" if is_full else question.pointer,
        "row_title": question.said("row", language, str(question.ui.get("row", ""))),
        "is_large": _is_large(question),
    }
    return replace(plain, data=data)


def with_positions(
    plain: Field, question: Question, raw: Raw, cell: DrawCell, asked: Asked | None
) -> Field:
    """Return the field of a tuple with those of its positions that are asked."""
    parts_here = [(part, part) for part in question.parts]
    fields = tuple(
        cell(part, own(raw, name_in_row(part, question), part))
        for part, _ in parts_here
        if asked is None or asked.has(part.pointer)
    )
    aside = tuple(_aside(question, parts_here, raw, asked))
    return replace(plain, data={"fields": fields, "aside": aside})


def _at(question: Question, index: int) -> str:
    return join(*parts(question.pointer), index)


def _cells(question: Question, index: int) -> Iterator[tuple[Question, Question]]:
    """Yield every cell there may be in a row, and the same where it stands."""
    here = _at(question, index)
    for part in question.parts:
        yield part, moved(part, f"{question.pointer}/*", here)


def _aside(
    question: Question,
    cells: Iterable[tuple[Question, Question]],
    row: Raw,
    asked: Asked | None,
) -> Iterator[tuple[str, str]]:
    """Yield what a row posts unseen: what it does not ask, and what stood there.

    So an answer comes back with its question, wherever the row has been moved.
    """
    for part, placed in cells:
        if asked is None or asked.has(placed.pointer):
            continue
        yield UNASKED, placed.name
        typed = _own(row, part, question)
        if cell_value(part, typed) is ABSENT:
            continue
        for suffix, texts in typed.items():
            name = f"{placed.name}{joint(part)}{suffix}" if suffix else placed.name
            yield from ((name, text) for text in texts)


def _own(row: Raw, part: Question, question: Question) -> Raw:
    return own(row, name_in_row(part, question), part)


def moved(part: Question, source: str, target: str) -> Question:
    """Return a row's question, and all inside it, at the pointer of one row."""
    return replace(
        part,
        pointer=target + part.pointer.removeprefix(source),
        parts=tuple(moved(inner, source, target) for inner in part.parts),
    )


def _is_large(question: Question) -> bool:
    return len(question.parts) > LARGE or any(p.kind == "rows" for p in question.parts)


def _folded(
    question: Question,
    row: Raw,
    messages: Messages,
    index: int,
    language: str,
    asked: Asked | None,
) -> Mapping[str, Json]:
    """Return the line a row is folded up to; open while empty or wrong."""
    shown = [
        part
        for part, placed in _cells(question, index)
        if asked is None or asked.has(placed.pointer)
    ]
    said = ", ".join(_said(question, shown, row, language)[:2])
    is_wrong = any(covers(_at(question, index), pointer) for pointer in messages)
    return {"line": said, "is_open": is_wrong or not said}


def _said(
    question: Question, shown: list[Question], row: Raw, language: str
) -> list[str]:
    """Return what is answered in a row, as people read it."""
    said = []
    for part in shown:
        value = cell_value(part, _own(row, part, question))
        if value is not ABSENT:
            said.append(part.field_type.display(value, part, language))
    return said
