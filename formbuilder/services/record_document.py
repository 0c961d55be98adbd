"""An archive record as a document for people, with everything else attached."""

import json

from archive.metadata import attachments
from archive.reading import document_name
from archive.record import ArchiveRecord
from renderers.document import DocumentInput, Row, Signer
from renderers.summary import answered
from schemas.compiling import CompiledForm


def record_document(record: ArchiveRecord, form: CompiledForm) -> DocumentInput:
    """Return what the record's PDF/A says, and the files it carries."""
    return DocumentInput(
        id=record.id,
        name=document_name(record).removesuffix(".pdf"),
        title=f"{record.form_title}: {record.title}",
        made_at=record.made_at,
        municipality=record.municipality.name,
        controller=record.controller.name,
        case_reference=record.case_reference,
        diary_number=record.diary_number,
        arrived_at=record.arrived_at,
        rows=answered(form, json.loads(record.answers)),
        signers=tuple(
            Signer(
                name=signature.name,
                number=signature.personal_number,
                signed_at=signature.signed_at,
                method=signature.method,
                decision=signature.decision,
            )
            for signature in record.signatures
        ),
        declaration=form.definition.declaration,
        provenance=tuple(_provenance(record)),
        attachments=attachments(record),
        is_test=record.is_test,
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
