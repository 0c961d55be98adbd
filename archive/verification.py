"""Read an archived record back, as stored or as exported, and say what is wrong."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from archive.envelope import EnvelopeRefused
from archive.finding import Code, Finding
from archive.fixity import Change, Difference, differences, digest
from archive.formats import BUILT_IN
from archive.metadata import record_of
from archive.reading import attached_files
from archive.record import (
    DECLINED,
    METADATA,
    UPLOAD,
    ArchiveRecord,
    SignatureEvidence,
)
from archive.store import NotStored, Store
from schemas.canonical import digest as canonical_digest
from schemas.canonical import section_digest
from schemas.errors import PermanentError
from schemas.field_types.file import PREFIX
from schemas.file_references import references
from schemas.representation import Representation

Opener = Callable[[bytes], bytes]
"""Opens an envelope, or raises EnvelopeRefused."""

BACKUP: Final = "Restore it from a backup and find out what changed it."
COMPARE: Final = "Do not rely on the record; compare it with the case and the backup."
NUMBERED: Final = re.compile(r" [0-9]+\Z", re.ASCII)
ANEW: Final = "Export the record again from the archive."
CODES: Final[Mapping[Change, Code]] = {
    "altered": "file.altered",
    "missing": "file.missing",
    "unlisted": "file.unlisted",
}
SAID: Final[Mapping[Change, str]] = {
    "altered": "is not as it was when the record was made",
    "missing": "is listed but not there",
    "unlisted": "is there but not listed",
}


def verify_stored(
    store: Store, name: str, *, sha256: str, record_id: str = "", opener: Opener | None
) -> tuple[Finding, ...]:
    """Check an envelope in the store: its digest, and with `opener` all within it."""
    try:
        envelope = store.get(name)
    except NotStored:
        return (_finding("record.missing", name, "The record is gone.", BACKUP),)
    found: tuple[Finding, ...] = ()
    if digest(envelope) != sha256:
        message = "The envelope is not the one that was stored."
        found = (_finding("record.altered", name, message, BACKUP),)
    if opener is None:
        return found
    try:
        document = opener(envelope)
    except EnvelopeRefused as refused:
        return (*found, _finding("record.unopenable", name, str(refused), BACKUP))
    return (*found, *verify_document(document, name=name, record_id=record_id))


def verify_document(
    document: bytes, *, name: str, record_id: str = "", advice: str = BACKUP
) -> tuple[Finding, ...]:
    """Check a record's PDF by what is attached to it."""
    try:
        files = {file.name: file for file in attached_files(document)}
    except PermanentError as error:
        return (_finding("record.unreadable", name, str(error), advice),)
    return verify_files(files, name=name, record_id=record_id, advice=advice)


def verify_files(
    files: Mapping[str, Representation],
    *,
    name: str,
    record_id: str = "",
    advice: str = BACKUP,
) -> tuple[Finding, ...]:
    """Check a record's files by its own metadata and by what was signed."""
    try:
        record = record_of(files)
        listed = json.loads(files[METADATA].content)["files"]
        sums = {str(entry["name"]): str(entry["sha256"]) for entry in listed}
    except (PermanentError, KeyError, TypeError, ValueError) as error:
        return (_finding("record.unreadable", name, str(error), advice),)
    content = {f.name: f.content for f in files.values() if f.name != METADATA}
    found = [_different(name, d, advice) for d in differences(sums, content)]
    if record_id and record.id != record_id:
        message = f"The document is record {record.id}, not {record_id}."
        found.append(_finding("record.another", name, message, advice))
    if not is_own_form(record):
        message = "The attached form is not the version that was answered."
        found.append(_finding("record.other-form", name, message, advice))
    return (*found, *_unsigned(record, name))


def _unsigned(record: ArchiveRecord, name: str) -> Iterator[Finding]:
    """Yield what nobody signed: answers, and files that the answers do not name."""
    for signature in record.signatures:
        if not is_covered(record, signature):
            message = f"{signature.name} signed other answers than those in the record."
            yield _finding("signature.other-answers", name, message, COMPARE)
    for file in record.files:
        if not is_named(record, file):
            message = "The answers that were signed do not name this file."
            yield _finding("signature.other-files", name, message, COMPARE, file.name)


def is_own_form(record: ArchiveRecord) -> bool:
    """Tell whether the attached form is the version the record names."""
    try:
        return canonical_digest(json.loads(record.form_document)) == record.form_version
    except ValueError:
        return False


def is_named(record: ArchiveRecord, file: Representation) -> bool:
    """Tell whether the answers name an uploaded file, and so whoever signed them."""
    try:
        named = references(json.loads(record.answers))
    except ValueError:
        return False
    return f"{PREFIX}{digest(file.content)}" in named


def is_covered(record: ArchiveRecord, signature: SignatureEvidence) -> bool:
    """Tell whether the manifest that was signed holds the digest of the answers.

    Where nothing was signed, only sent, there is no manifest to agree with. What
    somebody said no to stands apart from what they signed. One signature can hold
    two versions of a unit, of which the second is numbered.
    """
    if not signature.manifest and not signature.signature:
        return True
    place = "declined" if signature.decision == DECLINED else "sections"
    try:
        signed = json.loads(signature.manifest)[place]
        expected = section_digest(
            bytes.fromhex(signature.salt), json.loads(record.answers)
        )
    except (KeyError, TypeError, ValueError):
        return False
    unit = f"{record.section}/{record.part}" if record.part else record.section
    return isinstance(signed, dict) and any(
        value == expected
        for name, value in signed.items()
        if name == unit or NUMBERED.sub("", name) == unit
    )


def verify_package(folder: Path) -> tuple[Finding, ...]:
    """Check an exported package of any known format."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    kind = next(
        (k for part in BUILT_IN if (k := part()).recognises(frozenset(files))), None
    )
    name = folder.name
    if kind is None:
        message = "The folder is no package of a kind known here."
        return (_finding("package.unknown", name, message, "Point at its top folder."),)
    try:
        package = kind.read(files)
    except PermanentError as error:
        return (_finding("record.unreadable", name, str(error), ANEW),)
    found = [_different(name, d, ANEW) for d in package.differences]
    inner = {
        file.name: file
        for file in package.files.values()
        if file.media_type != "application/pdf" or UPLOAD.fullmatch(file.name)
    }
    documents = [f for f in package.files.values() if f.name not in inner]
    found += verify_files(inner, name=name, advice=ANEW)
    for document in documents:
        found += verify_document(document.content, name=name, advice=ANEW)
    return tuple(dict.fromkeys(found))


def _different(name: str, difference: Difference, advice: str) -> Finding:
    message = f"{difference.name} {SAID[difference.change]}."
    return _finding(CODES[difference.change], name, message, advice, difference.name)


def _finding(
    code: Code, record: str, message: str, advice: str, path: str = ""
) -> Finding:
    return Finding(code=code, record=record, message=message, advice=advice, path=path)
