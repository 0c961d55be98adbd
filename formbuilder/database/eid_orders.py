"""Orders at an eID provider: one collector at a time, one result, used once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import eid_orders

PENDING = "pending"
COMPLETE = "complete"
FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EidOrderRow:
    """One log-in or signature under way, bound to the browser that started it."""

    id: str
    provider: str
    purpose: str
    flow_hash: str
    person_key: str | None = None
    order_sealed: bytes = field(repr=False)
    context_sealed: bytes = field(repr=False)
    created_at: datetime
    last_collect_at: datetime | None = None
    lease_until: datetime | None = None
    status: str = PENDING
    hint: str | None = None
    result_sealed: bytes | None = field(default=None, repr=False)
    consumed_at: datetime | None = None


def insert(tc: TenantConnection, order: EidOrderRow) -> None:
    """Store an order that was just started."""
    tc.insert(
        eid_orders,
        id=order.id,
        provider=order.provider,
        purpose=order.purpose,
        flow_hash=order.flow_hash,
        person_key=order.person_key,
        order_sealed=order.order_sealed,
        context_sealed=order.context_sealed,
        created_at=order.created_at,
        status=PENDING,
    )


def get(tc: TenantConnection, order_id: str) -> EidOrderRow | None:
    """Return the order with this id."""
    row = tc.one(eid_orders, eid_orders.c.id == order_id)
    return _order(row) if row else None


def of_browser(tc: TenantConnection, flow_hash: str) -> tuple[EidOrderRow, ...]:
    """Return the orders of one browser, the last started first."""
    statement = tc.select(eid_orders, eid_orders.c.flow_hash == flow_hash)
    rows = tc.rows(statement.order_by(eid_orders.c.created_at.desc()))
    return tuple(_order(row) for row in rows)


def claim(
    tc: TenantConnection,
    order_id: str,
    *,
    now: datetime,
    not_after: datetime,
    lease_until: datetime,
) -> bool:
    """Take the right to collect, unless another has it or just did.

    `not_after` is the latest last collect that allows a new one.
    """
    taken = tc.update(
        eid_orders,
        eid_orders.c.id == order_id,
        eid_orders.c.status == PENDING,
        or_(eid_orders.c.lease_until.is_(None), eid_orders.c.lease_until <= now),
        or_(
            eid_orders.c.last_collect_at.is_(None),
            eid_orders.c.last_collect_at <= not_after,
        ),
        lease_until=lease_until,
        last_collect_at=now,
    )
    return taken == 1


def note_pending(tc: TenantConnection, order_id: str, *, hint: str | None) -> None:
    """Give the right to collect back; the order goes on."""
    tc.update(
        eid_orders,
        eid_orders.c.id == order_id,
        eid_orders.c.status == PENDING,
        hint=hint,
        lease_until=None,
    )


def finish(
    tc: TenantConnection,
    order_id: str,
    *,
    status: str,
    hint: str | None = None,
    result_sealed: bytes | None = None,
) -> bool:
    """Store how the order ended; say whether this was the first to know."""
    first = tc.update(
        eid_orders,
        eid_orders.c.id == order_id,
        eid_orders.c.status == PENDING,
        status=status,
        hint=hint,
        result_sealed=result_sealed,
        lease_until=None,
    )
    return first == 1


def give_up(tc: TenantConnection, order_id: str, *, hint: str) -> None:
    """End an order that nobody has used, whatever became of it."""
    tc.update(
        eid_orders,
        eid_orders.c.id == order_id,
        eid_orders.c.consumed_at.is_(None),
        eid_orders.c.status != FAILED,
        status=FAILED,
        hint=hint,
        result_sealed=None,
        lease_until=None,
    )


def consume(tc: TenantConnection, order_id: str, *, at: datetime) -> bool:
    """Use the result; say whether it was complete and never used before."""
    used = tc.update(
        eid_orders,
        eid_orders.c.id == order_id,
        eid_orders.c.status == COMPLETE,
        eid_orders.c.consumed_at.is_(None),
        consumed_at=at,
    )
    return used == 1


def delete_started_before(tc: TenantConnection, before: datetime) -> int:
    """Forget orders that nobody can be waiting for."""
    return tc.delete(eid_orders, eid_orders.c.created_at < before)


def _order(row: Row[Any]) -> EidOrderRow:
    return EidOrderRow(
        id=row.id,
        provider=row.provider,
        purpose=row.purpose,
        flow_hash=row.flow_hash,
        person_key=row.person_key,
        order_sealed=row.order_sealed,
        context_sealed=row.context_sealed,
        created_at=row.created_at,
        last_collect_at=row.last_collect_at,
        lease_until=row.lease_until,
        status=row.status,
        hint=row.hint,
        result_sealed=row.result_sealed,
        consumed_at=row.consumed_at,
    )
