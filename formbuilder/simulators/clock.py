"""A simulator's clock, which a test may push forward."""

from datetime import datetime, timedelta

from formbuilder.clock import Clock, utc_now


class PushableClock:
    """Another clock, some way ahead of it."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the simulator's time."""
        return self._clock() + self._ahead

    def push(self, seconds: float) -> None:
        """Move the time forward."""
        self._ahead += timedelta(seconds=seconds)
