"""`archive close` and `archive event`: what records wait for has happened."""

from datetime import datetime

import click

from formbuilder.cli.common import tenant_key, tenant_option
from formbuilder.cli.opening import opened
from formbuilder.services.reporting import Reporting

EVENT = "event:"

on_option = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The day it happened (YYYY-MM-DD).",
)


@click.command()
@tenant_option
@click.argument("record_ids", nargs=-1, required=True)
@on_option
def close(tenant: str, record_ids: tuple[str, ...], on: datetime) -> None:
    """Say that the matters of these records were closed."""
    with opened() as house:
        key = tenant_key(house.settings, tenant)
        Reporting(house.tools).close(key, record_ids, on.date())
    click.echo(f"{len(record_ids)} records: closed on {on.date()}")


@click.command()
@tenant_option
@click.argument("key")
@click.argument("record_ids", nargs=-1, required=True)
@on_option
def event(tenant: str, key: str, record_ids: tuple[str, ...], on: datetime) -> None:
    """Say that what these records wait for has happened."""
    with opened() as house:
        town = tenant_key(house.settings, tenant)
        name = key.removeprefix(EVENT)
        Reporting(house.tools).event(town, name, record_ids, on.date())
    click.echo(f"{len(record_ids)} records: {name} on {on.date()}")


COMMANDS = (close, event)
