"""`archive`: list, show, verify, open and take out records."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from archive.finding import Finding
from archive.formats import BUILT_IN, archive_format
from archive.verification import verify_package
from formbuilder.app import Installation
from formbuilder.audit import Event
from formbuilder.cli.common import (
    json_option,
    show_rows,
    tenant_key,
    tenant_option,
    write_file,
)
from formbuilder.cli.opening import opened
from formbuilder.cli.reporting import COMMANDS as REPORTS
from formbuilder.services.archivist import Archivist
from formbuilder.services.auditing import note
from schemas.errors import OperatorError

COLUMNS = (
    "id",
    "record_type",
    "classification",
    "controller",
    "made_at",
    "verified_at",
    "dispose_after",
    "waits_for",
    "event",
    "held_at",
)


@click.group()
def archive() -> None:
    """The archive: find, verify, open and take out records."""


def _archivist(house: Installation) -> Archivist:
    return Archivist(house.tools, house.services.archiving, house.store)


@archive.command("list")
@tenant_option
@json_option
def list_(tenant: str, as_json: bool) -> None:
    """List every record that is kept."""
    with opened() as house:
        found = _archivist(house).records(tenant_key(house.settings, tenant))
    rows = [tuple(getattr(row, column) for column in COLUMNS) for row in found]
    show_rows(COLUMNS, rows, as_json=as_json)


@archive.command()
@tenant_option
@click.argument("record_id")
def show(tenant: str, record_id: str) -> None:
    """Show what is known of a record; never its answers."""
    with opened() as house:
        row = _archivist(house).row(tenant_key(house.settings, tenant), record_id)
    columns = (*COLUMNS, "object_name", "key_id", "envelope_sha256", "retention")
    told = {column: getattr(row, column) for column in columns}
    click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))


@archive.command()
@tenant_option
@json_option
@click.argument("record_ids", nargs=-1)
def verify(tenant: str, as_json: bool, record_ids: tuple[str, ...]) -> None:
    """Check records, all of them unless some are named; exit 1 if one is wrong."""
    with opened() as house:
        key, archivist = tenant_key(house.settings, tenant), _archivist(house)
        wanted = record_ids or tuple(row.id for row in archivist.records(key))
        found = [f for id_ in wanted for f in _verified(house, archivist, key, id_)]
    rows = [(f.record, f.code, f.path, f.message, f.advice) for f in found]
    columns = ("record", "code", "path", "message", "advice")
    if rows or as_json:
        show_rows(columns, rows, as_json=as_json)
    else:
        click.echo(f"{len(wanted)} records verified, nothing wrong")
    sys.exit(1 if found else 0)


def _verified(
    house: Installation, archivist: Archivist, tenant: str, record_id: str
) -> tuple[Finding, ...]:
    """Check one record, and write down how that went."""
    found = archivist.verify(tenant, record_id)
    event = Event.RECORD_ALTERED if found else Event.RECORD_VERIFIED
    note(house.tools, tenant, event, about=record_id)
    return found


@archive.command()
@tenant_option
@click.argument("record_id")
@click.option("--out", type=click.Path(path_type=Path), required=True)
def decrypt(tenant: str, record_id: str, out: Path) -> None:
    """Write a record's PDF/A, out of its envelope."""
    with opened() as house:
        key = tenant_key(house.settings, tenant)
        write_file(out, _archivist(house).document(key, record_id))
        note(house.tools, key, Event.RECORD_READ, about=record_id)
    click.echo(str(out))


@archive.command()
@tenant_option
@click.argument("record_ids", nargs=-1, required=True)
@click.option(
    "--format", "kind", type=click.Choice([p.key for p in BUILT_IN]), default="eark"
)
@click.option("--out", type=click.Path(path_type=Path), required=True)
def export(tenant: str, record_ids: tuple[str, ...], kind: str, out: Path) -> None:
    """Write records as packages that another archive takes in."""
    package = archive_format(kind)
    with opened() as house:
        key, archivist = tenant_key(house.settings, tenant), _archivist(house)
        for record_id in record_ids:
            folder = _written(out, package.files(archivist.open(key, record_id)))
            # What is written is out, whatever is found when it is read back.
            note(house.tools, key, Event.RECORD_EXPORTED, about=record_id)
            _refuse_other(folder)
            click.echo(f"{record_id}: {folder}")


def _written(out: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """Write a package and return its folder."""
    folder = out
    for path, content in files:
        folder = out / path.partition("/")[0]
        write_file(out / path, content)
    return folder


def _refuse_other(folder: Path) -> None:
    """Read a package back as whoever takes it in will.

    Raises:
        OperatorError: the folder does not hold what was written, or holds more.
    """
    for found in verify_package(folder):
        raise OperatorError(
            f"{folder} is not the package that was written: {found.message} Export to "
            "an empty folder, on a disk that can be trusted."
        )


@archive.command()
@tenant_option
@click.argument("record_id")
def key(tenant: str, record_id: str) -> None:
    """Print the key that opens a record with the openssl program alone."""
    with opened() as house:
        tenant_name, archivist = tenant_key(house.settings, tenant), _archivist(house)
        row = archivist.row(tenant_name, record_id)
        found = house.services.archiving.key_of(tenant_name, row)
        note(house.tools, tenant_name, Event.RECORD_READ, about=record_id)
        path = house.settings.home / "archive" / row.object_name
    click.echo(
        f"openssl cms -decrypt -binary -inform DER -in {path} "
        f"-secretkeyid {found.key_id.encode().hex()} -secretkey {found.key.hex()} "
        f"-out {record_id}.pdf"
    )


for command in REPORTS:
    archive.add_command(command)
