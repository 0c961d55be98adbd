"""Whoever answers a form in a language finds all of it in that language."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Final

import pytest

from schemas.catalogue import Message, catalogue, languages, messages, whole_languages
from schemas.tongues import direction

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("schemas", "renderers", "formbuilder")
STAFF: Final = (
    "formbuilder/cli/",
    "formbuilder/web/inbox.py",
    "formbuilder/web/presenting/inbox.py",
    "renderers/documents/",
    "renderers/html/templates/admin.html",
    "renderers/html/templates/archive",
    "renderers/html/templates/inbox",
    "renderers/printing/records.py",
    "renderers/table.py",
)
"""Files that speak to staff alone. What stands in any other is for those who answer."""
ANSWERING: Final = tuple(one for one in languages() if one not in whole_languages())
BLANKS: Final = re.compile(r"\{[a-z_]*\}")
SPACED: Final = re.compile(r"[0-9][0-9.,-]*(?:[ \u00a0][0-9][0-9.,-]*)+")
ISOLATED: Final = re.compile("[\u2066\u2068][^\u2069]*\u2069")


def words(file: Path) -> Iterator[str]:
    """Yield the literals of a module."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def sources() -> tuple[tuple[str, frozenset[str], str], ...]:
    """Return every file that may speak: its path, its literals, its text."""
    found = []
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*")):
            path = str(file.relative_to(ROOT))
            if file.suffix == ".py":
                found.append((path, frozenset(words(file)), ""))
            elif file.suffix in (".html", ".jinja"):
                text = unescape(file.read_text(encoding="utf-8"))
                found.append((path, frozenset(), text))
    return tuple(found)


def said_in(message: str) -> list[str]:
    return [
        path
        for path, literals, text in sources()
        if message in literals or f'"{message}"' in text or f"'{message}'" in text
    ]


def is_for_staff_alone(message: str) -> bool:
    said = said_in(message)
    return bool(said) and all(path.startswith(STAFF) for path in said)


def forms(message: Message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else message


def test_five_languages_are_there_for_those_who_answer() -> None:
    assert {"ar", "fi", "pl", "so", "uk"} <= set(ANSWERING)


@pytest.mark.parametrize("language", ANSWERING)
def test_whoever_answers_is_never_spoken_to_in_swedish(language: str) -> None:
    missing = {
        swedish
        for swedish in messages("en")
        if swedish not in messages(language) and not is_for_staff_alone(swedish)
    }

    assert missing == set()


@pytest.mark.parametrize("language", languages())
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    assert [one for one in messages(language) if not said_in(one)] == []


@pytest.mark.parametrize("language", languages())
def test_every_plural_form_is_there_and_the_last_fills_all_blanks(
    language: str,
) -> None:
    wrong = [
        swedish
        for swedish, message in messages(language).items()
        if any(
            not set(BLANKS.findall(form)) <= set(BLANKS.findall(swedish))
            for form in forms(message)
        )
        or set(BLANKS.findall(forms(message)[-1])) != set(BLANKS.findall(swedish))
        or len(forms(message)) not in (1, catalogue(language).plural_forms)
    ]

    assert wrong == []


def test_a_machine_s_draft_says_that_it_is_one() -> None:
    assert all(catalogue(language).is_draft for language in ANSWERING)
    assert not any(catalogue(language).is_draft for language in whole_languages())


def spoken_from_right_to_left() -> Iterator[str]:
    for language in languages():
        if direction(language) == "rtl":
            for message in messages(language).values():
                yield from forms(message)
    for file in sorted((ROOT / "examples").rglob("*.json")):
        given = json.loads(file.read_text(encoding="utf-8")).get("translations", {})
        for language, texts in given.items():
            if direction(language) == "rtl":
                yield from texts.values()


def test_a_number_in_pieces_is_kept_whole_where_words_run_from_right_to_left() -> None:
    torn = [
        text
        for text in spoken_from_right_to_left()
        if SPACED.search(ISOLATED.sub("", text))
        or any(" " in one for one in ISOLATED.findall(text))
    ]

    assert torn == []
