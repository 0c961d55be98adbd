"""Uploaded files on disk: sealed as they stream in, never whole in memory, never clear.

An object is a header and frames of 64 KiB, each sealed with AES-256-GCM under a key
of the object's own. A frame's nonce holds its number and whether it is the last, so
that frames cannot be swapped, repeated or cut off (the STREAM construction).
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from formbuilder.files import UNFINISHED, make_folder, sync_folder
from formbuilder.sniffing import accepted_type
from schemas.errors import InvalidAnswer, PermanentError, TemporaryError
from schemas.file_limits import limit_in_words

FRAME: Final = 64 * 1024
_MAGIC: Final = b"FBO1"
_PREFIX: Final = 7
_TAG: Final = 16
_ABANDONED: Final = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """What is to be remembered of an upload; without `key` it cannot be read."""

    name: str
    key: bytes = field(repr=False)
    size: int
    sha256: str
    media_type: str


class ObjectDamaged(PermanentError):  # noqa: N818 - a verdict on bytes
    """An object that is missing, altered, or sealed under another key."""


class ObjectStore:
    """The uploads of every tenant, each in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(
        self,
        tenant: str,
        pieces: Iterable[bytes],
        *,
        accept: Collection[str],
        max_bytes: int,
        new_name: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> StoredObject:
        """Seal a file while it is read; nothing stays when it is refused.

        Raises:
            InvalidAnswer: it is empty, too large, or its content is no accepted type.
            TemporaryError: the disk cannot take it now.
        """
        name, key = new_name(), secrets.token_bytes(32)
        path = self._path(tenant, name)
        beside = path.with_name(f"{UNFINISHED}{name}")
        counted = _Counted(pieces, max_bytes)
        try:
            make_folder(path.parent)
            media_type = _seal_file(beside, name, key, counted, accept)
            beside.rename(path)
            sync_folder(path.parent)
        except OSError as error:
            raise _no_room(error) from error
        finally:
            beside.unlink(missing_ok=True)
        return StoredObject(
            name=name,
            key=key,
            size=counted.size,
            sha256=counted.digest.hexdigest(),
            media_type=media_type,
        )

    def read(self, tenant: str, name: str, key: bytes) -> Iterator[bytes]:
        """Yield the content, each piece checked before it is given out.

        Raises:
            ObjectDamaged: at the first piece that does not belong.
        """
        try:
            file = self._path(tenant, name).open("rb")
        except OSError as error:
            raise ObjectDamaged(
                f"The object {name} cannot be read. Restore it from a backup."
            ) from error
        with file:
            yield from _opened(file, name, key)

    def remove(self, tenant: str, name: str) -> None:
        """Take an object away; one that is gone already is no fault."""
        self._path(tenant, name).unlink(missing_ok=True)

    def names(self, tenant: str) -> Iterator[str]:
        """Yield the names of a tenant's objects, in order."""
        folder = self._root / tenant
        found = folder.glob("*/*") if folder.is_dir() else ()
        yield from sorted(p.name for p in found if not p.name.startswith("."))

    def clear_unfinished(self) -> int:
        """Remove what a killed process left half written, once it is a day old."""
        limit = time.time() - _ABANDONED
        old = [
            path
            for path in self._root.glob(f"*/*/{UNFINISHED}*")
            if path.stat().st_mtime < limit
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, tenant: str, name: str) -> Path:
        for part in (tenant, name):
            if not part.replace("-", "").replace("_", "").isalnum():
                raise ValueError("An object's name has other than letters and digits.")
        return self._root / tenant / name[:2] / name


class _Counted:
    """The pieces in frames, counted and digested as they pass."""

    def __init__(self, pieces: Iterable[bytes], max_bytes: int) -> None:
        self._pieces = pieces
        self._max_bytes = max_bytes
        self.size = 0
        self.digest = hashlib.sha256()

    def frames(self) -> Iterator[bytes]:
        """Yield frames of full length, then the rest, which may be empty."""
        held = bytearray()
        for piece in self._pieces:
            self.size += len(piece)
            if self.size > self._max_bytes:
                raise InvalidAnswer(
                    "file-too-large", limit=limit_in_words(self._max_bytes)
                )
            self.digest.update(piece)
            held += piece
            while len(held) > FRAME:
                yield bytes(held[:FRAME])
                del held[:FRAME]
        if not self.size:
            raise InvalidAnswer("file-empty")
        yield bytes(held)


def _seal_file(
    path: Path, name: str, key: bytes, counted: _Counted, accept: Collection[str]
) -> str:
    """Write the sealed frames and sync them; return what the first one shows."""
    prefix, cipher = secrets.token_bytes(_PREFIX), AESGCM(key)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_MAGIC + prefix)
        frames = counted.frames()
        held = next(frames)
        media_type = accepted_type(held, accept)
        number = 0
        for number, frame in enumerate(frames, start=1):
            file.write(cipher.encrypt(_nonce(prefix, number - 1), held, name.encode()))
            held = frame
        file.write(
            cipher.encrypt(_nonce(prefix, number, last=True), held, name.encode())
        )
        file.flush()
        os.fsync(file.fileno())
    return media_type


def _opened(file: BinaryIO, name: str, key: bytes) -> Iterator[bytes]:
    header = file.read(len(_MAGIC) + _PREFIX)
    if not header.startswith(_MAGIC):
        raise _damaged(name)
    prefix, cipher, number = header[len(_MAGIC) :], AESGCM(key), 0
    sealed = file.read(FRAME + _TAG)
    while True:
        following = file.read(FRAME + _TAG)
        nonce = _nonce(prefix, number, last=not following)
        try:
            piece = cipher.decrypt(nonce, sealed, name.encode())
        except (InvalidTag, ValueError) as error:
            raise _damaged(name) from error
        yield piece
        if not following:
            return
        sealed, number = following, number + 1


def _nonce(prefix: bytes, number: int, *, last: bool = False) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _damaged(name: str) -> ObjectDamaged:
    return ObjectDamaged(
        f"The object {name} is altered or cut off. Restore it from a backup."
    )


def _no_room(error: OSError) -> TemporaryError:
    return TemporaryError(
        f"An upload could not be stored: {error.strerror}. Check that the disk of "
        "FORMBUILDER_HOME is mounted, writable and not full."
    )
