"""`try`: a form filled in, and nothing kept."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from formbuilder.cli.authoring import FILE, UNUSABLE, compiled_file, read_text
from formbuilder.cli.common import json_option
from formbuilder.rehearsal import rehearse


def _json(path: Path) -> Any:
    try:
        return json.loads(read_text(path))
    except ValueError as error:
        click.echo(f"{path} är inte JSON: {error}", err=True)
        sys.exit(UNUSABLE)


def _answers(path: Path) -> dict[str, Any]:
    found = _json(path)
    if not isinstance(found, dict):
        click.echo(f"{path} är inte svar: de skrivs inom {{ }}.", err=True)
        sys.exit(UNUSABLE)
    return found


@click.command("try")
@click.argument("file", type=FILE)
@click.option("--answers", type=FILE, required=True)
@click.option("--directory", type=FILE)
@click.option("--draft", is_flag=True)
@json_option
def try_(
    file: Path, answers: Path, directory: Path | None, draft: bool, as_json: bool
) -> None:
    """Fill a form in with these answers through its pages, in memory."""
    form = compiled_file(file, directory, draft=draft)
    outcome = rehearse(form, _answers(answers))
    if as_json:
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in outcome.lines():
            click.echo(line)
    sys.exit(0 if outcome.is_accepted else 1)
