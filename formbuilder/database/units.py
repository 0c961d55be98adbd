"""Versions of units: what waits for signatures and what has arrived."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import unit_signatures, units


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One version as it is stored, its content sealed."""

    id: str
    case_id: str
    section: str
    part: str
    owner: str
    version: int
    content_sealed: bytes
    sealed_to: str
    digest: str
    created_at: datetime
    accepted_at: datetime | None = None
    diary_number: str | None = None
    declined_at: datetime | None = None
    replaced_at: datetime | None = None
    closed_at: datetime | None = None


def insert(tc: TenantConnection, unit: UnitRow) -> None:
    """Store a new version."""
    tc.insert(
        units,
        id=unit.id,
        case_id=unit.case_id,
        section=unit.section,
        part=unit.part,
        owner=unit.owner or None,
        version=unit.version,
        content_sealed=unit.content_sealed,
        sealed_to=unit.sealed_to or None,
        digest=unit.digest,
        created_at=unit.created_at,
    )


def get(tc: TenantConnection, unit_id: str) -> UnitRow | None:
    """Return the version with this id."""
    row = tc.one(units, units.c.id == unit_id)
    return _unit(row) if row else None


def of_case(tc: TenantConnection, case_id: str) -> tuple[UnitRow, ...]:
    """Return every version of the case, oldest first."""
    statement = tc.select(units, units.c.case_id == case_id)
    rows = tc.rows(statement.order_by(units.c.created_at, units.c.version, units.c.id))
    return tuple(_unit(row) for row in rows)


def arrived_from(tc: TenantConnection, owner: str) -> tuple[UnitRow, ...]:
    """Return what this person answered alone and anybody here may open, oldest first."""
    statement = tc.select(
        units,
        units.c.owner == owner,
        units.c.accepted_at.is_not(None),
        units.c.sealed_to.is_(None),
    )
    rows = tc.rows(statement.order_by(units.c.accepted_at, units.c.version))
    return tuple(_unit(row) for row in rows)


def mark_accepted(
    tc: TenantConnection, unit_id: str, *, at: datetime, diary_number: str
) -> int:
    """Set when the version arrived and its number in the controller's diary."""
    return tc.update(
        units,
        units.c.id == unit_id,
        units.c.accepted_at.is_(None),
        accepted_at=at,
        diary_number=diary_number,
    )


def mark_declined(tc: TenantConnection, unit_id: str, at: datetime) -> int:
    """Set when the version was turned down."""
    return tc.update(units, units.c.id == unit_id, declined_at=at)


def mark_replaced(tc: TenantConnection, unit_id: str, at: datetime) -> int:
    """Set when another version took its place."""
    return tc.update(units, units.c.id == unit_id, replaced_at=at)


def close(tc: TenantConnection, case_id: str, section: str, *, at: datetime) -> int:
    """Set when a section's matter was closed, on every version that had arrived."""
    return tc.update(
        units,
        units.c.case_id == case_id,
        units.c.section == section,
        units.c.accepted_at <= at,
        closed_at=at,
    )


def decisions(tc: TenantConnection, unit_ids: tuple[str, ...]) -> dict[str, list[Any]]:
    """Return by version the (signature id, decision) pairs made about it."""
    found: dict[str, list[Any]] = {unit_id: [] for unit_id in unit_ids}
    statement = tc.select(unit_signatures, unit_signatures.c.unit_id.in_(unit_ids))
    for row in tc.rows(statement):
        found[row.unit_id].append((row.signature_id, row.decision))
    return found


def decide(
    tc: TenantConnection, *, unit_id: str, signature_id: str, decision: str
) -> None:
    """Store what a signature says about a version: `signed` or `declined`."""
    tc.insert(
        unit_signatures, unit_id=unit_id, signature_id=signature_id, decision=decision
    )


def _unit(row: Row[Any]) -> UnitRow:
    return UnitRow(
        id=row.id,
        case_id=row.case_id,
        section=row.section,
        part=row.part,
        owner=row.owner or "",
        version=row.version,
        content_sealed=row.content_sealed,
        sealed_to=row.sealed_to or "",
        digest=row.digest,
        created_at=row.created_at,
        accepted_at=row.accepted_at,
        diary_number=row.diary_number,
        declined_at=row.declined_at,
        replaced_at=row.replaced_at,
        closed_at=row.closed_at,
    )
