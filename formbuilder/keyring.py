"""Every use of a key: seal, open, index; no other module sees a secret."""

import hashlib
import hmac
import re
import secrets
import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from archive import envelope
from formbuilder import key_pairs, master_keys
from formbuilder.files import make_folder
from formbuilder.master_keys import KeysRefused
from schemas.errors import PermanentError

PURPOSES = frozenset(
    {
        "sessions",
        "drafts",
        "cases",
        "units",
        "evidence",
        "deliveries",
        "records",
        "uploads",
        "eid",
        "webhooks",
    }
)
_MAGIC = b"FB1"
HEADER = len(_MAGIC) + 4
_NONCE = 12
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}", re.ASCII)


class DoesNotOpen(PermanentError):  # noqa: N818 - a verdict on bytes
    """Sealed bytes that are damaged, moved to another place, or of a lost key."""


class Keyring:
    """The keys of an installation, read from a folder outside its data.

    What is sealed opens under the same purpose, tenant and context only, so that a
    row moved to another case or department is refused. A generation made by another
    process is found when first met.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._keys = master_keys.read(directory)
        self._derived: dict[tuple[int, str, str], bytes] = {}
        self._lock = threading.Lock()

    # Sealing

    def seal(self, purpose: str, tenant: str, context: str, plaintext: bytes) -> bytes:
        """Encrypt for this place: header, nonce, ciphertext and tag."""
        generation = self._keys.newest
        header = _MAGIC + generation.to_bytes(4, "big")
        nonce = secrets.token_bytes(_NONCE)
        cipher = AESGCM(self._key(generation, tenant, purpose))
        return (
            header + nonce + cipher.encrypt(nonce, plaintext, _bound(header, context))
        )

    def open(self, purpose: str, tenant: str, context: str, sealed: bytes) -> bytes:
        """Decrypt what was sealed for this place.

        Raises:
            DoesNotOpen: it was not, or it is damaged, or its key is gone.
        """
        header, nonce = sealed[:HEADER], sealed[HEADER : HEADER + _NONCE]
        cipher = AESGCM(self._key(generation_of(sealed), tenant, purpose))
        try:
            return cipher.decrypt(
                nonce, sealed[HEADER + _NONCE :], _bound(header, context)
            )
        except (InvalidTag, ValueError) as error:
            raise DoesNotOpen(
                f"Sealed content ({purpose}) does not open: it is damaged or belongs "
                "elsewhere. Restore the row from a backup."
            ) from error

    def index(self, tenant: str, kind: str, value: str) -> str:
        """Return what stands for a value where it must be found, but not read."""
        key = _derive(self._keys.index, f"{tenant}\0index\0{kind}")
        return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()

    def webhook_secrets(self, tenant: str, department: str) -> tuple[bytes, ...]:
        """Return the secrets a department checks our calls with, newest first."""
        return tuple(
            _derive(
                self._key(generation, tenant, "webhooks"), f"department\0{department}"
            )
            for generation in sorted(self._keys.generations, reverse=True)
        )

    def derived(self, tenant: str, name: str) -> bytes:
        """Return a secret for what no rotation may interrupt, such as form tokens."""
        return _derive(self._keys.index, f"{tenant}\0derived\0{name}")

    # Key pairs

    def department_certificate(self, tenant: str, department: str) -> x509.Certificate:
        """Return what content for that department alone is sealed to."""
        return key_pairs.read_certificate(self._pair(tenant, "departments", department))

    def department_seal(self, tenant: str, department: str, plaintext: bytes) -> bytes:
        """Encrypt so that the department's key alone opens it (CMS)."""
        certificate = self.department_certificate(tenant, department)
        recipient = envelope.CertificateRecipient(certificate=certificate)
        return envelope.seal(plaintext, [recipient])

    def department_open(self, tenant: str, department: str, cms: bytes) -> bytes:
        """Open what was sealed to the department, with its private key."""
        pair = key_pairs.read(self._pair(tenant, "departments", department))
        return envelope.open_with_certificate(cms, pair.private, pair.certificate)

    def escrow_certificate(self, tenant: str) -> x509.Certificate:
        """Return what the archivist's copies of keys are sealed to."""
        return key_pairs.read_certificate(self._pair(tenant, "archive", "escrow"))

    def make_pairs(
        self,
        tenant: str,
        departments: Iterable[str],
        *,
        now: datetime,
        with_escrow: bool,
    ) -> tuple[str, ...]:
        """Make the pairs that are not there yet; return the names of the new ones."""
        wanted = [("departments", key) for key in departments]
        if with_escrow:
            wanted.append(("archive", "escrow"))
        made = []
        for folder, name in wanted:
            path = self._pair(tenant, folder, name)
            if not path.with_suffix(".crt").exists():
                key_pairs.write(path, key_pairs.make(f"{tenant} {name}", now=now))
                made.append(name)
        return tuple(made)

    # Life

    @property
    def generations(self) -> tuple[int, ...]:
        """Return the numbers of the generations that still open."""
        return tuple(sorted(self._keys.generations))

    def rotate(self) -> int:
        """Add a generation, which seals from now on; the old ones still open."""
        self._replace(self._keys.rotated())
        return self._keys.newest

    def destroy(self, generation: int) -> None:
        """Remove a generation: whatever it alone sealed can never be read again."""
        self._replace(self._keys.without(generation))

    def escrow(self, tenant: str) -> bytes:
        """Return the master keys, sealed to the archivist's certificate (CMS)."""
        recipient = envelope.CertificateRecipient(
            certificate=self.escrow_certificate(tenant)
        )
        return envelope.seal(self._keys.to_json().encode(), [recipient])

    def _replace(self, keys: master_keys.MasterKeys) -> None:
        with self._lock:
            master_keys.write(self._directory, keys)
            self._keys = keys
            self._derived.clear()

    def _key(self, generation: int, tenant: str, purpose: str) -> bytes:
        if purpose not in PURPOSES:
            raise ValueError(f"No key has the purpose {purpose!r}.")
        place = (generation, tenant, purpose)
        if place not in self._derived:
            self._derived[place] = _derive(
                self._generation(generation), f"{tenant}\0{purpose}"
            )
        return self._derived[place]

    def _generation(self, number: int) -> bytes:
        if number not in self._keys.generations:
            self._keys = master_keys.read(self._directory)
        if number not in self._keys.generations:
            raise DoesNotOpen(
                f"Key generation {number} is not in {self._directory}. Put it back: "
                "formbuilder keys recover FILE. If it was destroyed, the content is gone."
            )
        return self._keys.generations[number]

    def _pair(self, tenant: str, folder: str, name: str) -> Path:
        if not (_KEY.fullmatch(tenant) and _KEY.fullmatch(name)):
            raise KeysRefused("A tenant's or department's key has other than a-z0-9_-.")
        return self._directory / tenant / folder / name


