"""Parts from other distributions: found by entry point, taken in only when listed."""

from collections.abc import Iterable
from importlib.metadata import distributions, entry_points
from typing import Any, Final

from schemas.errors import OperatorError

PREFIX: Final = "formbuilder."
CHANNELS: Final = "formbuilder.delivery_channels"


def listed_parts(group: str, enabled: Iterable[str]) -> tuple[Any, ...]:
    """Return the parts of a group whose names the operator has listed.

    Nothing else that happens to be installed is imported.

    Raises:
        OperatorError: one that is listed is not installed in any group.
    """
    wanted = tuple(enabled)
    offered = (point for found in distributions() for point in found.entry_points)
    known = {point.name for point in offered if point.group.startswith(PREFIX)}
    missing = [name for name in wanted if name not in known]
    if missing:
        raise OperatorError(
            f"plugins names {', '.join(missing)}, which no installed distribution "
            "offers. Install it beside the service, or remove it from plugins."
        )
    return tuple(
        point.load() for point in entry_points(group=group) if point.name in wanted
    )
