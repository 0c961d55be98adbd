"""CSV (RFC 4180) that a spreadsheet opens in the right letters and runs nothing of.

UTF-8 with a byte order mark: without it Excel reads å, ä and ö as other letters.
A cell that a spreadsheet could take for a formula gets a leading apostrophe.
"""

import csv
import io
from typing import Any, ClassVar, Final

from renderers.document import DocumentInput
from renderers.plain import plain
from renderers.table import table
from schemas.representation import Representation
from schemas.visible import visible

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class CsvDocument:
    """One line per record, or one per question."""

    key: ClassVar[str] = "csv"

    def render(self, source: DocumentInput) -> Representation:
        """Write the table with CRLF line ends."""
        content = table(source)
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, dialect="excel", lineterminator="\r\n")
        writer.writerow([safe_cell(heading) for heading in content.headings])
        for row in content.rows:
            writer.writerow([_cell(value, source.language) for value in row])
        return Representation(
            name=f"{source.name}.csv",
            media_type="text/csv; charset=utf-8",
            content=buffer.getvalue().encode("utf-8-sig"),
        )


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet runs it.

    >>> safe_cell("=1+1")
    "'=1+1"
    """
    shown = visible(text)
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown


def _cell(value: Any, language: str) -> str:
    return safe_cell(plain(value, language))
