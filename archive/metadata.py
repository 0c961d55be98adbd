"""A record's metadata as JSON, written and read back without loss."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import rfc8785

from archive.record import (
    ANSWERS,
    DEFINITION,
    FORMAT,
    METADATA,
    UPLOAD,
    About,
    ArchiveRecord,
    Identified,
    Organisation,
    SignatureEvidence,
    evidence_files,
    file_entry,
)
from schemas.definition import Retention
from schemas.errors import PermanentError
from schemas.offered import read_offered
from schemas.representation import Representation


def metadata(record: ArchiveRecord) -> bytes:
    """Return the metadata as canonical JSON, after archive-record.schema.json."""
    return rfc8785.dumps(
        {
            "format": FORMAT,
            "id": record.id,
            "tenant": record.tenant,
            "municipality": _organisation(record.municipality),
            "controller": _organisation(record.controller),
            "creator": _organisation(record.creator),
            "form": {
                "id": record.form_id,
                "title": record.form_title,
                "version": record.form_version,
                "section": record.section,
                "part": record.part,
            },
            "title": record.title,
            "version": record.version,
            "replaces": record.replaces,
            "case_reference": record.case_reference,
            "diary_number": record.diary_number,
            "arrived_at": instant(record.arrived_at),
            "made_at": instant(record.made_at),
            "language": record.language,
            "archive": _archive(record),
            "purpose": record.purpose,
            "legal_basis": record.legal_basis,
            "is_test": record.is_test,
            "about": written_about(record.about),
            "code_lists": [one.to_json() for one in record.code_lists],
            "signatures": [
                _signature(number, signature)
                for number, signature in enumerate(record.signatures, start=1)
            ],
            "files": [file_entry(file) for file in evidence_files(record)],
        }
    )


def attachments(record: ArchiveRecord) -> tuple[Representation, ...]:
    """Return every file that is attached to the record's document, in name order."""
    described = Representation(
        name=METADATA, media_type="application/json", content=metadata(record)
    )
    files = (described, *evidence_files(record))
    return tuple(sorted(files, key=lambda file: file.name))


def record_of(
    files: Mapping[str, Representation],
    representations: tuple[Representation, ...] = (),
) -> ArchiveRecord:
    """Build a record from its attached files, `metadata.json` among them.

    Raises:
        PermanentError: a file is missing, or the metadata is of another format.

    """
    try:
        document = json.loads(files[METADATA].content)
        return _record(document, files, representations)
    except (KeyError, TypeError, ValueError) as error:
        raise PermanentError(
            "The files are no archive record of a format known here. "
            "Read metadata.json; its member `format` says what it is."
        ) from error


def about_of(found: Mapping[str, Any]) -> About:
    """Read whom a record is about, as its metadata says it."""
    subject, end = found["subject"], found["school_year_end"]
    return About(
        subject=Identified(**subject) if subject else None,
        guardians=tuple(Identified(**guardian) for guardian in found["guardians"]),
        school_year=found["school_year"],
        school_year_end=date.fromisoformat(end) if end else None,
    )


def instant(moment: datetime) -> str:
    """Write an aware time as UTC, RFC 3339."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _organisation(organisation: Organisation) -> dict[str, Any]:
    return {
        "key": organisation.key,
        "name": organisation.name,
        "number": organisation.number,
    }


def written_about(about: About) -> dict[str, Any]:
    """Write whom a record is about, as `about_of` reads it."""
    end = about.school_year_end
    return {
        "subject": _identified(about.subject) if about.subject else None,
        "guardians": [_identified(guardian) for guardian in about.guardians],
        "school_year": about.school_year,
        "school_year_end": end.isoformat() if end else None,
    }


def _identified(person: Identified) -> dict[str, Any]:
    return {"name": person.name, "personal_number": person.personal_number}


def _archive(record: ArchiveRecord) -> dict[str, Any]:
    retention = record.retention
    disposed = record.dispose_after
    return {
        "record_type": record.record_type,
        "classification": record.classification,
        "classification_scheme": record.classification_scheme,
        "secrecy": record.secrecy,
        "retention": {
            "preserve": retention.preserve,
            "keep": retention.keep,
            "from": retention.from_,
            "event": retention.event,
            "decision": retention.decision,
        },
        "dispose_after": disposed.isoformat() if disposed else None,
    }


def _signature(number: int, signature: SignatureEvidence) -> dict[str, Any]:
    return {
        "number": number,
        "name": signature.name,
        "personal_number": signature.personal_number,
        "signed_at": instant(signature.signed_at),
        "method": signature.method,
        "role": signature.role,
        "decision": signature.decision,
        "salt": signature.salt,
        "language": signature.language,
    }


def _record(
    document: Mapping[str, Any],
    files: Mapping[str, Representation],
    representations: tuple[Representation, ...],
) -> ArchiveRecord:
    if document["format"] != FORMAT:
        raise ValueError(document["format"])
    form, kept = document["form"], document["archive"]
    rule, disposed = kept["retention"], kept["dispose_after"]
    same = ("id", "tenant", "title", "version", "replaces", "case_reference",
            "diary_number", "language", "purpose", "legal_basis", "is_test")  # fmt: skip
    archival = ("record_type", "classification", "classification_scheme", "secrecy")
    return ArchiveRecord(
        **{name: document[name] for name in same},
        **{name: kept[name] for name in archival},
        municipality=Organisation(**document["municipality"]),
        controller=Organisation(**document["controller"]),
        creator=Organisation(**document["creator"]),
        form_id=form["id"],
        form_title=form["title"],
        form_version=form["version"],
        form_document=files[DEFINITION].content,
        section=form["section"],
        part=form["part"],
        arrived_at=datetime.fromisoformat(document["arrived_at"]),
        made_at=datetime.fromisoformat(document["made_at"]),
        about=about_of(document["about"]),
        code_lists=read_offered(document.get("code_lists", ())),
        retention=Retention(
            keep=rule["keep"],
            from_=rule["from"],
            decision=rule["decision"],
            preserve=rule["preserve"],
            event=rule["event"],
        ),
        dispose_after=date.fromisoformat(disposed) if disposed else None,
        answers=files[ANSWERS].content,
        signatures=tuple(_evidence(s, files) for s in document["signatures"]),
        files=tuple(files[name] for name in sorted(files) if UPLOAD.fullmatch(name)),
        representations=representations,
    )


def _evidence(
    described: Mapping[str, Any], files: Mapping[str, Representation]
) -> SignatureEvidence:
    stem = f"signatur-{described['number']}"

    def content(name: str) -> bytes:
        return files[name].content if name in files else b""

    return SignatureEvidence(
        name=described["name"],
        personal_number=described["personal_number"],
        signed_at=datetime.fromisoformat(described["signed_at"]),
        method=described["method"],
        role=described["role"],
        decision=described["decision"],
        salt=described["salt"],
        language=described["language"],
        signature=content(f"{stem}.xml"),
        ocsp=content(f"{stem}-ocsp.der"),
        visible_text=content(f"{stem}-text.txt").decode(),
        manifest=content(f"{stem}-manifest.json"),
    )
