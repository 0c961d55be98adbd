"""`keys`: make, list, turn, print, save, put back and destroy the keys."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import click

from formbuilder import key_pairs, keyring
from formbuilder.app import read_directory
from formbuilder.audit import Event
from formbuilder.cli.common import (
    json_option,
    read_file,
    show_rows,
    tenant_key,
    tenant_option,
    write_file,
)
from formbuilder.cli.opening import opened
from formbuilder.config import Settings, load
from formbuilder.database import audit
from formbuilder.database.connection import TenantConnection
from formbuilder.database.database import Database
from formbuilder.keyring import Keyring
from formbuilder.operations.key_life import destroy_generation, generations_in_use
from formbuilder.services.archivist import Archivist
from formbuilder.services.auditing import note
from schemas.errors import OperatorError

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def keys() -> None:
    """The keys: their making, turning and safe-keeping."""


@keys.command()
def init() -> None:
    """Make the keys that are not there yet: master, departments, archivist."""
    settings = load()
    ring = keyring.create(settings.keys)
    for tenant in settings.tenants:
        directory = read_directory(tenant)
        made = ring.make_pairs(
            tenant.key,
            directory.departments,
            now=datetime.now(UTC),
            with_escrow=settings.environment != "production",
        )
        click.echo(f"{tenant.key}: {', '.join(made) or 'nothing new'}")


@keys.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the generations of the master key, and how much each still opens."""
    settings = load()
    generations = Keyring(settings.keys).generations
    in_use = generations_in_use(settings)
    rows = [
        (number, number == max(generations), in_use.get(number, 0))
        for number in generations
    ]
    show_rows(("generation", "is_current", "values"), rows, as_json=as_json)


@keys.command()
def rotate() -> None:
    """Add a generation, which seals from now on; the old ones still open."""
    settings = load()
    ring, database = Keyring(settings.keys), Database(settings)
    try:
        made = ring.rotate()
        _note(settings, database, Event.KEY_ROTATED, generation=made)
    finally:
        database.close()
    click.echo(f"generation {made}")


@keys.command()
@click.argument("generation", type=click.IntRange(1))
@click.confirmation_option(prompt="What only this key opens is then gone. Destroy it?")
def destroy(generation: int) -> None:
    """Destroy a generation that nothing in the database needs any more."""
    settings = load()
    database = Database(settings)
    try:
        destroy_generation(settings, Keyring(settings.keys), generation)
        _note(settings, database, Event.KEY_DESTROYED, generation=generation)
    finally:
        database.close()
    click.echo(f"generation {generation} is destroyed")


@keys.command()
@tenant_option
@click.option("--out", type=FILE, required=True, help="The master keys.")
@click.option("--records", type=FILE, help="The keys of the archive records too.")
def escrow(tenant: str, out: Path, records: Path | None) -> None:
    """Write the master keys, sealed to the archivist's certificate."""
    with opened() as house:
        settings, database = house.settings, house.database
        key = tenant_key(settings, tenant)
        write_file(out, house.tools.keyring.escrow(key))
        if records is not None:
            archivist = Archivist(house.tools, house.services.archiving, house.store)
            write_file(records, archivist.escrow(key))
        _note(settings, database, Event.KEY_ESCROWED, only=key)
    for written in (out, records):
        if written is not None:
            click.echo(
                f"{written}: open it with openssl cms -decrypt and the archivist's key"
            )


@keys.command()
@tenant_option
@click.argument("department")
def webhook(tenant: str, department: str) -> None:
    """Print the secret a department checks our calls with, the newest one."""
    with opened() as house:
        key = tenant_key(house.settings, tenant)
        known = house.tools.directories[key].departments
        if department not in known:
            raise OperatorError(
                f"There is no department {department}. There are: {', '.join(known)}."
            )
        newest, *_ = house.tools.keyring.webhook_secrets(key, department)
        note(house.tools, key, Event.KEY_READ, about=department, kind="webhook")
    click.echo(f"whsec_{base64.b64encode(newest).decode()}")


@keys.command()
@click.argument("file", type=FILE)
@click.option(
    "--key",
    "private",
    type=FILE,
    required=True,
    help="The archivist's key; the certificate (.crt) lies beside it.",
)
def recover(file: Path, private: Path) -> None:
    """Put escrowed master keys back where there are none."""
    settings = load()
    pair = key_pairs.read(private.with_suffix(""))
    ring = keyring.recover(settings.keys, read_file(file), pair)
    click.echo(f"{settings.keys}: generations {', '.join(map(str, ring.generations))}")


def _note(
    settings: Settings,
    database: Database,
    event: Event,
    *,
    only: str = "",
    **codes: int,
) -> None:
    """Write down in every municipality's log what happened to the keys it shares."""
    at = datetime.now(UTC)

    def note(tc: TenantConnection) -> None:
        audit.record(tc, event=event, at=at, detail=dict(codes) or None)

    for tenant in settings.tenants:
        if only in ("", tenant.key):
            database.write(tenant.key, note)
