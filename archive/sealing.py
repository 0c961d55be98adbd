"""From a finished document to an envelope in the store that is known to open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.envelope import CertificateRecipient, Recipient, open_with_key, seal
from archive.fixity import digest
from archive.keys import RecordKey
from archive.store import AlreadyStored, Store
from schemas.errors import PermanentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """An envelope that lies in the store, was read back and opened."""

    name: str
    envelope_sha256: str
    size: int


def object_name(tenant: str, record_id: str) -> str:
    """Return where a record's envelope lies.

    >>> object_name("norrby", "0190a")
    'norrby/0190a.pdf.cms'
    """
    return f"{tenant}/{record_id}.pdf.cms"


def deposit(
    store: Store,
    name: str,
    document: bytes,
    key: RecordKey,
    certificates: Sequence[CertificateRecipient] = (),
) -> Deposit:
    """Seal the document for its own key and the certificates, and store it.

    Doing it again with the same key finds the envelope that lies there already.

    Raises:
        PermanentError: something else lies under the name, or what was written
            does not open to the same document.

    """
    recipients: tuple[Recipient, ...] = (key.recipient, *certificates)
    return deposit_sealed(
        store,
        name,
        seal(document, recipients),
        is_same=lambda envelope: _opens_to(envelope, key, document),
    )


def deposit_sealed(
    store: Store, name: str, envelope: bytes, *, is_same: Callable[[bytes], bool]
) -> Deposit:
    """Store a ready envelope; `is_same` tells whether one read back is the one meant.

    Raises:
        PermanentError: what lies in the store is not the one meant.

    """
    try:
        store.put(name, envelope)
    except AlreadyStored:
        envelope = store.get(name)
    kept = store.get(name)
    if kept != envelope or not is_same(kept):
        raise PermanentError(
            f"{name} in the archive's store is another document than the one to be "
            "stored. Compare it with the backup before anything is done about it."
        )
    return Deposit(name=name, envelope_sha256=digest(kept), size=len(kept))


def _opens_to(envelope: bytes, key: RecordKey, document: bytes) -> bool:
    return open_with_key(envelope, key.key, key.key_id) == document
