"""How often one browser or address may start what costs or pesters others."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from flask import current_app

EXTENSION: Final = "formbuilder-limits"
WITHIN: Final = timedelta(minutes=1)
FOR_BROWSER: Final = 10
FOR_ADDRESS: Final = 120
"""A whole school may sit behind one address."""
REMEMBERED: Final = 10_000


@dataclass
class Limiter:
    """Counts starts by key within a minute, in this process; forgets the oldest key.

    A key is kept as its digest: a browser may call itself anything, at any length.

    >>> limiter = Limiter(clock=lambda: datetime(2027, 1, 1))
    >>> [limiter.take("ip", 2) for _ in range(3)]
    [True, True, False]
    """

    clock: Callable[[], datetime]
    within: timedelta = WITHIN
    _starts: OrderedDict[bytes, list[datetime]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: str, most: int) -> bool:
        """Count one start, unless there were too many lately."""
        now, known = self.clock(), sha256(key.encode()).digest()
        with self._lock:
            before = self._starts.pop(known, [])
            lately = [at for at in before if now - at < self.within]
            is_allowed = len(lately) < most
            self._starts[known] = [*lately, now] if is_allowed else lately
            while len(self._starts) > REMEMBERED:
                self._starts.popitem(last=False)
        return is_allowed


def may_start(tenant: str, address: str, browser: str = "") -> bool:
    """Tell whether this browser, at this address, may start one more."""
    limiter: Limiter = current_app.extensions[EXTENSION]
    if browser and not limiter.take(f"{tenant} browser {browser}", FOR_BROWSER):
        return False
    return limiter.take(f"{tenant} address {address}", FOR_ADDRESS)
