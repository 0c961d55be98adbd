"""A spreadsheet in which every text is a text: never a formula, never a link."""

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any, ClassVar, Final

from renderers.document import DocumentInput
from renderers.plain import plain
from renderers.table import Table, table
from schemas.catalogue import text
from schemas.representation import Representation
from schemas.visible import visible

if TYPE_CHECKING:
    import xlsxwriter

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# `in_memory`: nothing is written to a temporary file.
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_CELL: Final = 32_767
CUT: Final = " … [avkortat, hela texten finns i CSV och JSON]"
NARROWEST, WIDEST = 10, 60
EXACT: Final = 10**15  # Excel keeps fifteen digits


class XlsxDocument:
    """One sheet: a heading row that stays in sight, then the rows."""

    key: ClassVar[str] = "xlsx"

    def render(self, source: DocumentInput) -> Representation:
        """Write the sheet in memory."""
        import xlsxwriter  # noqa: PLC0415 - 2 MB in processes that write no sheet

        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
            created = source.made_at.astimezone(UTC).replace(tzinfo=None)
            workbook.set_properties(
                {"title": visible(source.title)[:255], "created": created}
            )
            _fill(workbook, table(source), source.language)
        return Representation(
            name=f"{source.name}.xlsx", media_type=MEDIA_TYPE, content=buffer.getvalue()
        )


def _fill(workbook: "xlsxwriter.Workbook", content: Table, language: str) -> None:
    sheet = workbook.add_worksheet(text("Uppgifter", language)[:31])
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for column, heading in enumerate(content.headings):
        sheet.write_string(0, column, _text(heading), bold)
        longest = max([len(heading), *(_width(r[column]) for r in content.rows)])
        sheet.set_column(column, column, min(max(longest + 2, NARROWEST), WIDEST))
    for number, row in enumerate(content.rows, start=1):
        for column, value in enumerate(row):
            if _is_number(value):
                sheet.write_number(number, column, value, wrapped)
            else:
                shown = _text(plain(value, language))
                sheet.write_string(number, column, shown, wrapped)
    sheet.freeze_panes(1, 0)


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) < EXACT


def _width(value: Any) -> int:
    return len(str(value)) if value is not None else 0


def _text(value: str) -> str:
    shown = visible(value)
    if len(shown) <= LONGEST_CELL:
        return shown
    return shown[: LONGEST_CELL - len(CUT)] + CUT
