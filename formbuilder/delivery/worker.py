"""One order, from lease to ledger; everything in between may happen twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

import structlog

from formbuilder.audit import Event
from formbuilder.database import audit, orders
from formbuilder.database.connection import TenantConnection
from formbuilder.database.database import Database
from formbuilder.database.orders import OrderRow
from formbuilder.delivery.channel import Channel, ChannelRefused, Delivery
from formbuilder.delivery.heartbeat import Heartbeat
from formbuilder.delivery.retry import is_last, wait_before
from schemas.errors import PermanentError, TemporaryError

LEASE: Final = timedelta(seconds=30)
_log = structlog.get_logger()


class Fulfil(Protocol):
    """How an order becomes a delivery: open its content, render its documents."""

    def __call__(self, tenant: str, order: OrderRow) -> Delivery: ...


class ArchiveUnit(Protocol):
    """How an archive order becomes a verified record; doing it twice is harmless."""

    def __call__(self, tenant: str, order: OrderRow) -> None: ...


class Outcome(StrEnum):
    """How an attempt ended."""

    DONE = "done"
    PUT_OFF = "put_off"
    FAILED = "failed"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a worker works with; `name` tells its leases from those of others."""

    name: str
    database: Database
    channels: Mapping[str, Channel]
    fulfil: Fulfil
    archive: ArchiveUnit
    clock: Callable[[], datetime]
    fraction: Callable[[], float]
    heartbeat: Heartbeat
    lease: timedelta = LEASE


def workshop(
    *,
    name: str,
    database: Database,
    channels: Mapping[str, Channel],
    fulfil: Fulfil,
    archive: ArchiveUnit,
    clock: Callable[[], datetime],
    fraction: Callable[[], float],
    lease: timedelta = LEASE,
) -> Workshop:
    """Return what an engine is made with, a heartbeat included."""
    return Workshop(
        name=name,
        database=database,
        channels=channels,
        fulfil=fulfil,
        archive=archive,
        clock=clock,
        fraction=fraction,
        heartbeat=Heartbeat(database, name, clock=clock, lease=lease),
        lease=lease,
    )


def process_order(shop: Workshop, tenant: str, order_id: str) -> Outcome:
    """Take the order, do it outside any transaction, and note how it went."""
    order = _take(shop, tenant, order_id)
    if order is None:
        return Outcome.NOT_OURS
    with shop.heartbeat.holding(tenant, order.id):
        try:
            _do(shop, tenant, order)
        except PermanentError as error:
            return _fail(shop, tenant, order, _code(error))
        except TemporaryError as error:
            return _put_off(shop, tenant, order, _code(error))
        except Exception as error:  # noqa: BLE001 - the worker loop outlives any fault
            # The message may hold an answer, so its type alone is told.
            _log.error("order_crashed", order=order.id, error=type(error).__name__)
            return _put_off(shop, tenant, order, "unexpected")
    return _finish(shop, tenant, order)


def _take(shop: Workshop, tenant: str, order_id: str) -> OrderRow | None:
    now = shop.clock()

    def lease(tc: TenantConnection) -> OrderRow | None:
        return orders.lease(
            tc, order_id, worker=shop.name, now=now, until=now + shop.lease
        )

    return shop.database.write(tenant, lease)


def _do(shop: Workshop, tenant: str, order: OrderRow) -> None:
    if order.kind == orders.ARCHIVE:
        shop.archive(tenant, order)
        return
    channel = shop.channels.get(order.channel or "")
    if channel is None:
        raise ChannelRefused(
            "no_such_channel",
            f"The channel {order.channel} is not enabled. Enable it, then run: "
            f"formbuilder deliveries retry {order.id}.",
        )
    channel.deliver(shop.fulfil(tenant, order))


def _finish(shop: Workshop, tenant: str, order: OrderRow) -> Outcome:
    at = shop.clock()

    def done(tc: TenantConnection) -> bool:
        is_ours = orders.mark_done(tc, order.id, worker=shop.name, at=at)
        if is_ours and order.kind == orders.DELIVERY:
            _audit(tc, Event.DELIVERED, order, at)
        return is_ours

    return _told(order, Outcome.DONE, shop.database.write(tenant, done))


def _fail(shop: Workshop, tenant: str, order: OrderRow, code: str) -> Outcome:
    at = shop.clock()

    def failed(tc: TenantConnection) -> bool:
        is_ours = orders.mark_failed(tc, order.id, worker=shop.name, at=at, code=code)
        if is_ours:
            _audit(tc, Event.DELIVERY_FAILED, order, at, code=code)
        return is_ours

    return _told(order, Outcome.FAILED, shop.database.write(tenant, failed), code=code)


def _put_off(shop: Workshop, tenant: str, order: OrderRow, code: str) -> Outcome:
    if is_last(order.attempts):
        return _fail(shop, tenant, order, code)
    until = shop.clock() + wait_before(order.attempts, fraction=shop.fraction())

    def later(tc: TenantConnection) -> bool:
        return orders.put_off(tc, order.id, worker=shop.name, until=until, code=code)

    return _told(order, Outcome.PUT_OFF, shop.database.write(tenant, later), code=code)


def _audit(
    tc: TenantConnection, event: Event, order: OrderRow, at: datetime, **codes: str
) -> None:
    detail = {
        "kind": order.kind,
        "receiver": order.receiver or "",
        "channel": order.channel or "",
        **codes,
    }
    audit.record(tc, event=event, at=at, object_id=order.id, detail=detail)


def _told(order: OrderRow, outcome: Outcome, is_ours: bool, **codes: str) -> Outcome:
    told = outcome if is_ours else Outcome.NOT_OURS
    _log.info(
        "order_processed",
        order=order.id,
        kind=order.kind,
        channel=order.channel,
        attempt=order.attempts,
        outcome=told.value,
        **codes,
    )
    return told


def _code(error: Exception) -> str:
    """Return what the ledger remembers: a code, never a message."""
    code = getattr(error, "code", None)
    return code if isinstance(code, str) else type(error).__name__
