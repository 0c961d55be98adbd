"""Faults a test may ask for, to see that they are met with a clear message."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CODES = {
    "alreadyInProgress": 400,
    "invalidParameters": 400,
    "unauthorized": 401,
    "notFound": 404,
    "methodNotAllowed": 405,
    "requestTimeout": 408,
    "unsupportedMediaType": 415,
    "internalError": 500,
    "maintenance": 503,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong.

    `on` is a path, or `*`. `error` is a code to answer with; `html` answers a page
    instead; `delay` waits; `drop` cuts the connection after the call was done;
    `hint` and `status` are what `collect` says instead; `extra` adds an unknown field.
    """

    on: str = "*"
    error: str = ""
    html: bool = False
    delay: float = 0.0
    drop: bool = False
    hint: str = ""
    status: str = "pending"
    extra: bool = False


class Faults:
    """The faults still to come, in order."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, wanted: Mapping[str, Any]) -> None:
        """Ask for a fault, `times` over."""
        times = int(wanted.get("times", 1))
        fault = Fault(**{k: v for k, v in wanted.items() if k != "times"})
        with self._lock:
            self._waiting += [fault] * times

    def clear(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._waiting.clear()

    def take(self, path: str) -> Fault | None:
        """Return the next fault meant for this call, which then has happened."""
        with self._lock:
            for fault in self._waiting:
                if fault.on in ("*", path):
                    self._waiting.remove(fault)
                    return fault
        return None
