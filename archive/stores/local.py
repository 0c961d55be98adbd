"""Envelopes as plain files in a folder, each synced with the folder that names it."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Final

from archive.opening import README
from archive.store import AlreadyStored, NotStored, checked_name
from schemas.errors import PermanentError, TemporaryError

UNFINISHED: Final = ".unfinished-"


class LocalStore:
    """A folder on a disk that keeps what it has synced."""

    key: ClassVar[str] = "local"

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, content: bytes) -> None:
        """Write beside, sync, then link: the name appears whole or not at all."""
        path = self.root / checked_name(name)
        beside = path.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
        try:
            self._prepare(path.parent)
            _write(beside, content)
            try:
                os.link(beside, path)
            finally:
                beside.unlink()
            _sync_folder(path.parent)
        except FileExistsError as error:
            raise AlreadyStored(
                f"{name} is already stored and is not changed."
            ) from error
        except OSError as error:
            raise TemporaryError(
                f"Could not write {name}: {error.strerror}. Check that the archive's "
                "disk is mounted, writable and not full."
            ) from error
        if self.get(name) != content:
            raise PermanentError(
                f"{name} was written but reads back otherwise. The disk is not to be "
                "trusted: replace it before anything more is archived."
            )

    def get(self, name: str) -> bytes:
        """Read the file."""
        try:
            return (self.root / checked_name(name)).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise NotStored(
                f"{name} is not in the archive's store. Restore it from a backup."
            ) from error
        except OSError as error:
            raise TemporaryError(
                f"Could not read {name}: {error.strerror}. Check the archive's disk."
            ) from error

    def names(self, prefix: str = "") -> Iterator[str]:
        """Walk the folder; what was never finished and the README are no records."""
        found = (
            path.relative_to(self.root).as_posix()
            for path in self.root.rglob("*")
            if path.is_file()
            and path.parent != self.root
            and not path.name.startswith(UNFINISHED)
        )
        yield from sorted(name for name in found if name.startswith(prefix))

    def remove(self, name: str) -> None:
        """Unlink the file and sync its folder."""
        path = self.root / checked_name(name)
        try:
            path.unlink()
        except FileNotFoundError as error:
            raise NotStored(f"{name} is not in the archive's store.") from error
        _sync_folder(path.parent)

    def _prepare(self, folder: Path) -> None:
        missing = [f for f in (folder, *folder.parents) if not f.exists()]
        for new in reversed(missing):
            new.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(new.parent)
        readme = self.root / "README.txt"
        if not readme.exists():
            readme.write_text(README, encoding="utf-8")


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
