"""One record with invented people and official test numbers, whole enough to archive."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final

from archive.metadata import attachments
from archive.record import (
    SIGNED,
    About,
    ArchiveRecord,
    Identified,
    Organisation,
    SignatureEvidence,
)
from renderers.document import DocumentInput, Row, Signer
from renderers.documents.pdf import PdfDocument
from schemas.canonical import canonical, digest, manifest, section_digest
from schemas.definition import Retention
from schemas.representation import Representation

CERTIFICATE = b"Intyg"
ANSWERS = canonical(
    {
        "child": {"given_name": "Alva", "family_name": "Ek"},
        "diet": {
            "avoid": ["peanut"],
            "certificate": f"sha256:{sha256(CERTIFICATE).hexdigest()}",
            "need": True,
        },
    }
)
FORM = {"id": "skolstart"}
SALT = b"s" * 32
ARRIVED = datetime(2027, 2, 1, 11, 30, tzinfo=UTC)


def signed_by(name: str, number: str) -> SignatureEvidence:
    return SignatureEvidence(
        name=name,
        personal_number=number,
        signed_at=ARRIVED,
        role="Vårdnadshavare",
        decision=SIGNED,
        signature=b"<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>",
        ocsp=b"\x30\x03\x0a\x01\x00",
        visible_text="Norrby kommun. Skolstart. Specialkost och allergi för A.E.",
        manifest=manifest(
            form="skolstart",
            version=digest(FORM),
            case="NB-2027-0417",
            sections={"diet": section_digest(SALT, json.loads(ANSWERS))},
        ),
        salt=SALT.hex(),
    )


BOARD: Final = Organisation(
    key="bun", name="Barn- och utbildningsnämnden", number="212000-0000"
)
WHOLE: Final[dict[str, object]] = {
    "id": "0190a",
    "tenant": "norrby",
    "municipality": Organisation(
        key="norrby", name="Norrby kommun", number="212000-0000"
    ),
    "controller": BOARD,
    "creator": BOARD,
    "form_id": "skolstart",
    "form_title": "Skolstart",
    "form_version": digest(FORM),
    "form_document": canonical(FORM),
    "section": "diet",
    "title": "Specialkost och allergi",
    "case_reference": "NB-2027-0417",
    "diary_number": "BUN 2027/17",
    "arrived_at": ARRIVED,
    "made_at": ARRIVED,
    "record_type": "Anmälan om specialkost",
    "classification": "3.2.1",
    "retention": Retention(
        keep="P1Y", from_="school_year_end", decision="BUN 2026/123 § 45 (påhittat)"
    ),
    "secrecy": "OSL 23 kap. 2 §",
    "purpose": "Barnet ska få mat som det tål.",
    "legal_basis": "6.1 e, 9.2 g",
    "about": About(
        subject=Identified(name="Alva Ek", personal_number="202105032391"),
        guardians=(
            Identified(name="Sara Ek", personal_number="198601232385"),
            Identified(name="Омар Ек", personal_number="198401182392"),
        ),
        school_year="2027/2028",
        school_year_end=date(2028, 6, 16),
    ),
    "answers": ANSWERS,
    "signatures": (
        signed_by("Sara Ek", "198601232385"),
        signed_by("Омар Ек", "198401182392"),
    ),
    "files": (
        Representation(
            name="bilaga-1-intyg.txt",
            media_type="text/plain",
            content=CERTIFICATE,
        ),
    ),
}


def record(**changes: object) -> ArchiveRecord:
    return ArchiveRecord(**(WHOLE | changes))  # type: ignore[arg-type]  # values are written right above


def document_of(made: ArchiveRecord) -> Representation:
    """Return the record's PDF, as the service has it made."""
    source = DocumentInput(
        id=made.id,
        name="bun-2027-17",
        title=made.title,
        subject=made.about.subject.name if made.about.subject else "",
        made_at=made.made_at,
        municipality=made.municipality.name,
        controller=made.controller.name,
        case_reference=made.case_reference,
        diary_number=made.diary_number,
        arrived_at=made.arrived_at,
        rows=(Row(label="Vilken mat tål barnet inte?", value="Jordnötter"),),
        signers=tuple(
            Signer(
                name=s.name,
                signed_at=s.signed_at,
                number=s.personal_number,
                decision=s.decision,
            )
            for s in made.signatures
        ),
        attachments=attachments(made),
        is_test=made.is_test,
    )
    return PdfDocument().render(source)
