"""`import`: a form definition from a JSON Schema that somebody else wrote."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from formbuilder.cli.authoring import FILE
from formbuilder.cli.common import json_option
from formbuilder.cli.reading import read_text, refuse_taken, write_definition
from schemas.definition import Json
from schemas.errors import DefinitionRefused, Problem
from schemas.importing.bundling import bundled
from schemas.importing.making import import_schema
from schemas.located_json import Located
from schemas.located_json import read as read_json
from schemas.parsing import flaw_problem
from schemas.sources import Source


@click.command("import")
@click.argument("schema", type=FILE)
@click.option(
    "--ui", type=FILE, help="A uiSchema for RJSF, or a UI schema for JSON Forms."
)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of files that the schema refers to; else its own.",
)
@click.option(
    "-o", "--output", type=FILE, help="The file that the definition is written to."
)
@click.option("--id", "name", help="The form's id; else after the file's name.")
@click.option(
    "--language", default="sv", help="The language that the texts are written in."
)
@json_option
def import_(
    schema: Path,
    ui: Path | None,
    folder: Path | None,
    output: Path | None,
    name: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Make a definition from a JSON Schema; what has no equal is listed."""
    if output is not None:
        refuse_taken(output)
    source = _read(schema)
    layout = _read(ui) if ui else None
    whole = _bundled(source, schema, folder or schema.parent)
    try:
        made = import_schema(
            whole,
            layout.located.value if layout else None,
            name=name or schema.name.partition(".")[0],
            language=language,
        )
    except DefinitionRefused as refused:
        raise DefinitionRefused(map(source.problem, refused.problems)) from None
    notices = [_placed(one, source) for one in made.told]
    notices += [_placed(one, layout or source) for one in made.notices]
    text = json.dumps(made.document, ensure_ascii=False, indent=2) + "\n"
    if output is not None:
        write_definition(output, text)
    if as_json:
        listed = {"notices": [asdict(one) for one in notices]}
        shown = listed if output else {"definition": made.document, **listed}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif output is None:
        click.echo(text, nl=False)
    for one in notices:
        click.echo(
            f"{one.file}:{one.line}:{one.column}: {one.code} {one.pointer}", err=True
        )
        click.echo(f"  {one.message}\n  {one.advice}", err=True)


def _bundled(source: Source, path: Path, folder: Path) -> Json:
    """Return the schema with the files it refers to, all of them in the folder.

    Raises:
        DefinitionRefused: one of them is not JSON.
        click.UsageError: the schema itself lies outside.
    """
    top, known = folder.resolve(), dict[str, Json]()
    if not path.resolve().is_relative_to(top):
        raise click.UsageError(f"{path} ligger inte i {folder}: ange en mapp ovanför.")

    def read(place: str) -> Json | None:
        file = _inside(top, place)
        if place not in known and file is not None:
            known[place] = _read(file).located.value
        return known.get(place)

    place = path.resolve().relative_to(top).as_posix()
    return bundled(source.located.value, place, read)


def _inside(top: Path, place: str) -> Path | None:
    """Return a file of the folder; None if it is no file, or leads out of there."""
    try:
        file = (top / place).resolve()
        return file if file.is_relative_to(top) and file.is_file() else None
    except (OSError, ValueError):  # too long, or nothing a file can be called
        return None


def _read(path: Path) -> Source:
    """Read a JSON file.

    Raises:
        DefinitionRefused: it is not JSON, with every flaw and its place.
    """
    located: Located = read_json(read_text(path))
    if not located.is_readable:
        raise DefinitionRefused(flaw_problem(one, str(path)) for one in located.flaws)
    return Source(file=str(path), located=located)


def _placed(problem: Problem, source: Source) -> Problem:
    return source.problem(replace(problem, file=source.file))
