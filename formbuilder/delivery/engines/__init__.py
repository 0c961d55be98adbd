"""The engines that come with the service."""

from formbuilder.delivery.engine import DeliveryEngine
from formbuilder.delivery.engines.lease import LeaseEngine

BUILT_IN: tuple[type[DeliveryEngine], ...] = (LeaseEngine,)
