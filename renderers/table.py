"""A document's content as one table: a heading row, then a row for each record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from renderers.document import Cell, DocumentInput
from schemas.catalogue import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings and as many values in every row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def table(source: DocumentInput) -> Table:
    """Return the records side by side, or question and answer under each other."""
    if source.records:
        return _of_records(source.records)
    names = ("Avsnitt", "Grupp", "Fråga", "Svar")
    return Table(
        headings=tuple(text(name, source.language) for name in names),
        rows=tuple((r.section, r.group, r.label, r.value) for r in source.rows),
    )


def _of_records(records: Sequence[Sequence[Cell]]) -> Table:
    """Line columns up by name, in the order they first appear."""
    titles: dict[str, str] = {}
    for record in records:
        for cell in record:
            titles.setdefault(cell.name, cell.title or cell.name)
    found = ({cell.name: cell.value for cell in record} for record in records)
    return Table(
        headings=tuple(titles.values()),
        rows=tuple(tuple(values.get(name) for name in titles) for values in found),
    )
