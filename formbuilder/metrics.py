"""Figures for operators, counted from the rows at the moment they are asked for."""

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from formbuilder.database import orders
from formbuilder.database.database import Database


def is_ready(database: Database) -> bool:
    """Say whether every tenant's rows can be read."""
    try:
        for tenant in database.tenants:
            with database.read(tenant) as tc:
                orders.counts(tc)
    except SQLAlchemyError:
        return False
    return True


def figures(database: Database) -> bytes:
    """Return the state of the ledger in the Prometheus text format."""
    registry = CollectorRegistry()
    gauge = Gauge(
        "formbuilder_orders",
        "Orders in the ledger by municipality and state",
        ["tenant", "state"],
        registry=registry,
    )
    for tenant in sorted(database.tenants):
        with database.read(tenant) as tc:
            for state, count in orders.counts(tc).items():
                gauge.labels(tenant=tenant, state=state).set(count)
    return generate_latest(registry)
