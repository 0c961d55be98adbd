"""`import` on the command line: a definition out, and a list of what has no equal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from formbuilder.cli import commands

Run = Callable[..., Result]
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "Ansökan",
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"$ref": "#/definitions/name"}, "age": {"type": "integer"}},
    "definitions": {"name": {"type": "string", "minLength": 2}},
}
UI = {"age": {"ui:widget": "updown"}, "name": {"ui:autofocus": True}}


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(commands, [str(word) for word in words])


def written(folder: Path, name: str, value: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_an_imported_schema_is_checked_and_tried_at_once(
    run: Run, tmp_path: Path
) -> None:
    source = written(tmp_path, "ansokan.schema.json", SCHEMA)
    made = tmp_path / "ansokan.json"
    answers = written(tmp_path, "svar.json", {"name": "Bo", "age": 7})

    exits = [
        run("import", source, "-o", made).exit_code,
        run("check", "--draft", made).exit_code,
        run("check", made).exit_code,
        run("try", "--draft", made, "--answers", answers).exit_code,
    ]

    assert exits == [0, 0, 1, 0]


def test_what_has_no_equal_is_listed_with_its_place(run: Run, tmp_path: Path) -> None:
    source = written(tmp_path, "ansokan.json", SCHEMA)
    ui = written(tmp_path, "ui.json", UI)

    result = run("import", source, "--ui", ui)

    assert (json.loads(result.stdout)["id"], result.stderr.splitlines()[0]) == (
        "ansokan",
        f"{ui}:1:59: FB190 /name/ui:autofocus",
    )


def test_a_machine_gets_definition_and_notices(run: Run, tmp_path: Path) -> None:
    source = written(tmp_path, "ansokan.json", SCHEMA)
    ui = written(tmp_path, "ui.json", UI)

    found = json.loads(run("import", source, "--ui", ui, "--json").stdout)

    assert (found["definition"]["title"], [n["code"] for n in found["notices"]]) == (
        "Ansökan",
        ["FB190"],
    )


def test_a_refusal_says_where_why_and_what_to_write(run: Run, tmp_path: Path) -> None:
    source = written(tmp_path, "s.json", {"type": "object"})

    said = run("import", source).stderr

    assert "FB196 /: Schemat beskriver inga egenskaper" in said
    assert 'Skriv {"type": "object"' in said


def test_a_list_becomes_a_form_and_the_import_says_where_it_lies(
    run: Run, tmp_path: Path
) -> None:
    source = written(tmp_path, "s.json", {"type": "array", "items": {"title": "Namn"}})
    made = tmp_path / "made.json"
    answers = written(tmp_path, "svar.json", {"svar": ["Alva", "Bo"]})

    said = run("import", source, "-o", made).stderr
    tried = run("try", "--draft", made, "--answers", answers)

    assert said.startswith(f"{source}:1:1: FB197")
    assert (tried.exit_code, '{"svar": ["Alva", "Bo"]}' in tried.stdout) == (0, True)


@pytest.mark.parametrize(
    ("text", "exit_code", "code"),
    [
        ("{", 1, "FB001"),
        ("[]", 1, "FB195"),
        ('{"type": "tect"}', 1, "FB"),
    ],
)
def test_what_is_no_schema_of_a_form_is_refused_with_its_place(
    run: Run, tmp_path: Path, text: str, exit_code: int, code: str
) -> None:
    source = tmp_path / "s.json"
    source.write_text(text, encoding="utf-8")

    result = run("import", source)

    assert (
        result.exit_code,
        f"{source}:1:" in result.stderr,
        code in result.stderr,
    ) == (
        exit_code,
        True,
        True,
    )


def test_an_import_writes_over_nothing_and_says_where_it_cannot_write(
    run: Run, tmp_path: Path
) -> None:
    source = written(tmp_path, "s.json", SCHEMA)
    taken = written(tmp_path, "taken.json", {"mine": True})

    refused = [
        run("import", source, "-o", taken),
        run("import", source, "-o", tmp_path / "no-folder" / "made.json"),
    ]

    assert [one.exit_code for one in refused] == [1, 1]
    assert "finns redan" in refused[0].stderr
    assert "no-folder finns inte" in refused[1].stderr
    assert json.loads(taken.read_text(encoding="utf-8")) == {"mine": True}


PERSON = {
    "$id": "https://example.se/person.json",
    "type": "object",
    "properties": {
        "default": {"$ref": "../types/text.json#/$defs/name"},
        "friend": {"$ref": "#/properties/default"},
        "home": {"$ref": "home.json"},
    },
}
HOME = {"type": "object", "properties": {"$ref": {"type": "string"}, "keeper": {
    "$ref": "person.json#/properties/default"}}}  # fmt: skip
TEXTS = {"$defs": {"name": {"type": "string", "minLength": 2, "title": "Namn"}}}


def spread(folder: Path) -> Path:
    """Write a schema in three files, in two folders; return the first."""
    for name in ("parts", "types"):
        (folder / name).mkdir()
    written(folder / "types", "text.json", TEXTS)
    written(folder / "parts", "home.json", HOME)
    return written(folder / "parts", "person.json", PERSON)


def test_a_schema_in_several_files_becomes_one_form(run: Run, tmp_path: Path) -> None:
    first, made = spread(tmp_path), tmp_path / "made.json"
    name = "Alva"
    answers = written(
        tmp_path,
        "svar.json",
        {"default": name, "friend": name, "home": {"$ref": "x", "keeper": name}},
    )
    short = written(tmp_path, "kort.json", {"home": {"keeper": "A"}})

    exits = [
        run("import", first, "--folder", tmp_path, "-o", made).exit_code,
        run("try", "--draft", made, "--answers", answers).exit_code,
        run("try", "--draft", made, "--answers", short).exit_code,
    ]

    assert exits == [0, 0, 1]


def test_files_outside_the_folder_are_not_read(run: Run, tmp_path: Path) -> None:
    first = spread(tmp_path)

    made = tmp_path / "made.json"
    run("import", first, "-o", made)
    checked = run("check", "--draft", made)
    elsewhere = run("import", first, "--folder", tmp_path / "types")

    assert (checked.exit_code, "types/text.json" in checked.stdout) == (1, True)
    assert (elsewhere.exit_code, "ligger inte i" in elsewhere.stderr) == (2, True)


@pytest.mark.parametrize(
    "reference",
    ["http://[b", "b\0.json", "b" * 300, "folder", "b.json#name"],
    ids=["no-address", "null", "long", "folder", "anchor"],
)
def test_a_reference_to_what_is_no_file_is_left_for_check_to_name(
    run: Run, tmp_path: Path, reference: str
) -> None:
    (tmp_path / "folder").mkdir()
    written(tmp_path, "b.json", {"type": "string"})
    properties = {"a": {"$ref": reference}, "b": {"title": "B"}}
    first = written(tmp_path, "s.json", {"properties": properties})
    made = tmp_path / "made.json"

    imported = run("import", first, "-o", made)
    checked = run("check", "--draft", made)

    assert (imported.exit_code, imported.stderr) == (0, "")
    assert (checked.exit_code, "FB17" in checked.stdout) == (1, True)


def test_a_neighbouring_file_that_is_no_json_is_named(run: Run, tmp_path: Path) -> None:
    first = written(tmp_path, "s.json", {"properties": {"a": {"$ref": "b.json"}}})
    (tmp_path / "b.json").write_text("{", encoding="utf-8")

    result = run("import", first)

    assert (result.exit_code, f"{tmp_path / 'b.json'}:1:" in result.stderr) == (1, True)


def test_null_is_no_answer_and_never_the_text_none(run: Run, tmp_path: Path) -> None:
    either = {"title": "Namn", "type": ["string", "null"]}
    source = written(tmp_path, "s.json", {"properties": {"name": either}})
    made = tmp_path / "made.json"
    answers = written(tmp_path, "svar.json", {"name": None})

    run("import", source, "-o", made)
    tried = run("try", "--draft", made, "--answers", answers)

    assert (tried.exit_code, "Svar: {}" in tried.stdout) == (0, True)
