"""Where envelopes lie: written once, never changed, read back before they count."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final, Protocol

from schemas.errors import PermanentError

OBJECT_NAME: Final = re.compile(
    r"[a-z0-9][a-z0-9._-]{0,99}(?:/[a-z0-9][a-z0-9._-]{0,99}){0,7}", re.ASCII
)


class AlreadyStored(PermanentError):  # noqa: N818 - a verdict
    """Something already lies under this name, and it stays as it is."""


class NotStored(PermanentError):  # noqa: N818 - a verdict
    """Nothing lies under this name."""


class Store(Protocol):
    """One place for envelopes, addressed by names such as `tenant/record.pdf.cms`."""

    key: ClassVar[str]

    def put(self, name: str, content: bytes) -> None:
        """Write durably under a new name, read back and compare.

        Raises AlreadyStored when the name is taken, TemporaryError when the place
        cannot be written now.
        """

    def get(self, name: str) -> bytes:
        """Return what lies under the name, or raise NotStored."""

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield every stored name that starts so, in order."""

    def remove(self, name: str) -> None:
        """Take away what a decision has disposed of, or raise NotStored."""


def checked_name(name: str) -> str:
    """Return the name if it can stand in every store.

    Raises:
        PermanentError: the name could leave the store or mean two things.

    """
    if not OBJECT_NAME.fullmatch(name):
        raise PermanentError(
            "An object's name has other characters than a-z, 0-9, dot, dash and "
            "underscore between single slashes. Name it by its id."
        )
    return name
