"""`deliveries`: the ledger of every order, and how to mend one."""

import json
from collections.abc import Callable
from datetime import datetime

import click

from formbuilder.audit import Event
from formbuilder.cli.common import (
    json_option,
    show_rows,
    tenant_key,
    tenant_option,
)
from formbuilder.cli.opening import opened
from formbuilder.database import audit, orders
from formbuilder.database.connection import TenantConnection
from schemas.errors import OperatorError

COLUMNS = (
    "id",
    "kind",
    "state",
    "receiver",
    "channel",
    "version",
    "attempts",
    "error_code",
    "created_at",
)


@click.group()
def deliveries() -> None:
    """The ledger: what has been delivered and archived, and what has not."""


@deliveries.command("list")
@tenant_option
@json_option
@click.option("--state", type=click.Choice(orders.STATES), default=None)
@click.option("--department", default=None)
@click.option("--limit", type=click.IntRange(1), default=200)
def list_(
    tenant: str, as_json: bool, state: str | None, department: str | None, limit: int
) -> None:
    """List orders, newest first."""
    with opened() as house:
        key = tenant_key(house.settings, tenant)
        with house.database.read(key) as tc:
            found = orders.ledger(tc, state=state, department=department, limit=limit)
    rows = [tuple(getattr(order, column) for column in COLUMNS) for order in found]
    show_rows(COLUMNS, rows, as_json=as_json)


@deliveries.command()
@tenant_option
@click.argument("order_id")
def show(tenant: str, order_id: str) -> None:
    """Show one order; never what it holds."""
    with (
        opened() as house,
        house.database.read(tenant_key(house.settings, tenant)) as tc,
    ):
        order = orders.get(tc, order_id)
    if order is None:
        raise OperatorError(f"There is no order {order_id}. See `deliveries list`.")
    columns = (*COLUMNS, "department", "next_at", "lease_until", "done_at", "failed_at")
    told = {column: getattr(order, column) for column in columns}
    click.echo(json.dumps(told, indent=2, default=str))


def _again(
    tenant: str,
    order_id: str,
    change: Callable[..., bool],
    event: Event,
) -> None:
    with opened() as house:
        now: datetime = house.clock()

        def work(tc: TenantConnection) -> bool:
            is_due = change(tc, order_id, now=now)
            if is_due:
                audit.record(tc, event=event, at=now, object_id=order_id)
            return is_due

        if not house.database.write(tenant_key(house.settings, tenant), work):
            raise OperatorError(
                f"Order {order_id} cannot be taken up again: it is unknown or not in "
                "a state for it. See `deliveries show`."
            )
    click.echo(f"{order_id}: due now")


@deliveries.command()
@tenant_option
@click.argument("order_id")
def retry(tenant: str, order_id: str) -> None:
    """Try an order that failed, or waits, again now."""
    _again(tenant, order_id, orders.retry, Event.DELIVERY_RETRIED)


@deliveries.command()
@tenant_option
@click.argument("order_id")
def replay(tenant: str, order_id: str) -> None:
    """Deliver an order once more that was delivered; its receiver knows its id."""
    _again(tenant, order_id, orders.replay, Event.DELIVERY_REPLAYED)
