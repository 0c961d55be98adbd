"""`db`, `backup`, `restore` and `doctor`: what an operator does."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from formbuilder.cli.common import json_option, show_rows
from formbuilder.config import Settings, load
from formbuilder.database.upgrading import upgrade
from formbuilder.operations.backup import backup as make_backup
from formbuilder.operations.doctor import examine
from formbuilder.operations.restore import restore as put_back
from formbuilder.register.connecting import open_register
from formbuilder.register.registers.skatteverket import Skatteverket

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade_() -> None:
    """Make or change the tables; safe to repeat."""
    upgrade(load())
    click.echo("the database is up to date")


@click.command()
@click.argument("folder", type=FOLDER)
def backup(folder: Path) -> None:
    """Copy database, uploads and archive into an empty folder; never a key."""
    made = make_backup(load(), folder, now=datetime.now(UTC), progress=click.echo)
    click.echo(f"{folder}: {len(made.files)} files")


@click.command()
@click.argument("folder", type=FOLDER)
def restore(folder: Path) -> None:
    """Put a backup into an empty home and database, after checking all of it."""
    found = put_back(load(), folder, now=datetime.now(UTC), progress=click.echo)
    click.echo(f"{folder}: {found.files} files, {found.rows} rows")


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Test everything the service needs, and say how to mend what is wrong."""
    settings = load()
    peers = {"register": lambda: _reach_register(settings)} if settings.register else {}
    findings = examine(settings, now=datetime.now(UTC), peers=peers)
    rows = [(f.state, f.check, f.message, f.advice) for f in findings]
    show_rows(("state", "check", "message", "advice"), rows, as_json=as_json)
    sys.exit(1 if any(not f.is_ok for f in findings) else 0)


def _reach_register(settings: Settings) -> None:
    """Ask the register for somebody who is nobody."""
    register = open_register(settings)
    try:
        register.person("190000000000")
    finally:
        if isinstance(register, Skatteverket):
            register.close()
