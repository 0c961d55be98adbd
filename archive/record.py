"""An archive record: everything that must still be known when the system is gone."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from archive.fixity import digest
from schemas.definition import Retention
from schemas.errors import PermanentError
from schemas.offered import Offered
from schemas.representation import Representation

FORMAT: Final = "urn:formbuilder:archive-record:1"
METADATA: Final = "metadata.json"
ANSWERS: Final = "svar.json"
DEFINITION: Final = "formular.json"
SIGNED: Final = "Skrev under"
DECLINED: Final = "Sade nej"
SENT: Final = "Skickade in"
UPLOAD: Final = re.compile(r"bilaga-[0-9]+[a-z0-9-]*(?:\.[a-z0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A municipality or one of its boards, by name and organisation number."""

    key: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A person as the population register said when the record's answers were given."""

    name: str
    personal_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom a record is about: a child with its guardians, or whoever answered.

    Nobody stands here when nobody said who they were. The school year is empty
    where it means nothing.
    """

    subject: Identified | None = None
    guardians: tuple[Identified, ...] = ()
    school_year: str = ""
    school_year_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureEvidence:
    """What proves that one person signed: kept whole, exactly as it was received.

    `decision` is one of SIGNED, DECLINED and SENT. `manifest` is the non-visible
    data that was signed, `salt` (hex) what its digest of this record's answers was
    made with. `language` is what the person read the questions in; the Swedish counts.
    """

    name: str
    personal_number: str
    signed_at: datetime
    method: str = "BankID"
    role: str = ""
    decision: str = ""
    signature: bytes = b""
    ocsp: bytes = b""
    visible_text: str = ""
    manifest: bytes = b""
    salt: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRecord:
    """One accepted section or part of a case, as the archive keeps it.

    `answers` and `form_document` are canonical JSON (RFC 8785); the answers stand
    under the header they were signed with, and `code_lists` has the words they were
    chosen by. `creator` is the arkivbildare, which in a
    municipality is normally the controlling board.
    `representations` holds the document made of all this, once there is one.
    """

    id: str
    tenant: str
    municipality: Organisation
    controller: Organisation
    creator: Organisation
    form_id: str
    form_title: str
    form_version: str
    form_document: bytes
    section: str
    title: str
    part: str = ""
    version: int = 1
    replaces: str = ""
    case_reference: str
    diary_number: str
    arrived_at: datetime
    made_at: datetime
    language: str = "sv"
    record_type: str
    classification: str
    classification_scheme: str = "KLASSA"
    retention: Retention
    dispose_after: date | None = None
    secrecy: str = ""
    purpose: str = ""
    legal_basis: str = ""
    is_test: bool = False
    answers: bytes
    code_lists: tuple[Offered, ...] = ()
    about: About = field(default_factory=About)
    signatures: tuple[SignatureEvidence, ...] = ()
    files: tuple[Representation, ...] = ()
    representations: tuple[Representation, ...] = ()

    @property
    def name(self) -> str:
        """Return what people call the record: its diary number and title."""
        return f"{self.diary_number} {self.title}".strip()

    def represented_by(self, *representations: Representation) -> "ArchiveRecord":
        """Return the record with the documents made of it."""
        return replace(self, representations=representations)


def evidence_files(record: ArchiveRecord) -> tuple[Representation, ...]:
    """Return answers, form version, signatures and uploads as files, in name order.

    Raises:
        PermanentError: an upload has a name that could mean something else.

    """
    files = [
        Representation(
            name=ANSWERS, media_type="application/json", content=record.answers
        ),
        Representation(
            name=DEFINITION,
            media_type="application/json",
            content=record.form_document,
        ),
        *record.files,
    ]
    for number, signature in enumerate(record.signatures, start=1):
        files.extend(_signature_files(number, signature))
    for file in record.files:
        if not UPLOAD.fullmatch(file.name):
            raise PermanentError(
                f"Upload {file.name!r} is not named for the archive. "
                "Name it with upload_name()."
            )
    return tuple(sorted(files, key=lambda file: file.name))


def upload_name(number: int, original: str) -> str:
    """Return what an uploaded file is called in the archive, in plain ASCII.

    >>> upload_name(1, "../Läkarintyg (2).PDF")
    'bilaga-1-lakarintyg-2.pdf'
    """
    plain = unicodedata.normalize("NFKD", original).encode("ascii", "ignore").decode()
    stem, dot, ending = plain.lower().rpartition(".")
    words = re.findall("[a-z0-9]+", stem if dot else plain.lower())
    name = "-".join(["bilaga", str(number), *words])[:80]
    ending = "".join(re.findall("[a-z0-9]", ending if dot else ""))[:8]
    return f"{name}.{ending}" if ending else name


def _signature_files(
    number: int, signature: SignatureEvidence
) -> Iterable[Representation]:
    stem = f"signatur-{number}"
    kinds = (
        (f"{stem}.xml", "application/xml", signature.signature),
        (f"{stem}-ocsp.der", "application/ocsp-response", signature.ocsp),
        (f"{stem}-text.txt", "text/plain", signature.visible_text.encode()),
        (f"{stem}-manifest.json", "application/json", signature.manifest),
    )
    for name, media_type, content in kinds:
        if content:
            yield Representation(name=name, media_type=media_type, content=content)


def file_entry(file: Representation) -> dict[str, Any]:
    """Describe a file by its name, kind, size and digest."""
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": len(file.content),
        "sha256": digest(file.content),
    }
