"""Inboxes: what each department was delivered here, and what it did with it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import inbox


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One delivery as it lies in a department's inbox, its content sealed."""

    id: str
    order_id: str
    department: str
    receiver: str
    ref: str
    version: int
    content_sealed: bytes = field(repr=False)
    received_at: datetime
    opened_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None


def insert_once(tc: TenantConnection, row: InboxRow) -> bool:
    """Store a delivery; say whether it is the first time the order comes."""
    if tc.one(inbox, inbox.c.order_id == row.order_id) is not None:
        return False
    tc.insert(
        inbox,
        id=row.id,
        order_id=row.order_id,
        department=row.department,
        receiver=row.receiver,
        ref=row.ref,
        version=row.version,
        content_sealed=row.content_sealed,
        received_at=row.received_at,
    )
    return True


def of_department(
    tc: TenantConnection, department: str, *, limit: int = 1000
) -> tuple[InboxRow, ...]:
    """Return what the department has, newest first."""
    statement = tc.select(inbox, inbox.c.department == department)
    newest = statement.order_by(inbox.c.received_at.desc(), inbox.c.id.desc())
    return tuple(_item(row) for row in tc.rows(newest.limit(limit)))


def get(tc: TenantConnection, department: str, item_id: str) -> InboxRow | None:
    """Return one delivery, if it is this department's."""
    row = tc.one(inbox, inbox.c.id == item_id, inbox.c.department == department)
    return _item(row) if row else None


def mark_opened(
    tc: TenantConnection, department: str, item_id: str, *, at: datetime
) -> None:
    """Note when it was first opened."""
    tc.update(
        inbox,
        inbox.c.id == item_id,
        inbox.c.department == department,
        inbox.c.opened_at.is_(None),
        opened_at=at,
    )


def mark_confirmed(
    tc: TenantConnection, department: str, item_id: str, *, at: datetime, by: str
) -> bool:
    """Note who confirmed receipt first; say whether it was this time."""
    confirmed = tc.update(
        inbox,
        inbox.c.id == item_id,
        inbox.c.department == department,
        inbox.c.confirmed_at.is_(None),
        confirmed_at=at,
        confirmed_by=by,
    )
    return confirmed == 1


def _item(row: Row[Any]) -> InboxRow:
    return InboxRow(
        id=row.id,
        order_id=row.order_id,
        department=row.department,
        receiver=row.receiver,
        ref=row.ref,
        version=row.version,
        content_sealed=row.content_sealed,
        received_at=row.received_at,
        opened_at=row.opened_at,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
    )
