"""`try`: a form filled in, and nothing kept."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from formbuilder.cli.authoring import FILE, compiled_file
from formbuilder.cli.common import json_option
from formbuilder.cli.reading import UNUSABLE, read_text
from formbuilder.rehearsal import rehearse
from schemas.located_json import read as read_json
from schemas.parsing import flaw_problem


def _answers(path: Path) -> dict[str, Any]:
    located = read_json(read_text(path))
    if not located.is_readable:
        flaw = flaw_problem(located.flaws[-1], str(path))
        place = f"{path}:{flaw.line}:{flaw.column}"
        click.echo(f"{place}: {flaw.message} {flaw.advice}", err=True)
        sys.exit(UNUSABLE)
    if not isinstance(located.value, dict):
        click.echo(f"{path} är inte svar: de skrivs inom {{ }}.", err=True)
        sys.exit(UNUSABLE)
    return located.value


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