def create(directory: Path) -> Keyring:
    """Make the master keys if there are none, and return the keyring."""
    make_folder(directory)
    if not (directory / master_keys.FILE).exists():
        master_keys.write(directory, master_keys.fresh())
    return Keyring(directory)


def recover(directory: Path, escrowed: bytes, pair: key_pairs.KeyPair) -> Keyring:
    """Put escrowed master keys into a folder that has none.

    Raises:
        KeysRefused: there are keys already, or the copy does not open.
    """
    if (directory / master_keys.FILE).exists():
        raise KeysRefused(f"{directory} has keys already. Name an empty folder.")
    opened = envelope.open_with_certificate(escrowed, pair.private, pair.certificate)
    make_folder(directory)
    master_keys.write(directory, master_keys.from_json(opened.decode()))
    return Keyring(directory)


def generation_in(header: bytes) -> int | None:
    """Return the generation a header names, nothing if it is no header of ours."""
    if len(header) < HEADER or not header.startswith(_MAGIC):
        return None
    return int.from_bytes(header[len(_MAGIC) : HEADER], "big")


def generation_of(sealed: bytes) -> int:
    """Return the generation that sealed these bytes.

    Raises:
        DoesNotOpen: they were not sealed by a keyring.
    """
    generation = generation_in(sealed)
    if generation is None or len(sealed) < HEADER + _NONCE + 16:
        raise DoesNotOpen("These bytes were not sealed here, or they are cut off.")
    return generation


def _bound(header: bytes, context: str) -> bytes:
    return header + context.encode()


def _derive(secret: bytes, info: str) -> bytes:
    return HKDF(
        algorithm=hashes.SHA256(),
        length=32,
        salt=None,
        info=b"formbuilder 1\0" + info.encode(),
    ).derive(secret)
