"""The audit table: appended within the transaction it tells of, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from formbuilder.audit import FIRST_HASH, Entry
from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import audit

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A tenant's events as far as they follow upon each other, and where they stop.

    Events cut off at the end leave no mark in it: who keeps `last_hash` of today
    elsewhere can see whether that event is still there.
    """

    events: int
    last_hash: str
    broken_at: int | None = None


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


def follow(tc: TenantConnection) -> Chain:
    """Follow the chain from its first event to the last one, or to what was changed."""
    statement = tc.select(audit).order_by(audit.c.seq)
    # Some rows at a time: the events of many years do not fit in memory.
    with tc.execute(statement.execution_options(yield_per=_AT_ONCE)) as rows:
        return _followed(tc.tenant, rows)


def _followed(tenant: str, rows: Iterable[Row[Any]]) -> Chain:
    events, last_hash = 0, FIRST_HASH
    try:
        for entry in map(_entry, rows):
            is_next = (entry.seq, entry.previous_hash) == (events + 1, last_hash)
            if not is_next or entry.hash != entry.expected_hash(tenant):
                break
            events, last_hash = entry.seq, entry.hash
        else:
            return Chain(events=events, last_hash=last_hash)
    except (ValueError, TypeError):
        # Somebody wrote what is no JSON, text or time: a break like any other.
        pass
    return Chain(events=events, last_hash=last_hash, broken_at=events + 1)


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
