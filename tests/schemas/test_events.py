"""Events that retention counts from are said in words, in every language offered."""

from pathlib import Path

import pytest

from schemas.compiling import CompiledForm, compile_form
from schemas.directory import parse_directory
from schemas.parsing import parse_definition
from schemas.privacy import notices
from schemas.section_files import folder_reader

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def form() -> CompiledForm:
    text = (EXAMPLES / "skolstart.json").read_text("utf-8")
    parsed = parse_definition(text, read=folder_reader(EXAMPLES))
    assert parsed.definition is not None
    codes = parse_directory((EXAMPLES / "directory.toml").read_text("utf-8")).code_lists
    return compile_form(parsed.definition, codes)


def events(form: CompiledForm, language: str) -> dict[str, list[str]]:
    """Return what the privacy notice says has happened, by section."""
    return {
        notice.section: [rule.event for rule in notice.retention if rule.event]
        for notice in notices(form, language)
        if any(rule.from_.startswith("event:") for rule in notice.retention)
    }


def test_the_privacy_notice_says_what_has_happened(form: CompiledForm) -> None:
    assert events(form, "sv") == {
        "health": ["Sista anteckningen i journalen"],
        "leisure": ["Platsen på fritids har upphört"],
        "digital": ["Datorn är återlämnad"],
    }


def test_it_says_so_in_every_language_offered(form: CompiledForm) -> None:
    swedish = events(form, "sv")

    for language in form.definition.languages:
        said = events(form, language)
        assert said.keys() == swedish.keys()
        assert not {*map(tuple, said.values())} & {*map(tuple, swedish.values())}
