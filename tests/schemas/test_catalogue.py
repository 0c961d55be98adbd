"""Everything said to people in code and templates has an English translation."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from schemas.catalogue import languages, messages, text

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "renderers", "formbuilder")
SPOKEN = ("text", "_")


def said_in_python() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            source = path.read_text()
            if (
                "schemas.catalogue" not in source
                and "schemas import catalogue" not in source
            ):
                continue  # Its text() is somebody else's.
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Call) and node.args and _is_spoken(node.func):
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield str(path.relative_to(ROOT)), first.value


def said_in_templates() -> Iterator[tuple[str, str]]:
    reader = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    for path in sorted((ROOT / "renderers").rglob("templates/**/*.html")):
        for _, _, message in reader.extract_translations(path.read_text()):
            if isinstance(message, str):
                yield str(path.relative_to(ROOT)), message


def _is_spoken(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in SPOKEN
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "text"
        and isinstance(function.value, ast.Name)
        and function.value.id == "catalogue"
    )


SAID = {*said_in_python(), *said_in_templates()}


def test_swedish_and_english_are_spoken() -> None:
    assert languages()[:2] == ("sv", "en")


@pytest.mark.parametrize("file", sorted({file for file, _ in SAID}))
def test_what_a_file_says_is_said_in_english_too(file: str) -> None:
    missing = sorted(
        said for where, said in SAID if where == file and said not in messages("en")
    )

    assert missing == []


def test_a_number_picks_its_form() -> None:
    said = [text("Ungefär {minutes} minuter", "uk", minutes=n) for n in (1, 3, 11, 21)]

    assert [words.split()[-1] for words in said] == [
        "хвилина",
        "хвилини",
        "хвилин",
        "хвилина",
    ]


def test_a_name_keeps_its_direction_in_a_sentence_from_right_to_left() -> None:
    isolates = "\N{FIRST STRONG ISOLATE}070-174 06 05\N{POP DIRECTIONAL ISOLATE}"

    assert text("Ring {phone}", "ar", phone="070-174 06 05") == f"Ring {isolates}"
    assert text("Ring {phone}", "uk", phone="070-174 06 05") == "Ring 070-174 06 05"


def test_what_has_no_translation_is_said_in_swedish() -> None:
    assert text("Finns inte i katalogen", "en") == "Finns inte i katalogen"


def test_an_unknown_language_is_answered_in_swedish() -> None:
    assert text("Ja", "../../etc") == "Ja"
