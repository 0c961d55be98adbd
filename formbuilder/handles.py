"""Ids as one session sees them: opaque, and worth nothing in another session."""

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from schemas.errors import Refused


def handle(session_secret: bytes, id_: str, kind: str = "") -> str:
    """Return the id as it stands in this session's addresses; always the same.

    >>> handle(b"s" * 32, "0190") == handle(b"s" * 32, "0190")
    True
    """
    sealed = _cipher(session_secret).encrypt(id_.encode(), [kind.encode()])
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def unhandle(session_secret: bytes, written: str, kind: str = "") -> str:
    """Return the id behind what stands in an address.

    Raises:
        Refused: it is made up, another session's, or another kind's.
    """
    try:
        padded = written.encode("ascii") + b"=" * (-len(written) % 4)
        sealed = base64.b64decode(padded, altchars=b"-_", validate=True)
        return _cipher(session_secret).decrypt(sealed, [kind.encode()]).decode()
    except (InvalidTag, UnicodeError, binascii.Error, ValueError) as error:
        raise Refused("foreign_handle") from error


def _cipher(session_secret: bytes) -> AESSIV:
    derived = hashlib.sha512(b"formbuilder handle 1\0" + session_secret).digest()
    return AESSIV(derived)
