"""The audit table: appended within the transaction it tells of, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from formbuilder.audit import FIRST_HASH, Entry
from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import audit


def record(
    tc: TenantConnection,
    *,
    event: str,
    at: datetime,
    actor_key: str | None = None,
    object_id: str | None = None,
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Write an event after the tenant's last one and return it.

    `event` is one of `formbuilder.audit.Event`; `detail` holds codes only.
    """
    last = _last(tc)
    entry = Entry(
        seq=last.seq + 1 if last else 1,
        at=at,
        event=str(event),
        actor_key=actor_key,
        object_id=object_id,
        detail=detail,
        previous_hash=last.hash if last else FIRST_HASH,
    )
    tc.insert(
        audit,
        seq=entry.seq,
        at=entry.at,
        event=entry.event,
        actor_key=entry.actor_key,
        object_id=entry.object_id,
        detail=entry.detail,
        previous_hash=entry.previous_hash,
        hash=entry.expected_hash(tc.tenant),
    )
    return entry


def newest(tc: TenantConnection, *, limit: int = 200) -> tuple[Entry, ...]:
    """Return the last events, newest first."""
    statement = tc.select(audit).order_by(audit.c.seq.desc()).limit(limit)
    return tuple(_entry(row) for row in tc.rows(statement))


def of_object(tc: TenantConnection, object_id: str) -> tuple[Entry, ...]:
    """Return what happened to one thing, oldest first."""
    statement = tc.select(audit, audit.c.object_id == object_id)
    return tuple(_entry(row) for row in tc.rows(statement.order_by(audit.c.seq)))


def first_break(tc: TenantConnection) -> int | None:
    """Return the number of the first event that was changed, or whose neighbour is.

    Nothing is returned for a whole chain. Events cut off at the end cannot be seen
    here: keep the newest hash elsewhere, too.
    """
    previous, expected = FIRST_HASH, 1
    for row in tc.rows(tc.select(audit).order_by(audit.c.seq)):
        entry = _entry(row)
        is_whole = (
            entry.seq == expected
            and entry.previous_hash == previous
            and entry.hash == entry.expected_hash(tc.tenant)
        )
        if not is_whole:
            return expected
        previous, expected = entry.hash, expected + 1
    return None


def _last(tc: TenantConnection) -> Row[Any] | None:
    statement = tc.select(audit).order_by(audit.c.seq.desc()).limit(1)
    return next(iter(tc.rows(statement)), None)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        seq=row.seq,
        at=row.at,
        event=row.event,
        actor_key=row.actor_key,
        object_id=row.object_id,
        detail=row.detail,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
