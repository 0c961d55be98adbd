"""The linter's idea of what is asked is the engine's, tried on the school start."""

from pathlib import Path

import pytest

from schemas.compiling import compile_form
from schemas.definition import FormDefinition
from schemas.directory import Directory, parse_directory
from schemas.parsing import definition_from
from schemas.section_files import folder_reader
from schemas.settling import settle
from schemas.tracing import Trace, trace
from schemas.worlds import Imagination, Worlds

EXAMPLES = Path(__file__).parents[2] / "examples"
TRIED = 30


def example(name: str) -> FormDefinition:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    return definition_from(text, file=name, read=folder_reader(EXAMPLES))


def directory() -> Directory:
    return parse_directory((EXAMPLES / "directory.toml").read_text(encoding="utf-8"))


def worlds_around(imagination: Imagination, found: Trace, pointer: str) -> Worlds:
    mentions = found.by_pointer[pointer]
    return imagination.worlds(tuple(g for m in mentions for g in m.guards))


@pytest.mark.parametrize(
    "name",
    ["skolstart.json", "felanmalan.json", "bygglovsfraga.json", "foreningsbidrag.json"],
)
def test_imagination_and_engine_ask_the_same(name: str) -> None:
    definition = example(name)
    form, found = compile_form(definition, directory().code_lists), trace(definition)
    imagination = Imagination(found)
    asked_of_people = [
        pointer
        for pointer in found.defined
        if "*" not in pointer and pointer.split("/")[1] in form_sections(definition)
    ]

    differing = [
        (pointer, dict(world))
        for pointer in asked_of_people
        for world in worlds_around(imagination, found, pointer).worlds[:TRIED]
        for settled in [settle(form, world.answers)]
        if imagination.is_asked(pointer, world)
        is not (pointer in settled.asked or pointer in settled.containers)
    ]

    assert differing == []


def form_sections(definition: FormDefinition) -> set[str]:
    return {section.id for section in definition.sections}
