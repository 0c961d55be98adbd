"""`keys`: make, list, turn and save the keys."""

from datetime import UTC, datetime
from pathlib import Path

import click

from formbuilder.app import read_directory
from formbuilder.cli.common import json_option, show_rows, tenant_key, tenant_option
from formbuilder.config import load
from formbuilder.keyring import Keyring, create


@click.group()
def keys() -> None:
    """The keys: their making, turning and safe-keeping."""


@keys.command()
def init() -> None:
    """Make the keys that are not there yet: master, departments, archivist."""
    settings = load()
    keyring = create(settings.keys)
    for tenant in settings.tenants:
        directory = read_directory(tenant)
        made = keyring.make_pairs(
            tenant.key,
            directory.departments,
            now=datetime.now(UTC),
            with_escrow=settings.environment != "production",
        )
        click.echo(f"{tenant.key}: {', '.join(made) or 'nothing new'}")


@keys.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the generations of the master key."""
    generations = Keyring(load().keys).generations
    rows = [(number, number == max(generations)) for number in generations]
    show_rows(("generation", "is_current"), rows, as_json=as_json)


@keys.command()
def rotate() -> None:
    """Add a generation, which seals from now on; the old ones still open."""
    click.echo(f"generation {Keyring(load().keys).rotate()}")


@keys.command()
@tenant_option
@click.option("--out", type=click.Path(path_type=Path), required=True)
def escrow(tenant: str, out: Path) -> None:
    """Write every key, sealed to the archivist's certificate."""
    settings = load()
    key = tenant_key(settings, tenant)
    out.write_bytes(Keyring(settings.keys).escrow(key))
    click.echo(f"{out}: open it with openssl cms -decrypt and the archivist's key")


COMMANDS = (keys,)
