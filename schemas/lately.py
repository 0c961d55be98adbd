"""The values asked for last: the one kind of bounded cache there is."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lately(Generic[K, V]):
    """At most so many values by key; the one not asked for longest goes first.

    What is `most` may be counted in anything: a value weighs 1 unless it says more,
    and the one asked for last stays whatever it weighs.

    A key holds all that its value is made of, so that a value is never out of date.
    Threads may share it: two that ask at once may both make the value, and one stays.

    >>> lately = Lately[str, int](most=2)
    >>> [lately.get(word, lambda: len(word)) for word in ("a", "bb", "a", "ccc")]
    [1, 2, 1, 3]
    >>> lately.keys()
    ('a', 'ccc')
    """

    def __init__(self, most: int, let_go: Callable[[], object] | None = None) -> None:
        """Keep so much; `let_go` is called after something had to go."""
        self._most = most
        self._let_go = let_go
        self._weight = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V], weight: int = 1) -> V:
        """Return the key's value, made now if it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
        made, has_gone = make(), False
        with self._lock:
            self._forget(key)
            self._values[key] = (made, weight)
            self._weight += weight
            while self._weight > self._most and len(self._values) > 1:
                self._forget(next(iter(self._values)))
                has_gone = True
        if has_gone and self._let_go:
            self._let_go()
        return made

    def known(self, key: K) -> V | None:
        """Return the key's value if it is kept."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def keys(self) -> tuple[K, ...]:
        """Return the keys of what is kept, the one to go first at the front."""
        with self._lock:
            return tuple(self._values)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._values.clear()
            self._weight = 0

    def _forget(self, key: K) -> None:
        if key in self._values:
            self._weight -= self._values.pop(key)[1]
