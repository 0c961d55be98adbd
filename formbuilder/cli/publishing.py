"""`publish`, `versions` and `rollback`: which version of a form counts."""

from pathlib import Path

import click

from formbuilder.cli.authoring import FILE, parsed_file
from formbuilder.cli.common import json_option, show_rows, tenant_key, tenant_option
from formbuilder.cli.opening import opened
from schemas.errors import DefinitionRefused


@click.command()
@click.argument("file", type=FILE)
@tenant_option
@click.option("--by", default="kommandoraden", help="Who publishes.")
def publish(file: Path, tenant: str, by: str) -> None:
    """Check a definition and publish it as the form's current version."""
    parsed = parsed_file(file, draft=False)
    if parsed.definition is None:
        raise DefinitionRefused(parsed.problems)
    with opened() as house:
        key = tenant_key(house.settings, tenant)
        try:
            made = house.services.forms.publish(key, parsed.definition, by)
        except DefinitionRefused as refused:
            located = (parsed.locate(problem) for problem in refused.problems)
            raise DefinitionRefused(located) from refused
    click.echo(f"{parsed.definition.id} {made.version[:12]} publicerad")


@click.command()
@click.argument("form_id")
@tenant_option
@json_option
def versions(form_id: str, tenant: str, as_json: bool) -> None:
    """List the versions of a form, oldest first."""
    columns = ("version", "published_at", "published_by", "is_current")
    with opened() as house:
        key = tenant_key(house.settings, tenant)
        found = house.services.forms.versions(key, form_id)
    rows = [tuple(getattr(one, column) for column in columns) for one in found]
    show_rows(columns, rows, as_json=as_json)


@click.command()
@click.argument("form_id")
@click.argument("version")
@tenant_option
@click.option("--by", default="kommandoraden", help="Who goes back.")
def rollback(form_id: str, version: str, tenant: str, by: str) -> None:
    """Make an earlier version current again."""
    with opened() as house:
        key = tenant_key(house.settings, tenant)
        house.services.forms.rollback(key, form_id, version, by)
    click.echo(f"{form_id} {version[:12]} gäller")
