"""`check`, `schema`, `try`, `publish`, `versions`, `rollback`: the author's round."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from formbuilder.cli.common import (
    json_option,
    opened,
    show_rows,
    tenant_key,
    tenant_option,
)
from formbuilder.rehearsal import rehearse
from schemas.checking import check as check_text
from schemas.checking import check_directory
from schemas.compiling import CompiledForm, compile_form
from schemas.directory import parse_directory
from schemas.errors import DefinitionRefused, Problem
from schemas.parsing import Parsed, parse_definition
from schemas.section_files import folder_reader

UNUSABLE = 2
FILE = click.Path(path_type=Path, dir_okay=False)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"{path} kan inte läsas: {error}", err=True)
        sys.exit(UNUSABLE)


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except ValueError as error:
        click.echo(f"{path} är inte JSON: {error}", err=True)
        sys.exit(UNUSABLE)


def _answers(path: Path) -> dict[str, Any]:
    found = _json(path)
    if not isinstance(found, dict):
        click.echo(f"{path} är inte svar: de skrivs inom {{ }}.", err=True)
        sys.exit(UNUSABLE)
    return found


def _directory(path: Path, named: Path | None) -> Path | None:
    beside = path.parent / "directory.toml"
    return named or (beside if beside.is_file() else None)


def parsed_file(path: Path, *, draft: bool) -> Parsed:
    """Read a definition and its section files."""
    return parse_definition(
        _text(path), file=str(path), read=folder_reader(path.parent), draft=draft
    )


def compiled_file(path: Path, directory: Path | None, *, draft: bool) -> CompiledForm:
    """Read and compile a definition with the code lists of its directory.

    Raises:
        DefinitionRefused: it cannot become a form.
    """
    parsed = parsed_file(path, draft=draft)
    if parsed.definition is None:
        raise DefinitionRefused(parsed.problems)
    named = _directory(path, directory)
    codes = parse_directory(_text(named), str(named)).code_lists if named else {}
    return compile_form(parsed.definition, codes)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--directory", type=FILE, help="Kommunens directory.toml.")
@click.option("--draft", is_flag=True, help="Släpp igenom markerade luckor.")
@json_option
def check(
    files: tuple[Path, ...], directory: Path | None, draft: bool, as_json: bool
) -> None:
    """Report everything wrong with definitions and directories; exit 0 clean, 1 problems."""
    found: list[Problem] = []
    for path in files:
        found += _problems(path, directory, draft=draft)
    _report(found, as_json=as_json)
    sys.exit(1 if any(problem.severity == "error" for problem in found) else 0)


def _problems(path: Path, directory: Path | None, *, draft: bool) -> Sequence[Problem]:
    if path.suffix == ".toml":
        return check_directory(_text(path), file=str(path))
    named = _directory(path, directory)
    return check_text(
        _text(path),
        file=str(path),
        read=folder_reader(path.parent),
        directory_text=_text(named) if named else None,
        directory_file=str(named or "directory.toml"),
        draft=draft,
    )


def _report(found: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        listed = [asdict(problem) for problem in found]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for problem in found:
        mark = "fel" if problem.severity == "error" else "varning"
        place = f"{problem.file}:{problem.line}:{problem.column}"
        click.echo(f"{place}: {mark} {problem.code} {problem.pointer or '/'}")
        click.echo(f"  {problem.message}")
        if problem.advice:
            click.echo(f"  {problem.advice}")
    errors = sum(1 for problem in found if problem.severity == "error")
    click.echo(f"{errors} fel, {len(found) - errors} varningar")


@click.command()
@click.argument("file", type=FILE)
@click.option("--directory", type=FILE)
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Datum som kodlistorna gäller (ÅÅÅÅ-MM-DD).",
)
def schema(file: Path, directory: Path | None, at: datetime | None) -> None:
    """Print the whole answer schema, bundled: standard JSON Schema 2020-12."""
    parsed = parsed_file(file, draft=True)
    if parsed.definition is None:
        raise DefinitionRefused(parsed.problems)
    named = _directory(file, directory)
    codes = parse_directory(_text(named), str(named)).code_lists if named else {}
    day = at.date() if at else None
    form = compile_form(parsed.definition, codes, day)
    click.echo(json.dumps(form.schema, ensure_ascii=False, indent=2))


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


@click.command()
@click.argument("file", type=FILE)
@tenant_option
@click.option("--by", default="kommandoraden", help="Vem som publicerar.")
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
@click.option("--by", default="kommandoraden", help="Vem som går tillbaka.")
def rollback(form_id: str, version: str, tenant: str, by: str) -> None:
    """Make an earlier version current again."""
    with opened() as house:
        key = tenant_key(house.settings, tenant)
        house.services.forms.rollback(key, form_id, version, by)
    click.echo(f"{form_id} {version[:12]} gäller")


COMMANDS = (check, schema, try_, publish, versions, rollback)
