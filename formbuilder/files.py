"""Writing a file so that it is whole and durable, or not there."""

import os
import secrets
import shutil
from pathlib import Path

UNFINISHED = ".unfinished-"


def make_folder(folder: Path) -> None:
    """Make a folder and its parents for this user alone, each known to the disk."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for new in reversed(missing):
        new.mkdir(mode=0o700, exist_ok=True)
        sync_folder(new.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, sync, then rename over the name and sync the folder."""
    make_folder(path.parent)
    beside = path.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
    try:
        write_new(beside, content)
        beside.rename(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_new(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file that must not be there yet, and sync it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file piece by piece to a name that must not be there yet, and sync it."""
    make_folder(target.parent)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
        shutil.copyfileobj(reading, writing)
        writing.flush()
        os.fsync(writing.fileno())
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make what was renamed or made in the folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
