"""What an editor is given: valid schemas, all explained, and nothing to fetch."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from schemas.definition import Json
from schemas.editing import (
    META_SCHEMA,
    definition_schema,
    directory_schema,
    section_schema,
    vscode_settings,
)
from schemas.formats import CHECKS
from schemas.published import registry

EXAMPLES = Path(__file__).parents[2] / "examples"
DEFINITIONS = sorted(EXAMPLES.glob("*.json"))
SECTIONS = sorted(EXAMPLES.glob("sections/*.json"))
QUESTION = {"title": "Vad hände?", "type": "string"}


def parts(value: Json) -> Iterator[dict[str, Any]]:
    """Yield every object in a schema, examples and constants aside."""
    if isinstance(value, dict):
        yield value
        for name, member in value.items():
            if name not in ("examples", "default", "const", "enum"):
                yield from parts(member)
    elif isinstance(value, list):
        for one in value:
            yield from parts(one)


def validator(schema: Json) -> Any:
    return jsonschema.Draft202012Validator(schema)


def form(question: Json) -> Json:
    schema = {"type": "object", "properties": {"what": question}}
    section = {"id": "fault", "title": "Felet", "schema": schema}
    return {"id": "fel", "title": "Fel", "sections": [section]}


@pytest.mark.parametrize("made", [definition_schema, section_schema, directory_schema])
def test_what_is_printed_is_a_valid_schema(made: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(made())


@pytest.mark.parametrize("made", [definition_schema, section_schema, directory_schema])
def test_nothing_is_fetched(made: Any) -> None:
    named = [one.get("$ref") for one in parts(made())]
    references = [one for one in named if isinstance(one, str)]

    assert [one for one in references if not one.startswith("#/$defs/")] == []


@pytest.mark.parametrize("made", [definition_schema, section_schema])
def test_every_keyword_is_explained(made: Any) -> None:
    whole = made()

    def explained(member: Json) -> bool:
        here = member.get("description")
        there = whole["$defs"].get(str(member.get("$ref")).removeprefix("#/$defs/"), {})
        return bool(here or there.get("description"))

    assert [
        name
        for one in parts(whole)
        for name, member in one.get("properties", {}).items()
        if isinstance(member, dict) and not explained(member)
    ] == []


def test_every_keyword_of_json_schema_is_known() -> None:
    known = definition_schema()["$defs"]["question"]["properties"]
    dialect = registry().contents(META_SCHEMA)
    words = {
        name
        for part in dialect["allOf"]
        for name in registry().contents(
            f"https://json-schema.org/draft/2020-12/{part['$ref']}"
        )["properties"]
    }

    assert words - known.keys() == {"$vocabulary"}


def test_our_own_formats_are_offered() -> None:
    known = definition_schema()["$defs"]["question"]["properties"]["format"]

    assert sorted(CHECKS.keys() - set(known["examples"])) == []


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_the_examples_are_right_in_an_editor(path: Path) -> None:
    written = json.loads(path.read_text("utf-8"))

    assert list(validator(definition_schema()).iter_errors(written)) == []


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_the_sections_are_right_in_an_editor(path: Path) -> None:
    written = json.loads(path.read_text("utf-8"))

    assert list(validator(section_schema()).iter_errors(written)) == []


@pytest.mark.parametrize(
    "question",
    [
        {"title": 3},
        {"type": "strang"},
        {"required": "name"},
        {"maxLength": -1},
        {"if": []},
        {"properties": {"inner": {"minimum": "0"}}},
        {"oneOf": []},
    ],
    ids=str,
)
def test_a_fault_in_a_question_is_underlined(question: Json) -> None:
    sound, faulty = form(QUESTION), form({**QUESTION, **question})

    assert validator(definition_schema()).is_valid(sound)
    assert not validator(definition_schema()).is_valid(faulty)


def test_vscode_knows_a_definition_by_what_it_says_it_is() -> None:
    definition, section = vscode_settings()["json.schemas"]
    says = json.loads(DEFINITIONS[0].read_text("utf-8"))["$schema"]

    assert (definition["url"], definition["schema"]["$id"]) == (says, says)
    assert section["fileMatch"] == ["**/sections/*.json"]
