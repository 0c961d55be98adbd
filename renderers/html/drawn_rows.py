"""A group of rows drawn once for each form it takes; what the rows hold fills holes.

Its form is how many rows there are, which are open, what each asks and what may be done
with it. No answer is part of that, so nothing anybody typed is kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from weakref import WeakKeyDictionary

from renderers.html.drawn_fields import AnsweredField, Draw, Shown, Way
from renderers.html.holes import Pierced, hole, pierced
from renderers.html.page_parts import Field, Json
from schemas.field_type import Question, Raw
from schemas.lately import Lately

KEPT: Final = 2 * 1024 * 1024
"""Octets of HTML that are kept of each question at most: some 1,000 rows."""

UNSEEN: Final = ("aside", "held")
"""What a row posts unseen: names and texts, as somebody may have posted them."""

Row = Mapping[str, Json]
Kept = Lately[tuple[object, ...], Pierced]

_kept: WeakKeyDictionary[Question, Kept]
_kept = WeakKeyDictionary()


def drawn_rows(question: Question, field: Field, language: str) -> AnsweredField:
    """Return a group of rows, with nothing wrong in it, as drawn already."""
    kept = _kept.get(question)
    if kept is None:
        kept = _kept.setdefault(question, Lately(KEPT))
    return AnsweredField(_DrawnRows(field, kept, language), {})


class _DrawnRows:
    """One group of rows with what it holds."""

    def __init__(self, field: Field, kept: Kept, language: str) -> None:
        self.blank, self.opening = field, field.opening.encode()
        self._kept = kept
        self._language = language

    def html(self, _raw: Raw, draw: Draw, way: Way) -> bytes:
        """Return the group with what its rows hold."""
        rows: tuple[Row, ...] = self.blank.data["rows"]
        if any(type(text) is not str for row in rows for text in row["cells"]):
            return draw(self.blank, way[1]).encode()  # It is said to be foreign.
        data = self.blank.data
        fixed = (self._language, way, bool(data["add"]), data["is_summed"])
        key = (*fixed, *map(_form, rows))
        found = self._kept.known(key) or self._drawn(key, rows, draw, way)
        values: dict[str, str | bytes] = {}
        for index, row in enumerate(rows):
            values |= _texts(index, row)
            for place, part in enumerate(row["fields"]):
                values[f"{index}-fields-{place}"] = draw(part, False).encode()
        return found.filled(values)

    def _drawn(
        self, key: tuple[object, ...], rows: tuple[Row, ...], draw: Draw, way: Way
    ) -> Pierced:
        """Return the group drawn with holes, and keep it if it is not too large."""
        made = pierced(draw(self._open(rows), way[1]))
        weight = sum(map(len, made.words))
        return made if weight > KEPT else self._kept.get(key, lambda: made, weight)

    def _open(self, rows: tuple[Row, ...]) -> Field:
        """Return the field with holes for all that its rows hold."""
        opened = tuple(_opened(index, row) for index, row in enumerate(rows))
        return replace(self.blank, data={**self.blank.data, "rows": opened})


def _form(row: Row) -> tuple[object, ...]:
    """Return all that is drawn of a row but what it holds."""
    return (
        *(row[name] for name in FIXED),
        tuple(map(bool, row["cells"])),
        *(len(row[posts]) for posts in UNSEEN),
        tuple(part.name for part in row["fields"]),
    )


FIXED: Final = (
    "pointer",
    "remove",
    "up",
    "down",
    "is_open",
    "is_new",
    "lacks",
    "frames",
)


def _texts(index: int, row: Row) -> Iterator[tuple[str, str]]:
    """Yield what fills a row's holes, but for its fields."""
    for place, text in enumerate(row["cells"]):
        yield f"{index}-cells-{place}", text
    for posts in UNSEEN:
        for place, (name, text) in enumerate(row[posts]):
            yield f"{index}-{posts}-{place}-name", name
            yield f"{index}-{posts}-{place}", text


def _opened(index: int, row: Row) -> Row:
    """Return a row with holes for what it holds."""
    cells = enumerate(row["cells"])
    return {
        **row,
        "cells": tuple(text and hole(f"{index}-cells-{at}") for at, text in cells),
        **{
            posts: tuple(
                (hole(f"{index}-{posts}-{at}-name"), hole(f"{index}-{posts}-{at}"))
                for at in range(len(row[posts]))
            )
            for posts in UNSEEN
        },
        "fields": tuple(
            _Place.of(part, hole(f"{index}-fields-{at}"))
            for at, part in enumerate(row["fields"])
        ),
    }


class _Place:
    """Where a cell is to stand, for a template that draws the row around it."""

    def __init__(self, blank: Field, mark: str) -> None:
        self.blank = blank
        self.opening = b""
        self._mark = mark.encode()

    @classmethod
    def of(cls, part: Shown, mark: str) -> AnsweredField:
        """Return a field of the part's name, of which nothing but a hole is drawn."""
        if isinstance(part, AnsweredField):
            return AnsweredField(cls(part.drawn.blank, mark), {}, part.row)
        return AnsweredField(cls(part, mark), {})

    def html(self, _raw: Raw, _draw: Draw, _way: Way) -> bytes:
        """Return the hole."""
        return self._mark
