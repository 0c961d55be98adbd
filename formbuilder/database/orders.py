"""Orders: what must still be delivered or archived, and the ledger of what was."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import orders

DELIVERY = "delivery"
ARCHIVE = "archive"
STATES = ("new", "waiting", "done", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One thing to do once, which may have to be tried many times."""

    id: str
    kind: str
    case_id: str
    unit_id: str | None = None
    stream_id: str | None = None
    receiver: str | None = None
    department: str | None = None
    channel: str | None = None
    version: int = 1
    content_sealed: bytes = field(repr=False)
    created_at: datetime
    next_at: datetime
    lease_until: datetime | None = None
    leased_by: str | None = None
    attempts: int = 0
    done_at: datetime | None = None
    failed_at: datetime | None = None
    error_code: str | None = None

    @property
    def state(self) -> str:
        """Return done, failed, waiting (to be retried) or new."""
        if self.done_at is not None:
            return "done"
        if self.failed_at is not None:
            return "failed"
        return "waiting" if self.attempts else "new"


_STORED = (
    "id",
    "kind",
    "case_id",
    "unit_id",
    "stream_id",
    "receiver",
    "department",
    "channel",
    "version",
    "content_sealed",
    "created_at",
    "next_at",
    "lease_until",
    "leased_by",
    "attempts",
    "done_at",
    "failed_at",
    "error_code",
)


def insert_many(tc: TenantConnection, rows: tuple[OrderRow, ...]) -> None:
    """Store orders beside what they follow from."""
    tc.insert_many(
        orders, [{name: getattr(row, name) for name in _STORED} for row in rows]
    )


def insert(tc: TenantConnection, row: OrderRow) -> None:
    """Store one order beside what it follows from."""
    insert_many(tc, (row,))


def get(tc: TenantConnection, order_id: str) -> OrderRow | None:
    """Return the order with this id."""
    row = tc.one(orders, orders.c.id == order_id)
    return _order(row) if row else None


def archive_of(tc: TenantConnection, unit_id: str) -> OrderRow | None:
    """Return the order that makes a version's record."""
    row = tc.one(orders, orders.c.unit_id == unit_id, orders.c.kind == ARCHIVE)
    return _order(row) if row else None


def due(tc: TenantConnection, *, now: datetime, limit: int) -> tuple[str, ...]:
    """Return the ids of orders that may be taken now, the most overdue first."""
    statement = (
        select(orders.c.id)
        .where(orders.c.tenant == tc.tenant, _may_be_taken(now), _is_first_in_stream())
        .order_by(orders.c.next_at, orders.c.id)
        .limit(limit)
    )
    return tuple(row.id for row in tc.rows(statement))


def lease(
    tc: TenantConnection, order_id: str, *, worker: str, now: datetime, until: datetime
) -> OrderRow | None:
    """Take the order until then and count the attempt; nothing if another has it."""
    taken = tc.update(
        orders,
        orders.c.id == order_id,
        _may_be_taken(now),
        _is_first_in_stream(),
        lease_until=until,
        leased_by=worker,
        attempts=orders.c.attempts + 1,
    )
    return get(tc, order_id) if taken else None


def renew(tc: TenantConnection, order_id: str, *, worker: str, until: datetime) -> bool:
    """Keep the order longer; say whether it is still this worker's."""
    return tc.update(orders, *_held(order_id, worker), lease_until=until) == 1


def mark_done(
    tc: TenantConnection, order_id: str, *, worker: str, at: datetime
) -> bool:
    """Note that the order is done; say whether it was still this worker's."""
    return _settle(tc, order_id, worker, done_at=at, error_code=None)


def mark_failed(
    tc: TenantConnection, order_id: str, *, worker: str, at: datetime, code: str
) -> bool:
    """Note that trying again will not help until somebody mends something."""
    return _settle(tc, order_id, worker, failed_at=at, error_code=code)


def put_off(
    tc: TenantConnection, order_id: str, *, worker: str, until: datetime, code: str
) -> bool:
    """Let the order be tried again later."""
    return _settle(tc, order_id, worker, next_at=until, error_code=code)


def retry(tc: TenantConnection, order_id: str, *, now: datetime) -> bool:
    """Try a failed or waiting order at once, its attempts counted anew.

    Nothing happens while a worker has it.
    """
    return (
        tc.update(
            orders,
            orders.c.id == order_id,
            orders.c.done_at.is_(None),
            _is_free(now),
            failed_at=None,
            next_at=now,
            attempts=0,
            lease_until=None,
            leased_by=None,
        )
        == 1
    )


def replay(tc: TenantConnection, order_id: str, *, now: datetime) -> bool:
    """Do a finished order again under its own id, for a receiver that lost it."""
    return (
        tc.update(
            orders,
            orders.c.id == order_id,
            orders.c.done_at.is_not(None),
            done_at=None,
            next_at=now,
            attempts=0,
            lease_until=None,
            leased_by=None,
        )
        == 1
    )


def ledger(
    tc: TenantConnection,
    *,
    state: str | None = None,
    department: str | None = None,
    case_id: str | None = None,
    limit: int = 200,
) -> tuple[OrderRow, ...]:
    """Return orders, newest first."""
    where = [_in_state(state)] if state else []
    if department:
        where.append(orders.c.department == department)
    if case_id:
        where.append(orders.c.case_id == case_id)
    statement = tc.select(orders, *where)
    newest = statement.order_by(orders.c.created_at.desc(), orders.c.id.desc())
    return tuple(_order(row) for row in tc.rows(newest.limit(limit)))


def counts(tc: TenantConnection) -> dict[str, int]:
    """Return how many orders are in each state."""
    return {
        state: tc.execute(
            tc.select(orders, _in_state(state)).with_only_columns(func.count())
        ).scalar_one()
        for state in STATES
    }


def _open() -> ColumnElement[bool]:
    return and_(orders.c.done_at.is_(None), orders.c.failed_at.is_(None))


def _in_state(state: str) -> ColumnElement[bool]:
    if state == "done":
        return orders.c.done_at.is_not(None)
    if state == "failed":
        return orders.c.failed_at.is_not(None)
    is_tried = orders.c.attempts > 0 if state == "waiting" else orders.c.attempts == 0
    return and_(_open(), is_tried)


def _may_be_taken(now: datetime) -> ColumnElement[bool]:
    return and_(_open(), orders.c.next_at <= now, _is_free(now))


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(orders.c.lease_until.is_(None), orders.c.lease_until <= now)


def _is_first_in_stream() -> ColumnElement[bool]:
    """A receiver gets the versions of one stream in order."""
    earlier = orders.alias("earlier")
    return ~(
        select(earlier.c.id)
        .where(
            earlier.c.tenant == orders.c.tenant,
            earlier.c.stream_id == orders.c.stream_id,
            earlier.c.channel == orders.c.channel,
            earlier.c.version < orders.c.version,
            earlier.c.done_at.is_(None),
            earlier.c.failed_at.is_(None),
        )
        .exists()
    )


def _held(order_id: str, worker: str) -> tuple[ColumnElement[bool], ...]:
    return (orders.c.id == order_id, orders.c.leased_by == worker, _open())


def _settle(tc: TenantConnection, order_id: str, worker: str, **values: object) -> bool:
    where = _held(order_id, worker)
    return tc.update(orders, *where, lease_until=None, leased_by=None, **values) == 1


def _order(row: Row[Any]) -> OrderRow:
    return OrderRow(**{name: getattr(row, name) for name in _STORED})
