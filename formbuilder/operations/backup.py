"""A copy of everything but the keys, while the service goes on working."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from formbuilder.config import Settings
from formbuilder.database import copying, tables
from formbuilder.database.upgrading import reading_engine_for, revision
from formbuilder.files import (
    UNFINISHED,
    copy_whole,
    make_folder,
    sync_folder,
    write_new,
)
from formbuilder.operations import manifest
from formbuilder.operations.manifest import BackupRefused, Manifest

KEPT: Final = ("objects", "archive")
"""The folders of HOME that belong to the installation.

What lies in `delivered` is the receivers'; keys are kept by `formbuilder keys escrow`.
"""


def backup(
    settings: Settings,
    folder: Path,
    *,
    now: datetime,
    progress: Callable[[str], None] = lambda _line: None,
) -> Manifest:
    """Write a backup into a new folder and return what it holds.

    Rows are read as of one moment, before the files they name: a file only goes
    away after its row, so each row's file is in the copy. Raises:
        BackupRefused: the folder is there already, or would be part of itself.
    """
    _refuse_place(settings, folder)
    beside = folder.with_name(f"{UNFINISHED}{folder.name}")
    shutil.rmtree(beside, ignore_errors=True)
    make_folder(beside)
    files: dict[str, str] = {}
    engine = reading_engine_for(settings.database)
    try:
        with engine.connect() as connection, connection.begin():
            copying.one_moment(connection)
            at, keys = revision(connection), copying.known_tenants(connection)
            for name in _rows(connection, keys, beside):
                progress(name)
                files[name] = manifest.digest(beside / name)
    finally:
        engine.dispose()
    for source, name in _kept(settings):
        progress(name)
        copy_whole(source, beside / name)
        files[name] = manifest.digest(beside / name)
    made = Manifest(
        environment=settings.environment,
        revision=at,
        made_at=now,
        tenants=keys,
        files=files,
    )
    write_new(beside / manifest.FILE, made.to_json().encode())
    sync_folder(beside)
    beside.rename(folder)
    sync_folder(folder.parent)
    return made


def _refuse_place(settings: Settings, folder: Path) -> None:
    if folder.exists():
        raise BackupRefused(f"{folder} is there already. Name a new folder.")
    for name in KEPT:
        if folder.resolve().is_relative_to((settings.home / name).resolve()):
            raise BackupRefused(
                f"{folder} lies in what is backed up. Name a folder elsewhere."
            )


def _rows(connection: Connection, keys: Iterable[str], folder: Path) -> Iterator[str]:
    """Write a file for each tenant and table that has rows; yield its name."""
    for tenant in keys:
        copying.act_as(connection, tenant)
        for table in tables.OF_TENANTS:
            name = f"rows/{tenant}/{table.name}.jsonl"
            if _write_lines(folder / name, copying.lines(connection, table, tenant)):
                yield name


def _write_lines(path: Path, lines: Iterable[str]) -> bool:
    first = next(iter(lines := iter(lines)), None)
    if first is None:
        return False
    make_folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(first)
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    return True


def _kept(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Yield every file to copy, with its name in the backup."""
    for tenant in settings.tenants:
        if tenant.directory.is_file():
            yield tenant.directory, f"config/{tenant.key}/{tenant.directory.name}"
    for kept in KEPT:
        for path in sorted((settings.home / kept).rglob("*")):
            if path.is_file() and not path.name.startswith(UNFINISHED):
                yield path, path.relative_to(settings.home).as_posix()
