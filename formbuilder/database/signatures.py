"""Signatures: who signed which manifest, with the evidence sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow:
    """One act of one person; `manifest` is empty when nothing was signed with an eID."""

    id: str
    case_id: str
    person_key: str
    evidence_sealed: bytes
    manifest: str
    signed_at: datetime


def insert(tc: TenantConnection, signature: SignatureRow) -> None:
    """Store a signature."""
    tc.insert(
        signatures,
        id=signature.id,
        case_id=signature.case_id,
        person_key=signature.person_key,
        evidence_sealed=signature.evidence_sealed,
        manifest=signature.manifest,
        signed_at=signature.signed_at,
    )


def get(tc: TenantConnection, signature_id: str) -> SignatureRow | None:
    """Return the signature with this id."""
    row = tc.one(signatures, signatures.c.id == signature_id)
    return _signature(row) if row else None


def of_case(tc: TenantConnection, case_id: str) -> tuple[SignatureRow, ...]:
    """Return the case's signatures, oldest first."""
    statement = tc.select(signatures, signatures.c.case_id == case_id)
    rows = tc.rows(statement.order_by(signatures.c.signed_at, signatures.c.id))
    return tuple(_signature(row) for row in rows)


def _signature(row: Row[Any]) -> SignatureRow:
    return SignatureRow(
        id=row.id,
        case_id=row.case_id,
        person_key=row.person_key,
        evidence_sealed=row.evidence_sealed,
        manifest=row.manifest,
        signed_at=row.signed_at,
    )
