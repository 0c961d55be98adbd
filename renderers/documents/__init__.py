"""The kinds of files answers can be laid out as."""

from renderers.document import Document
from renderers.documents.csv import CsvDocument
from renderers.documents.json import JsonDocument
from renderers.documents.pdf import PdfDocument
from renderers.documents.text import TextDocument
from renderers.documents.xlsx import XlsxDocument

BUILT_IN: tuple[type[Document], ...] = (
    CsvDocument,
    JsonDocument,
    PdfDocument,
    TextDocument,
    XlsxDocument,
)

CODED = frozenset({"json"})
"""Those that machines read: they have the codes, the others people's words."""


def document(key: str) -> Document:
    """Return the built-in document of that kind; `check` has refused others."""
    return next(part for part in BUILT_IN if part.key == key)()
