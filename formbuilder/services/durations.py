"""ISO 8601 durations as whole days, for things that need no calendar."""

import re
from typing import Final

_SHAPE: Final = re.compile(
    r"P(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?"
    r"(?:(?P<weeks>[0-9]+)W)?(?:(?P<days>[0-9]+)D)?\Z"
)
_DAYS: Final = {"years": 366, "months": 31, "weeks": 7, "days": 1}


def days(duration: str) -> int:
    """Return the number of days, counting months and years as long ones.

    >>> days("P30D"), days("P1M2W")
    (30, 45)
    """
    found = _SHAPE.match(duration)
    if found is None:
        raise ValueError(f"{duration!r} is no duration of days.")
    return sum(int(found[unit] or 0) * length for unit, length in _DAYS.items())
