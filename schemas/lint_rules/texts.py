"""Texts that hold what nobody can see or print."""

from collections.abc import Iterator

from schemas.errors import Problem
from schemas.lint_subject import Subject, problem
from schemas.pointers import get, join
from schemas.translatable import read_by_people, translated_files
from schemas.typed_text import unseen
from schemas.visible import mark

BREAKS = "\n\r\t"


def unseen_character(subject: Subject) -> Iterator[Problem]:
    """FB166: a control character in a text that people read."""
    for place, text in _texts(subject):
        found = unseen(text, breaks=BREAKS)
        if found:
            yield problem(
                "FB166",
                place,
                f"Texten innehåller styrtecknet {mark(found[0])}, som ingen kan se "
                "och som inte går att skriva ut.",
                "Ta bort det. Det följer ofta med när text klistras in.",
            )


def _texts(subject: Subject) -> Iterator[tuple[str, str]]:
    for at, document, translations in translated_files(subject.definition):
        for _, place in read_by_people(document):
            yield at + place, str(get(document, place))
        for language, given in translations.items():
            for pointer, text in given.items():
                yield at + join("translations", language, pointer), text


RULES = (unseen_character,)
