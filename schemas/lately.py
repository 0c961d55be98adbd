"""The values asked for last: the one kind of bounded cache there is."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lately(Generic[K, V]):
    """At most so many values by key; the one not asked for longest goes first.

    A key holds all that its value is made of, so that a value is never out of date.
    Threads may share it: two that ask at once may both make the value, and one stays.

    >>> lately = Lately[str, int](most=2)
    >>> [lately.get(word, lambda: len(word)) for word in ("a", "bb", "a", "ccc")]
    [1, 2, 1, 3]
    >>> lately.keys()
    ('a', 'ccc')
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the key's value, made now if it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return made

    def keys(self) -> tuple[K, ...]:
        """Return the keys of what is kept, the one to go first at the front."""
        with self._lock:
            return tuple(self._values)

    def forget(self, key: K) -> None:
        """Let go of a key's value."""
        with self._lock:
            self._values.pop(key, None)
