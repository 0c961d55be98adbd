"""What a department gets, laid out as labelled rows for print."""

from collections.abc import Sequence
from dataclasses import replace

from renderers.document import Cell, DocumentInput, Row
from renderers.plain import plain
from schemas.catalogue import text


def with_record_rows(source: DocumentInput) -> DocumentInput:
    """Return the input with each record as a group of rows after its own rows."""
    rows = [
        row
        for number, record in enumerate(source.records, start=1)
        for row in _rows(record, _heading(number, source), source.language)
    ]
    return replace(source, rows=(*source.rows, *rows))


def _heading(number: int, source: DocumentInput) -> str:
    if len(source.records) == 1:
        return ""
    return f"{text('Post', source.language)} {number} ({len(source.records)})"


def _rows(record: Sequence[Cell], heading: str, language: str) -> list[Row]:
    return [
        Row(
            label=cell.title or cell.name,
            value=plain(cell.value, language),
            section=heading,
        )
        for cell in record
    ]
