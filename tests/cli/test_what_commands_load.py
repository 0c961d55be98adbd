"""The command line: what it lists is what there is, and it loads what it needs."""

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import formbuilder.cli
from formbuilder.cli import LISTED, commands

ROOT = Path(__file__).parents[2]
SERVICE = {
    "alembic",
    "cryptography",
    "flask",
    "flask_wtf",
    "granian",
    "obstore",
    "pikepdf",
    "procrastinate",
    "psycopg",
    "sqlalchemy",
    "weasyprint",
    "xlsxwriter",
}
"""What a service, a database or an archive needs, and an author's round does not."""
WEB = {"httpx", "lxml", "werkzeug", "wtforms"}
FORM = "examples/felanmalan.json"
RUN = """
import json, sys
from formbuilder.cli import main
try:
    main()
except SystemExit:
    pass
print(json.dumps([name.partition(".")[0] for name in sys.modules]), file=sys.stderr)
"""


def _loaded(*words: str) -> set[str]:
    """Return the packages that a command leaves in memory."""
    done = subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, "-c", RUN, *words],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "words", [("check", FORM), ("schema", FORM), ("privacy", FORM)]
)
def test_reading_a_definition_loads_neither_service_nor_web(
    words: tuple[str, ...],
) -> None:
    assert _loaded(*words) & (SERVICE | WEB) == set()


def test_filling_a_form_in_loads_no_service(tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text("{}")
    loaded = _loaded("try", FORM, "--answers", str(answers))

    assert "wtforms" in loaded
    assert loaded & SERVICE == set()


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("no-such",)])
def test_what_runs_no_command_loads_none(words: tuple[str, ...]) -> None:
    assert _loaded(*words) & (SERVICE | WEB | {"jsonschema", "babel"}) == set()


def _first_line(command: click.Command) -> str:
    return (command.help or "").partition("\n")[0]


@pytest.mark.parametrize("name", LISTED)
def test_a_command_is_listed_as_it_says_itself(name: str) -> None:
    found = commands.get_command(click.Context(commands), name)

    assert found is not None
    assert (name, LISTED[name][1]) == (found.name, _first_line(found))


def test_every_command_there_is_is_listed() -> None:
    modules = [
        importlib.import_module(f"formbuilder.cli.{found.name}")
        for found in pkgutil.iter_modules(formbuilder.cli.__path__)
    ]
    made = {
        id(value): f"{module.__name__.rpartition('.')[2]}:{name}"
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, click.Command)
    }
    inner = {
        id(command)
        for module in modules
        for group in vars(module).values()
        if isinstance(group, click.Group)
        for command in group.commands.values()
    }

    outermost = {place for key, place in made.items() if key not in inner}
    assert sorted(place for place, _ in LISTED.values()) == sorted(outermost)
