"""What a check found, and how to mend it."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The outcome of one check; `advice` says what to do unless all is well."""

    check: str
    state: State
    message: str
    advice: str = ""

    @property
    def is_ok(self) -> bool:
        """Say whether the service can do its work as far as this goes."""
        return self.state != "failed"


def ok(check: str, message: str) -> Finding:
    """Say that all is well."""
    return Finding(check=check, state="ok", message=message)


def warning(check: str, message: str, advice: str) -> Finding:
    """Say that something works less well or not for long."""
    return Finding(check=check, state="warning", message=message, advice=advice)


def failed(check: str, message: str, advice: str) -> Finding:
    """Say that something does not work."""
    return Finding(check=check, state="failed", message=message, advice=advice)
