"""Records: where each archived envelope lies, its key, and how long it is kept."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import records


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One record; without `kek_sealed` nobody can read its envelope any more."""

    id: str
    unit_id: str
    case_id: str
    object_name: str
    kek_sealed: bytes | None = field(repr=False)
    key_id: str
    envelope_sha256: str
    content_mac: str
    made_at: datetime
    verified_at: datetime | None = None
    record_type: str
    classification: str
    controller: str
    retention: Any
    dispose_after: datetime | None = None
    held_at: datetime | None = None
    disposed_at: datetime | None = None

    @property
    def waits_for(self) -> str:
        """Return what must happen before it is known when it may go, or nothing."""
        is_known = self.retention["preserve"] or self.dispose_after is not None
        return "" if is_known else str(self.retention["from"])

    @property
    def event(self) -> str:
        """Return in words which event it waits for, or nothing."""
        return str(self.retention["event"]) if self.waits_for else ""


_STORED = (
    "id",
    "unit_id",
    "case_id",
    "object_name",
    "kek_sealed",
    "key_id",
    "envelope_sha256",
    "content_mac",
    "made_at",
    "verified_at",
    "record_type",
    "classification",
    "controller",
    "retention",
    "dispose_after",
    "held_at",
    "disposed_at",
)


def insert_once(tc: TenantConnection, record: RecordRow) -> bool:
    """Store a record; say whether it is new."""
    if get(tc, record.id) is not None:
        return False
    tc.insert(records, **{name: getattr(record, name) for name in _STORED})
    return True


def get(tc: TenantConnection, record_id: str) -> RecordRow | None:
    """Return the record with this id."""
    row = tc.one(records, records.c.id == record_id)
    return _record(row) if row else None


def of_unit(tc: TenantConnection, unit_id: str) -> RecordRow | None:
    """Return the record made from the unit."""
    row = tc.one(records, records.c.unit_id == unit_id)
    return _record(row) if row else None


def of_case(tc: TenantConnection, case_id: str) -> tuple[RecordRow, ...]:
    """Return the records of a case, oldest first."""
    return _found(tc, records.c.case_id == case_id)


def all_kept(tc: TenantConnection) -> tuple[RecordRow, ...]:
    """Return every record that is not disposed of, oldest first."""
    return _found(tc, records.c.disposed_at.is_(None))


def everything(tc: TenantConnection) -> tuple[RecordRow, ...]:
    """Return every record, those disposed of too, oldest first."""
    return _found(tc)


def to_dispose(tc: TenantConnection, *, now: datetime) -> tuple[RecordRow, ...]:
    """Return what its decision says to dispose of, unless it is held."""
    return _found(
        tc,
        records.c.dispose_after <= now,
        records.c.held_at.is_(None),
        records.c.disposed_at.is_(None),
    )


def hold(tc: TenantConnection, record_id: str, *, at: datetime | None) -> bool:
    """Keep the record whatever its decision says; with no time, let it go again."""
    return (
        tc.update(
            records,
            records.c.id == record_id,
            records.c.disposed_at.is_(None),
            held_at=at,
        )
        == 1
    )


def set_dispose_after(
    tc: TenantConnection, record_id: str, *, after: datetime | None
) -> None:
    """Set when the record may go, once the event it counts from is known."""
    tc.update(records, records.c.id == record_id, dispose_after=after)


def dispose(tc: TenantConnection, record_id: str, *, at: datetime) -> bool:
    """Destroy the record's key, unless it is held; say whether it was done now."""
    disposed = tc.update(
        records,
        records.c.id == record_id,
        records.c.held_at.is_(None),
        records.c.disposed_at.is_(None),
        kek_sealed=None,
        disposed_at=at,
    )
    return disposed == 1


def _found(tc: TenantConnection, *where: ColumnElement[bool]) -> tuple[RecordRow, ...]:
    statement = tc.select(records, *where).order_by(records.c.made_at, records.c.id)
    return tuple(_record(row) for row in tc.rows(statement))


def _record(row: Row[Any]) -> RecordRow:
    return RecordRow(**{name: getattr(row, name) for name in _STORED})
