"""`db`, `backup`, `restore` and `doctor`: what an operator does."""

import click

from formbuilder.config import load
from formbuilder.database.upgrading import upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade_() -> None:
    """Make or change the tables; safe to repeat."""
    upgrade(load())
    click.echo("the database is up to date")


COMMANDS = (db,)
