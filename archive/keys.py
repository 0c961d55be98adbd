"""One key per record, kept wrapped, and the table that lets an archivist open all.

Destroying a record is destroying its key: nobody can then read the envelope.
Losing a key by accident is unlawful disposal, so all of them are also handed to
the archivist in one sealed table that the `openssl` program alone opens.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)

from archive.envelope import (
    CertificateRecipient,
    KeyRecipient,
    open_with_certificate,
    seal,
)
from schemas.errors import PermanentError

KEY_BYTES: Final = 32
ESCROW_FORMAT: Final = "urn:formbuilder:escrow-table:1"
ESCROW_ADVICE: Final = (
    "secretkeyid is the key id in hex: printf %s KEYID | xxd -p -c 256. "
    "openssl cms -decrypt -binary -inform DER -in RECORD.pdf.cms "
    "-secretkeyid HEXID -secretkey HEXKEY -out RECORD.pdf"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKey:
    """The key that opens one record's envelope, and the id written in it."""

    key_id: str
    key: bytes = field(repr=False)

    @property
    def recipient(self) -> KeyRecipient:
        """Return the key as a recipient of envelopes."""
        return KeyRecipient(key_id=self.key_id, key=self.key)


def key_id(record_id: str, generation: int = 1) -> str:
    """Return the id of a record's key.

    >>> key_id("0190a", 2)
    '0190a:2'
    """
    return f"{record_id}:{generation}"


def new_record_key(record_id: str, generation: int = 1) -> RecordKey:
    """Make a fresh random key for a record."""
    return RecordKey(
        key_id=key_id(record_id, generation), key=secrets.token_bytes(KEY_BYTES)
    )


def wrap(key: RecordKey, master: bytes) -> bytes:
    """Wrap the key under a master key (AES-KW, RFC 3394)."""
    return aes_key_wrap(master, key.key)


def unwrap(wrapped: bytes, master: bytes, *, key_id: str) -> RecordKey:
    """Return the key wrapped under the master key.

    Raises:
        PermanentError: the wrapped key is damaged or under another master key.

    """
    try:
        return RecordKey(key_id=key_id, key=aes_key_unwrap(master, wrapped))
    except (InvalidUnwrap, ValueError) as error:
        raise PermanentError(
            f"The key {key_id} does not unwrap: it is damaged or wrapped under "
            "another master key. Put the right master key back, or take the record "
            "key from the escrow table."
        ) from error


def escrow_table(keys: Iterable[RecordKey], certificate: x509.Certificate) -> bytes:
    """Seal every key, as JSON of key id → hex, for the archivist's certificate."""
    table: dict[str, Any] = {
        "format": ESCROW_FORMAT,
        "advice": ESCROW_ADVICE,
        "keys": {key.key_id: key.key.hex() for key in keys},
    }
    recipients = [CertificateRecipient(certificate=certificate)]
    return seal(rfc8785.dumps(table), recipients)


def read_escrow_table(
    sealed: bytes,
    private_key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
) -> Mapping[str, RecordKey]:
    """Open an escrow table and return its keys by id.

    Raises:
        PermanentError: the content is no escrow table.

    """
    table = json.loads(open_with_certificate(sealed, private_key, certificate))
    if not isinstance(table, dict) or table.get("format") != ESCROW_FORMAT:
        raise PermanentError(
            "The file is no escrow table. Use one made by `formbuilder keys escrow`."
        )
    return {
        key_id: RecordKey(key_id=key_id, key=bytes.fromhex(key))
        for key_id, key in table["keys"].items()
    }
