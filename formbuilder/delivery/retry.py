"""When to try again: pure, the random fraction is given."""

from datetime import timedelta
from typing import Final

FIRST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(hours=1)
TRIES: Final = 100


def wait_before(attempt: int, *, fraction: float) -> timedelta:
    """Return how long to wait after that attempt: doubling, then hourly.

    `fraction` (0 to 1) spreads the waits over their upper half, so that what failed
    together does not come back together.

    >>> wait_before(1, fraction=1.0)
    datetime.timedelta(seconds=5)
    >>> wait_before(3, fraction=0.0)
    datetime.timedelta(seconds=10)
    >>> wait_before(80, fraction=1.0)
    datetime.timedelta(seconds=3600)
    """
    doublings = min(max(attempt, 1) - 1, 20)
    doubled = FIRST * (1 << doublings)
    return min(doubled, LONGEST) * (0.5 + fraction / 2)


def is_last(attempt: int) -> bool:
    """Say whether somebody must look at it instead of another try (some four days)."""
    return attempt >= TRIES
