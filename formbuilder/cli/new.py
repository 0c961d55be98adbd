"""`new`: a first definition, from what its author answers or says with options."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from formbuilder.cli.authoring import FILE, directory_of, report
from formbuilder.cli.interview import Interview, options_of
from formbuilder.cli.interview_words import ABOUT, LAW, SIGN, START
from formbuilder.cli.reading import read_text, refuse_taken, write_definition
from schemas.checking import check
from schemas.directory import parse_directory
from schemas.errors import Problem
from schemas.importing.keys import key_of
from schemas.sketching import Question, read_question, sketched


class QuestionParameter(click.ParamType[Question]):
    """A question on one line: `text: Var är felet?`."""

    name = "question"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Question:
        """Return the question, or refuse it with how one is written."""
        found = value if isinstance(value, Question) else read_question(str(value))
        if found is None:
            self.fail(
                f"”{value}” går inte att läsa. Skriv till exempel ”text: Var är felet?” "
                "eller ”one_choice: Vad gäller det? = Gata | Park”.",
                param,
                ctx,
            )
        return found


@click.command()
@click.argument("file", type=FILE)
@options_of(START)
@click.option(
    "--about", type=click.Choice(list(ABOUT)), help="Whom the answers are about."
)
@click.option("--sign", type=click.Choice(list(SIGN)), help="Who signs.")
@click.option(
    "--question",
    "questions",
    multiple=True,
    type=QuestionParameter(),
    help="A question, such as “yes_no: Är det akut?”. May be repeated.",
)
@options_of(LAW)
@click.option(
    "--department",
    "departments",
    multiple=True,
    help="A department that gets the answers. May be repeated.",
)
@click.option(
    "--disclosure-basis", help="The ground for departments under another board."
)
@click.option("--directory", type=FILE, help="The municipality's directory.toml.")
@click.option(
    "--no-ask", is_flag=True, help="Ask nothing: what is not said is a blank."
)
def new(file: Path, directory: Path | None, no_ask: bool, **said: Any) -> None:
    """Start a definition by asking; what is not answered is left as marked blanks."""
    refuse_taken(file)
    named = directory_of(file, directory)
    known = read_text(named) if named else None
    town = parse_directory(known, str(named)) if known is not None else None
    given = {key: value for key, value in said.items() if value}
    given.setdefault("id", key_of(file.name.partition(".")[0]))
    sketch = Interview(given, town, may_ask=not no_ask).sketch()
    text = json.dumps(sketched(sketch), ensure_ascii=False, indent=2) + "\n"
    found = check(text, file=str(file), directory_text=known, draft=True)
    if any(one.severity == "error" for one in found):
        report(found, as_json=False)
        sys.exit(1)
    write_definition(file, text)
    _tell(file, found)


def _tell(file: Path, found: tuple[Problem, ...]) -> None:
    click.echo(f"Definitionen är skriven till {file}.")
    blanks = sum(1 for one in found if one.severity == "warning")
    if blanks:
        click.echo(f"{blanks} luckor är kvar: formbuilder check {file} visar dem.")
    else:
        click.echo(f"Inget saknas: formbuilder check {file} är utan fel.")
