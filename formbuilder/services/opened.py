"""What was opened a moment ago: a draft settles once for a post and the next page.

Sessions are kept in the same way. What was opened is found by its whole row as the
database has it now, sealed bytes and all, so whoever may not read the row finds
nothing, and what has changed or ended is opened anew or not at all. It is let go when
its person logs out, in the process that is told, and else `KEPT_FOR` after it was
opened: when the next one is opened, or when the next round tidies.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, Generic, TypeVar

T = TypeVar("T")
KEPT_FOR: Final = timedelta(minutes=5)
MOST: Final = 128
"""How many of a kind one process keeps open; the one opened first goes first."""


class Opened(Generic[T]):
    """At most `most` values, by municipality and id, with what each was made of."""

    def __init__(self, clock: Callable[[], datetime], most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[datetime, Hashable, str, T]] = (
            OrderedDict()
        )

    def get(
        self,
        key: tuple[str, str],
        row: Hashable,
        person_key: str,
        make: Callable[[], T],
    ) -> T:
        """Return what is made of this row, made now unless it was a moment ago.

        `key` is the municipality and the id, `row` all that the value is made of.
        """
        now = self._clock()
        found = self._kept.get(key)
        if found is not None and found[1] == row and now - found[0] < KEPT_FOR:
            return found[3]
        made = make()
        with self._lock:
            self._let_go(now)
            self._kept[key] = (now, row, person_key, made)
            self._kept.move_to_end(key)
        return made

    def tidy(self) -> None:
        """Let go of what was opened `KEPT_FOR` ago, also where nobody asks for more."""
        with self._lock:
            self._let_go(self._clock())

    def forget(self, tenant: str, person_key: str) -> None:
        """Let go of everything of a person's."""
        with self._lock:
            for key, (_, _, whose, _) in tuple(self._kept.items()):
                if key[0] == tenant and whose == person_key:
                    del self._kept[key]

    def _let_go(self, now: datetime) -> None:
        while self._kept:
            oldest = next(iter(self._kept))
            at = self._kept[oldest][0]
            if len(self._kept) <= self._most and now - at < KEPT_FOR:
                return
            del self._kept[oldest]
