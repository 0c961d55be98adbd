"""The engines that come with the service, each brought in when it is asked for.

`BUILT_IN` holds their classes. A process on SQLite never asks for all of them, and so
does without PostgreSQL's libraries and the 11 MB they take.
"""

from importlib import import_module
from typing import Final

from formbuilder.config import Settings
from formbuilder.delivery.engine import DeliveryEngine

_CLASSES: Final = {"lease": "LeaseEngine", "procrastinate": "ProcrastinateEngine"}


def __getattr__(name: str) -> tuple[type[DeliveryEngine], ...]:
    if name == "BUILT_IN":
        return tuple(map(_engine, _CLASSES))
    raise AttributeError(name)


def engine_for(settings: Settings) -> type[DeliveryEngine]:
    """Return the engine that suits the database: leases alone on SQLite."""
    return _engine("lease" if settings.is_embedded else "procrastinate")


def _engine(module: str) -> type[DeliveryEngine]:
    home = import_module(f"{__name__}.{module}")
    found: type[DeliveryEngine] = getattr(home, _CLASSES[module])
    return found
