"""Rows of a repeating group as fields: filled in, nested, each with what may be done."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from renderers.html.page_parts import Field, Json
from renderers.html.plain_fields import Messages
from schemas.errors import InvalidAnswer
from schemas.field_type import Question, Raw
from schemas.field_types.rows import by_row
from schemas.inside import own
from schemas.pointers import ABSENT, covers, join, parts

MOST: Final = 50
"""How many rows one may add where the schema sets no limit."""
LARGE: Final = 4
"""Rows of more questions than this are folded up to a line each."""

DrawCell = Callable[[Question, Raw], Field]
"""Makes a cell's question a field, whatever kind it is of."""


def with_rows(
    plain: Field,
    question: Question,
    raw: Raw,
    messages: Messages,
    language: str,
    cell: DrawCell,
) -> Field:
    """Return the field with its rows, at least as many as must be answered."""
    least = max(question.schema.get("minItems", 0), 1 if question.required else 0)
    typed: list[Raw] = [*by_row(raw).values()]
    count = max(len(typed), least)
    typed += [{}] * (count - len(typed))
    rows = tuple(
        {
            "fields": _cells(question, index, typed[index], cell),
            "remove": _at(question, index) if count > least else "",
            "up": _at(question, index) if index else "",
            "down": _at(question, index + 1) if index + 1 < count else "",
            **_folded(question, typed[index], messages, index, language),
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


def _at(question: Question, index: int) -> str:
    return join(*parts(question.pointer), index)


def _cells(
    question: Question, index: int, row: Raw, cell: DrawCell
) -> tuple[Field, ...]:
    here = _at(question, index)
    return tuple(
        cell(
            moved(part, f"{question.pointer}/*", here),
            own(row, _name(part, question), part),
        )
        for part in question.parts
    )


def moved(part: Question, source: str, target: str) -> Question:
    """Return a row's question, and all inside it, at the pointer of one row."""
    return replace(
        part,
        pointer=target + part.pointer.removeprefix(source),
        parts=tuple(moved(inner, source, target) for inner in part.parts),
    )


def _name(part: Question, question: Question) -> str:
    below = part.pointer.removeprefix(f"{question.pointer}/*")
    return below[1:].replace("/", ".")


def _is_large(question: Question) -> bool:
    return len(question.parts) > LARGE or any(p.kind == "rows" for p in question.parts)


def _folded(
    question: Question,
    row: Raw,
    messages: Messages,
    index: int,
    language: str,
) -> Mapping[str, Json]:
    """Return the line a row is folded up to; open while empty or wrong."""
    said = ", ".join(_said(question, row, language)[:2])
    is_wrong = any(covers(_at(question, index), pointer) for pointer in messages)
    return {"line": said, "is_open": is_wrong or not said}


def _said(question: Question, row: Raw, language: str) -> list[str]:
    """Return what is answered in a row, as people read it."""
    said = []
    for part in question.parts:
        typed = own(row, _name(part, question), part)
        try:
            value = part.field_type.parse(typed, part)
        except InvalidAnswer:
            continue
        if value is not ABSENT:
            said.append(part.field_type.display(value, part, language))
    return said
