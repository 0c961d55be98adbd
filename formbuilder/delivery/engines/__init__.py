"""The engines that come with the service."""

from formbuilder.delivery.engine import DeliveryEngine
from formbuilder.delivery.engines.lease import LeaseEngine
from formbuilder.delivery.engines.procrastinate import ProcrastinateEngine
from formbuilder.delivery.worker import Workshop

BUILT_IN: tuple[type[DeliveryEngine], ...] = (LeaseEngine, ProcrastinateEngine)


def engine_for(shop: Workshop) -> DeliveryEngine:
    """Return the engine that suits the database: leases alone on SQLite."""
    is_postgres = shop.database.url.startswith("postgresql")
    return ProcrastinateEngine(shop) if is_postgres else LeaseEngine(shop)
