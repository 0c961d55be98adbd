"""PDF/A-3a that is PDF/UA-1 too, with its sources attached."""

import hashlib
from typing import ClassVar

from renderers.document import DocumentInput
from renderers.printing.engine import CharacterMissing, engine
from renderers.printing.markup import markup
from renderers.printing.records import with_record_rows
from schemas.representation import Representation


class PdfDocument:
    """The archive's document, the guardian's receipt and the department's print."""

    key: ClassVar[str] = "pdf"

    def render(self, source: DocumentInput) -> Representation:
        """Lay the input out; what a font still cannot draw is written out."""
        shown = with_record_rows(source)
        try:
            content = self._printed(shown, frozenset())
        except CharacterMissing as missing:
            content = self._printed(shown, missing.characters)
        return Representation(
            name=f"{source.name}.pdf", media_type="application/pdf", content=content
        )

    def _printed(self, source: DocumentInput, written_out: frozenset[str]) -> bytes:
        return engine().pdf(
            markup(source, written_out),
            hashlib.sha256(source.id.encode()).digest()[:16],
            source.made_at,
            sorted(source.attachments, key=lambda file: file.name),
            source.beside.language if source.beside else "",
        )
