"""What time it is, and what tells it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final

Clock = Callable[[], datetime]
"""Tells the time in UTC; whoever tries another hour is given another clock."""

utc_now: Final = partial(datetime.now, UTC)
"""The clock of whatever is in service."""
