"""Ids as one session sees them: opaque, and worth nothing in another session."""

import base64
import binascii
import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from schemas.errors import Refused
from schemas.lately import Lately

KNOWN: Final = 256
"""How many handles are kept that a session has come back with."""


class Handles:
    """What makes and opens the handles of one secret, for as long as it is kept.

    >>> handles = Handles(b"s" * 32)
    >>> handles.behind(handles.of("0190")), handles.of("0190") == handles.of("0190")
    ('0190', True)
    """

    def __init__(self, secret: bytes) -> None:
        derived = hashlib.sha512(b"formbuilder handle 1\0" + secret).digest()
        self._cipher = AESSIV(derived)
        self._opened: Lately[str, str] = Lately(KNOWN)

    def of(self, id_: str) -> str:
        """Return the id as it stands in this secret's addresses; always the same."""
        sealed = self._cipher.encrypt(id_.encode(), [b""])
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def behind(self, written: str) -> str:
        """Return the id behind what stands in an address.

        Raises:
            Refused: it is made up, or another secret's.
        """
        return self._opened.get(written, lambda: self._open(written))

    def _open(self, written: str) -> str:
        try:
            padded = written.encode("ascii") + b"=" * (-len(written) % 4)
            sealed = base64.b64decode(padded, altchars=b"-_", validate=True)
            return self._cipher.decrypt(sealed, [b""]).decode()
        except (InvalidTag, UnicodeError, binascii.Error, ValueError) as error:
            raise Refused("foreign_handle") from error
