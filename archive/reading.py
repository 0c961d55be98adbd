"""Read a record back from its document: the files attached to a PDF."""

import io
import re

from archive.metadata import record_of
from archive.record import ArchiveRecord
from schemas.errors import PermanentError
from schemas.representation import Representation


def read_record(document: bytes) -> ArchiveRecord:
    """Return the record a PDF/A-3 carries, with the PDF as its representation.

    Raises:
        PermanentError: the document is damaged or carries no record.

    """
    files = attached_files(document)
    record = record_of({file.name: file for file in files})
    pdf = Representation(
        name=document_name(record), media_type="application/pdf", content=document
    )
    return record.represented_by(pdf)


def attached_files(document: bytes) -> tuple[Representation, ...]:
    """Return every file attached to a PDF, in name order.

    Raises:
        PermanentError: the document is no PDF that can be read.

    """
    import pikepdf  # noqa: PLC0415 - 5 MB in every web process, which reads no PDF

    try:
        with pikepdf.open(io.BytesIO(document)) as pdf:
            found = [
                Representation(
                    name=name,
                    media_type=spec.get_file().mime_type,
                    content=spec.get_file().read_bytes(),
                )
                for name, spec in pdf.attachments.items()
            ]
    except (pikepdf.PdfError, ValueError, KeyError) as error:
        raise PermanentError(
            "The document is no PDF that can be read. Restore it from a backup."
        ) from error
    return tuple(sorted(found, key=lambda file: file.name))


def document_name(record: ArchiveRecord) -> str:
    """Return a file name for the record's document, in plain ASCII.

    >>> re.sub("[^a-z0-9]+", "-", "BUN 2026/17".lower())
    'bun-2026-17'
    """
    plain = re.sub("[^a-z0-9]+", "-", record.diary_number.lower()).strip("-")
    return f"{plain or record.id}.pdf"
