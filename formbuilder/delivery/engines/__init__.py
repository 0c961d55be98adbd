"""The engines that come with the service."""

from formbuilder.config import Settings
from formbuilder.delivery.engine import DeliveryEngine
from formbuilder.delivery.engines.lease import LeaseEngine
from formbuilder.delivery.engines.procrastinate import ProcrastinateEngine

BUILT_IN: tuple[type[DeliveryEngine], ...] = (LeaseEngine, ProcrastinateEngine)


def engine_for(settings: Settings) -> type[DeliveryEngine]:
    """Return the engine that suits the database: leases alone on SQLite."""
    return LeaseEngine if settings.is_embedded else ProcrastinateEngine
