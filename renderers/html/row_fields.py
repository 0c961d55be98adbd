"""Rows of a repeating group as fields: filled in, nested, each with what may be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from renderers.html.drawn_fields import Shown
from renderers.html.legends import framed
from renderers.html.page_parts import Field, Json
from renderers.html.plain_fields import Filling, Messages
from renderers.html.row_cells import (
    Cell,
    aside,
    cells,
    held,
    is_asked,
    mark,
    other_kinds,
    row_pointer,
    shown_parts,
    typed_in,
)
from renderers.html.row_lines import (
    is_summed_up,
    is_unfinished,
    line,
    open_rows,
    telling,
)
from schemas.field_type import Question, Raw
from schemas.field_types.rows import USUAL_ROWS, by_row, fewest
from schemas.inside import placed

DrawCell = Callable[[Cell, Filling], Shown]
"""Makes a cell's question a field, whatever kind it is of."""


def with_rows(
    plain: Field,
    question: Question,
    raw: Raw,
    filling: Filling,
    language: str,
    cell: DrawCell,
) -> Field:
    """Return the field with its rows, at least as many as must be answered.

    Many or large rows are lines of a table, but for those that are open. A row has
    the cells that are asked there; where nobody says which are, it has all there may
    be and is open.
    """
    least = fewest(question)
    typed: list[Raw] = [*by_row(raw).values()]
    typed += [{}] * (least - len(typed))
    is_summed = filling.asked is not None and is_summed_up(question, len(typed))
    columns = telling(question) if is_summed else ()
    drawing = _Drawing(question, filling, language, columns, cell)
    messages = _by_row(question, filling.messages)
    opened = open_rows(typed, frozenset(messages)) if is_summed else range(len(typed))
    rows = tuple(
        {
            **_acts(question, index, len(typed), least),
            **(
                drawing.open_row(index, row, messages.get(str(index), {}))
                if index in opened
                else drawing.closed_row(index, row)
            ),
        }
        for index, row in enumerate(typed)
    )
    is_full = len(typed) >= question.schema.get("maxItems", max(USUAL_ROWS, least))
    data = {
        "rows": rows,
        "add": "" if is_full else question.pointer,
        "row_title": question.said("row", language, str(question.ui.get("row", ""))),
        "is_summed": is_summed,
        "columns": tuple(part.title_in(language) for part in columns),
    }
    return replace(plain, data=data)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all rows of a group are drawn by."""

    question: Question
    filling: Filling
    language: str
    columns: tuple[Question, ...]
    cell: DrawCell

    def open_row(self, index: int, row: Raw, messages: Messages) -> Mapping[str, Json]:
        """Return a row with a field for each cell it asks."""
        own = replace(self.filling, messages=messages)
        asked = [
            self._cell(part, pointer, index, row)
            for part, pointer in cells(self.question, index, row)
            if is_asked(own.asked, pointer)
        ]
        has_legends = any(one.part.within for one in asked)
        source, target = f"{self.question.pointer}/*", row_pointer(self.question, index)
        there = [placed(one.part, source, target) for one in asked if has_legends]
        return {
            **self._row(index, row),
            "is_open": True,
            "fields": tuple(self.cell(one, own) for one in asked),
            "frames": framed(there, self.language),
        }

    def closed_row(self, index: int, row: Raw) -> Mapping[str, Json]:
        """Return a row that only posts what it holds."""
        kept = tuple(held(self.question, index, row, self.filling.asked))
        lacks = is_unfinished(self.question, index, row, self.filling)
        return {**self._row(index, row), "held": kept, "lacks": lacks}

    def _cell(self, part: Question, pointer: str, index: int, row: Raw) -> Cell:
        typed = typed_in(row, part, self.question)
        return Cell(
            group=self.question, part=part, pointer=pointer, typed=typed, row=index
        )

    def _row(self, index: int, row: Raw) -> Mapping[str, Json]:
        pointer, here = (
            row_pointer(self.question, index),
            cells(self.question, index, row),
        )
        unseen = aside(self.question, here, row, self.filling.asked)
        return {
            "pointer": pointer,
            "cells": line(
                self.question, self.columns, index, row, self.filling, self.language
            ),
            "aside": (*mark(self.question, index, row), *unseen),
            "fields": (),
            "frames": (),
            "held": (),
            "lacks": False,
            "is_open": False,
            "is_new": self.filling.opened == pointer,
        }


def with_positions(
    plain: Field, question: Question, raw: Raw, filling: Filling, cell: DrawCell
) -> Field:
    """Return the field of a tuple, or of one kind of answer, with what is asked in it."""
    shown = shown_parts(question, raw)
    places = [(part, part.pointer) for part in shown]
    fields = tuple(
        cell(
            Cell(
                group=question,
                part=part,
                pointer=pointer,
                typed=typed_in(raw, part, question),
            ),
            filling,
        )
        for part, pointer in places
        if is_asked(filling.asked, pointer)
    )
    unseen = (*aside(question, places, raw, filling.asked), *other_kinds(question, raw))
    return replace(plain, data={"fields": fields, "aside": unseen})


def _by_row(
    question: Question, messages: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Return the messages below each row, by its number."""
    start, found = f"{question.pointer}/", dict[str, dict[str, str]]()
    for pointer, said in messages.items():
        if pointer.startswith(start):
            number = pointer.removeprefix(start).partition("/")[0]
            found.setdefault(number, {})[pointer] = said
    return found


def _acts(question: Question, index: int, count: int, least: int) -> dict[str, str]:
    """Return where the row may go, and whether it may go away."""
    return {
        "remove": row_pointer(question, index) if count > least else "",
        "up": row_pointer(question, index) if index else "",
        "down": row_pointer(question, index + 1) if index + 1 < count else "",
    }
