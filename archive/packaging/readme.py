"""What stands beside an exported record, for whoever opens it first."""

from collections.abc import Iterator

from archive.record import ArchiveRecord
from schemas.privacy_words import kept
from schemas.visible import visible


def readme(record: ArchiveRecord) -> bytes:
    """Return the text in Swedish and English."""
    lines = (
        "ARKIVERAD HANDLING",
        "",
        f"Handling: {record.title} ({record.record_type})",
        *_about(record),
        f"Diarienummer: {record.diary_number}",
        f"Arkivbildare: {record.creator.name}, {record.municipality.name}",
        f"Formulär: {record.form_title}, version {record.form_version}",
        f"Klassificering: {record.classification_scheme} {record.classification}",
        f"Sekretess: {record.secrecy or '–'}",
        f"Bevarande eller gallring: {kept(record.retention)}",
        "",
        "PDF-filen (PDF/A-3a och PDF/UA-1) är handlingen. Den innehåller också de",
        "andra filerna som bilagor: svaren som JSON (svar.json), formuläret som det",
        "såg ut (formular.json), uppgifter om handlingen (metadata.json) och",
        "underskrifterna: signatur (XML), spärrkontroll (OCSP), texten som visades",
        "och det som skrevs under (manifest).",
        "En underskrift stämmer med svaren när SHA-256 av saltet i metadata.json",
        "följt av svar.json är det värde som står för avsnittet i manifestet.",
        "Varje uppladdad fil (bilaga) står i svar.json med sin SHA-256.",
        "",
        "ARCHIVED RECORD",
        "",
        "The PDF (PDF/A-3a and PDF/UA-1) is the record, with the other files attached:",
        "answers, the form as it was, metadata and the signatures with their evidence.",
        "A signature covers the answers when SHA-256 of the salt in metadata.json",
        "followed by svar.json is the value of the section in the manifest.",
        "Each uploaded file (bilaga) stands in svar.json by its SHA-256.",
        "",
    )
    return "\n".join(visible(line) for line in lines).encode()


def _about(record: ArchiveRecord) -> Iterator[str]:
    subject = record.about.subject
    if subject is not None:
        yield f"Gäller: {subject.name}, {subject.personal_number}".rstrip(", ")
