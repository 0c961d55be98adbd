"""`check` and `schema`: what is in a definition, and what is wrong with it."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from formbuilder import plugins
from formbuilder.cli.common import json_option
from formbuilder.cli.reading import read_text
from formbuilder.config import listed_plugins
from schemas.checking import check as check_text
from schemas.checking import check_directory
from schemas.codes import CodeList
from schemas.compiling import CompiledForm, compile_form
from schemas.directory import parse_directory
from schemas.editing import FOR_EDITORS
from schemas.errors import DefinitionRefused, Problem
from schemas.lint_subject import CHANNELS
from schemas.parsing import Parsed, parse_definition
from schemas.section_files import folder_reader

FILE = click.Path(path_type=Path)


def directory_of(path: Path, named: Path | None) -> Path | None:
    """Return the directory that was named, or the one beside a definition."""
    beside = path.parent / "directory.toml"
    return named or (beside if beside.is_file() else None)


def parsed_file(path: Path, *, draft: bool) -> Parsed:
    """Read a definition and its section files."""
    return parse_definition(
        read_text(path), file=str(path), read=folder_reader(path.parent), draft=draft
    )


def compiled_file(
    path: Path, directory: Path | None, *, draft: bool, day: date | None = None
) -> CompiledForm:
    """Read and compile a definition with the code lists of its directory.

    Raises:
        DefinitionRefused: it cannot become a form.
    """
    parsed = parsed_file(path, draft=draft)
    if parsed.definition is None:
        raise DefinitionRefused(parsed.problems)
    return compile_form(parsed.definition, _code_lists(path, directory), day)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--directory", type=FILE, help="The municipality's directory.toml.")
@click.option("--draft", is_flag=True, help="Let marked blanks pass.")
@click.option(
    "--accessibility",
    is_flag=True,
    help="Draw the pages too, and say what in them shuts somebody out.",
)
@json_option
def check(
    files: tuple[Path, ...],
    directory: Path | None,
    draft: bool,
    accessibility: bool,
    as_json: bool,
) -> None:
    """Report everything wrong with definitions and directories; exit 0 clean, 1 problems."""
    found: list[Problem] = []
    for path in files:
        found += _problems(path, directory, draft=draft)
        if accessibility and path.suffix != ".toml":
            found += _shut_out(path, directory, draft=draft)
    report(found, as_json=as_json)
    sys.exit(1 if any(problem.severity == "error" for problem in found) else 0)


def _problems(path: Path, directory: Path | None, *, draft: bool) -> Sequence[Problem]:
    if path.suffix == ".toml":
        return check_directory(read_text(path), file=str(path))
    named = directory_of(path, directory)
    return check_text(
        read_text(path),
        file=str(path),
        read=folder_reader(path.parent),
        directory_text=read_text(named) if named else None,
        directory_file=str(named or "directory.toml"),
        draft=draft,
        channels=CHANNELS | _channels_of_plugins(),
    )


def _shut_out(path: Path, directory: Path | None, *, draft: bool) -> Sequence[Problem]:
    """Return what in a form keeps somebody from using it."""
    from formbuilder.accessibility.checking import check_accessibility  # noqa: PLC0415 - templates and HTML, which nobody else waits for

    try:
        codes = _code_lists(path, directory)
    except DefinitionRefused:  # the directory is broken, which has been told
        return ()
    return check_accessibility(parsed_file(path, draft=draft), codes)


def _code_lists(path: Path, directory: Path | None) -> Mapping[str, CodeList]:
    """Return the code lists of a definition's directory, none without one."""
    named = directory_of(path, directory)
    return parse_directory(read_text(named), str(named)).code_lists if named else {}


def _channels_of_plugins() -> frozenset[str]:
    """Return what the listed plugins add; our own channels need no importing."""
    parts = plugins.listed_parts(plugins.CHANNELS, listed_plugins())
    return frozenset(part.key for part in parts)


def report(found: Sequence[Problem], *, as_json: bool) -> None:
    """Print problems with their places and advice, and how many there are."""
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
    warnings = len(found) - errors
    click.echo(
        f"{errors} fel, {warnings} {'varning' if warnings == 1 else 'varningar'}"
    )


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--directory", type=FILE)
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the code lists are taken as of (YYYY-MM-DD).",
)
@click.option(
    "--of",
    "editing",
    type=click.Choice(list(FOR_EDITORS)),
    help="A schema for editors, instead of a file's answers.",
)
def schema(
    file: Path | None, directory: Path | None, at: datetime | None, editing: str | None
) -> None:
    """Print the whole answer schema, bundled: standard JSON Schema 2020-12."""
    if file is not None and not editing:
        day = at.date() if at else None
        made = compiled_file(file, directory, draft=True, day=day).schema
    elif editing and file is None:
        made = FOR_EDITORS[editing]()
    else:
        raise click.UsageError("Skriv en definitions fil, eller --of definition.")
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))
