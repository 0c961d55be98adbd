"""The contract of a malware scanner: read a file's bytes and say what was found."""

from collections.abc import Iterable
from typing import ClassVar, Protocol

from schemas.errors import TemporaryError


class ScannerUnavailable(TemporaryError):  # noqa: N818 - a state, named as one
    """The scanner gives no verdict now: files wait, and nothing is lost."""


class Scanner(Protocol):
    """One way to look for malware."""

    key: ClassVar[str]

    def scan(self, pieces: Iterable[bytes]) -> str:
        """Return the name of what was found, empty when nothing was.

        Raises:
            ScannerUnavailable: it gives no verdict.
        """

    def version(self) -> str:
        """Return what it is and how new, for the operator.

        Raises:
            ScannerUnavailable: it does not answer.
        """
