"""An archive record as a document for people, with everything else attached."""

import json
from dataclasses import replace

from archive.fixity import digest
from archive.metadata import attachments
from archive.reading import document_name
from archive.record import ArchiveRecord
from renderers.document import DocumentInput, Row, Signer
from renderers.summary import answered
from schemas.catalogue import SOURCE_LANGUAGE, text
from schemas.compiling import CompiledForm
from schemas.field_types.file import PREFIX
from schemas.personal_number import PersonalNumber
from schemas.pointers import covers, join
from schemas.privacy_words import kept
from schemas.signed_answers import FACTS
from schemas.titles import form_text, unit_text
from schemas.tongues import name_in


def record_document(record: ArchiveRecord, form: CompiledForm) -> DocumentInput:
    """Return what the record's PDF/A says, and the files it carries.

    It says it in Swedish, which counts, and beside that in the language whoever gave
    the answers read the questions in.
    """
    made, language = _document(record, form, SOURCE_LANGUAGE), read_in(record)
    if language == SOURCE_LANGUAGE:
        return made
    return replace(
        made,
        introduction=_counts(SOURCE_LANGUAGE),
        provenance=(*made.provenance, _translation(form, language)),
        beside=replace(
            _document(record, form, language), introduction=_counts(language)
        ),
    )


def read_in(record: ArchiveRecord) -> str:
    """Return the language the first who said what the record holds read it in."""
    said = (one.language for one in record.signatures)
    return next(said, "") or SOURCE_LANGUAGE


def _counts(language: str) -> str:
    return text(
        "Handlingen står på svenska och på språket som svaren lämnades på. Den svenska "
        "texten gäller.",
        language,
    )


def _translation(form: CompiledForm, language: str) -> Row:
    """Return who had read the translation that the questions were answered in."""
    name = name_in(language, SOURCE_LANGUAGE)
    if form.definition.languages.get(language) == "draft":
        name += ", gjord av en maskin och inte läst av någon"
    return Row(label="Översättning", value=name)


def _document(
    record: ArchiveRecord, form: CompiledForm, language: str
) -> DocumentInput:
    definition = form.definition
    unit = unit_text(definition, record.section, record.part, language)
    return DocumentInput(
        id=record.id,
        name=document_name(record).removesuffix(".pdf"),
        title=f"{form_text(definition, 'title', language)}: {unit}",
        language=language,
        subject=_subject(record),
        made_at=record.made_at,
        municipality=record.municipality.name,
        controller=record.controller.name,
        case_reference=record.case_reference,
        diary_number=record.diary_number,
        arrived_at=record.arrived_at,
        rows=_rows(record, form, language),
        signers=tuple(
            Signer(
                name=signature.name,
                number=PersonalNumber(
                    signature.personal_number, "personal"
                ).separated(),
                signed_at=signature.signed_at,
                method=signature.method,
                decision=signature.decision,
                language=signature.language,
            )
            for signature in record.signatures
        ),
        declaration=form_text(definition, "declaration", language),
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


def _rows(record: ArchiveRecord, form: CompiledForm, language: str) -> tuple[Row, ...]:
    """Return the answers, files by the names they are attached under."""
    answers = json.loads(record.answers)
    names = {f"{PREFIX}{digest(file.content)}": file.name for file in record.files}
    return answered(
        form,
        answers,
        language=language,
        holds=lambda p: not covers(join(FACTS), p),
        offered=record.code_lists,
        files=names,
    )


def _provenance(record: ArchiveRecord) -> list[Row]:
    found = [
        ("Handlingstyp", record.record_type),
        ("Klassificering", record.classification),
        ("Sekretess", record.secrecy),
        ("Ändamål", record.purpose),
        ("Rättslig grund", record.legal_basis),
        ("Bevarande", kept(record.retention)),
        ("Formulärets version", record.form_version),
        ("Version av uppgifterna", str(record.version)),
    ]
    return [Row(label=label, value=value) for label, value in found if value]
