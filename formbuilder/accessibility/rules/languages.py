"""Translations that are none: a page says which language it is in (WCAG 2.2 SC 3.1.2)."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from formbuilder.accessibility.readability import words
from formbuilder.accessibility.seen import Seen
from schemas.errors import Problem
from schemas.lint_subject import problem

SCRIPTS: Final = {
    **dict.fromkeys(("ar", "fa", "prs", "ps", "ckb", "ur"), "ARABIC"),
    **dict.fromkeys(("uk", "ru", "sr", "bg"), "CYRILLIC"),
    **dict.fromkeys(("ti", "am"), "ETHIOPIC"),
    "th": "THAI",
    "yi": "HEBREW",
    "el": "GREEK",
}
ENOUGH_WORDS: Final = 3
"""A name or a single word may well be the same in two languages."""


def not_translated(seen: Seen) -> Iterator[Problem]:
    """FB214: A translation in another language than it says."""
    for language, translated, text in seen.translations():
        if len(words(text.text)) < ENOUGH_WORDS:
            continue
        if translated == text.text or not _is_in_script(translated, language):
            yield problem(
                "FB214",
                text.at,
                f"Texten är inte på {language}. En skärmläsare läser den med fel uttal.",
                "Översätt den, eller ta bort översättningen så att check säger att den "
                "saknas.",
                "warning",
            )


def _is_in_script(text: str, language: str) -> bool:
    script = SCRIPTS.get(language)
    if script is None:
        return True
    return any(script in unicodedata.name(letter, "") for letter in text)


RULES = (not_translated,)
