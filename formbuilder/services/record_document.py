"""An archive record as a document for people, with everything else attached."""

import json
from dataclasses import replace

from archive.fixity import digest
from archive.metadata import attachments
from archive.reading import document_name
from archive.record import ArchiveRecord
from renderers.document import DocumentInput, Row, Signer
from renderers.summary import answered
from schemas.compiling import CompiledForm
from schemas.field_types.file import PREFIX
from schemas.file_references import references
from schemas.pointers import covers, get, join
from schemas.signed_answers import FACTS


def record_document(record: ArchiveRecord, form: CompiledForm) -> DocumentInput:
    """Return what the record's PDF/A says, and the files it carries."""
    return DocumentInput(
        id=record.id,
        name=document_name(record).removesuffix(".pdf"),
        title=f"{record.form_title}: {record.title}",
        subject=_subject(record),
        made_at=record.made_at,
        municipality=record.municipality.name,
        controller=record.controller.name,
        case_reference=record.case_reference,
        diary_number=record.diary_number,
        arrived_at=record.arrived_at,
        rows=_rows(record, form),
        signers=tuple(
            Signer(
                name=signature.name,
                number=signature.personal_number,
                signed_at=signature.signed_at,
                method=signature.method,
                decision=signature.decision,
                language=signature.language,
            )
            for signature in record.signatures
        ),
        declaration=form.definition.declaration,
        provenance=tuple(_provenance(record)),
        attachments=attachments(record),
        is_test=record.is_test,
    )


def _subject(record: ArchiveRecord) -> str:
    subject = record.about.subject
    if subject is None:
        return ""
    number = subject.personal_number
    return f"{subject.name}, {number[:8]}-{number[8:]}" if number else subject.name


def _rows(record: ArchiveRecord, form: CompiledForm) -> tuple[Row, ...]:
    """Return the answers, files by the names they are attached under."""
    answers = json.loads(record.answers)
    names = {f"{PREFIX}{digest(file.content)}": file.name for file in record.files}
    rows = answered(form, answers, holds=lambda p: not covers(join(FACTS), p))
    return tuple(
        replace(row, value="\n".join(names.get(one, row.value) for one in named))
        if (named := tuple(references(get(answers, row.pointer))))
        and form.questions[row.pointer].kind == "file"
        else row
        for row in rows
    )


def _provenance(record: ArchiveRecord) -> list[Row]:
    retention = record.retention
    rule = (
        "Bevaras" if retention.preserve else f"{retention.keep} från {retention.from_}"
    )
    found = [
        ("Handlingstyp", record.record_type),
        ("Klassificering", record.classification),
        ("Sekretess", record.secrecy),
        ("Ändamål", record.purpose),
        ("Rättslig grund", record.legal_basis),
        ("Bevarande", f"{rule}, {retention.decision}".rstrip(", ")),
        ("Formulärets version", record.form_version),
        ("Version av uppgifterna", str(record.version)),
    ]
    return [Row(label=label, value=value) for label, value in found if value]
