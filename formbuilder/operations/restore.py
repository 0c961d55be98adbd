"""A backup put back into an empty home and database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from formbuilder.audit import Event
from formbuilder.config import Settings
from formbuilder.database import audit, copying, tables
from formbuilder.database.connection import TenantConnection
from formbuilder.database.upgrading import engine_for, revision, upgrade
from formbuilder.files import copy_whole
from formbuilder.operations import manifest
from formbuilder.operations.backup import KEPT
from formbuilder.operations.manifest import BackupRefused, Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back."""

    rows: int
    files: int


def restore(
    settings: Settings,
    folder: Path,
    *,
    now: datetime,
    progress: Callable[[str], None] = lambda _line: None,
) -> Restored:
    """Put a backup back; nothing is touched unless it is whole and there is room.

    Directories of the municipalities lie in the backup's `config` folder; they are
    the operator's and are not put anywhere. Raises:
        BackupRefused: it is not whole, not of this environment, or would mix with
            what is here.
    """
    found = manifest.read(folder)
    manifest.verify(folder, found)
    _refuse_mixing(settings, found)
    upgrade(settings)
    engine = engine_for(settings.database)
    try:
        with engine.begin() as connection:
            _refuse_other_tables(connection, found)
            rows = _put_rows(connection, found, folder, progress)
            files = _put_files(settings, found, folder, progress)
            _note(connection, found, now)
    finally:
        engine.dispose()
    return Restored(rows=rows, files=files)


def _refuse_mixing(settings: Settings, found: Manifest) -> None:
    if found.environment != settings.environment:
        raise BackupRefused(
            f"The backup belongs to “{found.environment}” and is not put into "
            f"“{settings.environment}”. Set FORMBUILDER_ENV to match."
        )
    unknown = sorted(set(found.tenants) - {tenant.key for tenant in settings.tenants})
    if unknown:
        raise BackupRefused(
            f"The backup holds the tenants {', '.join(unknown)}, which the settings "
            "do not name. Add them; their directories lie in its config folder."
        )
    for kept in KEPT:
        place = settings.home / kept
        if place.exists() and any(path.is_file() for path in place.rglob("*")):
            raise BackupRefused(
                f"{place} is not empty. Restore into an empty FORMBUILDER_HOME."
            )


def _refuse_other_tables(connection: Connection, found: Manifest) -> None:
    if not copying.is_empty(connection):
        raise BackupRefused(
            "The database has rows already. Restore into an empty database."
        )
    if (here := revision(connection)) != found.revision:
        raise BackupRefused(
            f"The backup has the tables of {found.revision}, this version those of "
            f"{here}. Restore with the version that made it, then upgrade."
        )


def _put_rows(
    connection: Connection,
    found: Manifest,
    folder: Path,
    progress: Callable[[str], None],
) -> int:
    count = 0
    for tenant in found.tenants:
        copying.act_as(connection, tenant)
        for table in tables.OF_TENANTS:
            name = f"rows/{tenant}/{table.name}.jsonl"
            if name in found.files:
                progress(name)
                with (folder / name).open(encoding="utf-8") as lines:
                    count += copying.load(connection, table, lines)
    return count


def _put_files(
    settings: Settings,
    found: Manifest,
    folder: Path,
    progress: Callable[[str], None],
) -> int:
    names = [name for name in found.files if name.split("/", 1)[0] in KEPT]
    for name in sorted(names):
        progress(name)
        copy_whole(folder / name, settings.home / name)
    return len(names)


def _note(connection: Connection, found: Manifest, now: datetime) -> None:
    for tenant in found.tenants:
        copying.act_as(connection, tenant)
        audit.record(
            TenantConnection(tenant, connection),
            event=Event.RESTORED,
            at=now,
            detail={"made_at": found.made_at.isoformat()},
        )
