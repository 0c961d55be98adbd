"""What is said to people: the Swedish sentence is the key, `locale/` translates it."""

import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from string import Formatter
from typing import Final

from babel.messages.pofile import read_po

from schemas.tongues import Foreign, Mixed, isolated, mixed

SOURCE_LANGUAGE: Final = "sv"
HEADER: Final = re.compile(r'^"(X-Formbuilder-[A-Za-z]+): ([^"\\]*)\\n"$', re.MULTILINE)
SECOND: Final = "en"

Message = str | tuple[str, ...]
"""A sentence, or one for each plural form of the language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One language's file.

    `is_draft` says that a machine made it and nobody has read it; `is_whole` that
    it has everything, not only what those who answer a form read.
    """

    messages: Mapping[str, Message] = field(default_factory=dict)
    plural_form: Callable[[int], int] = field(default=lambda number: int(number != 1))
    plural_forms: int = 2
    is_draft: bool = False
    is_whole: bool = True


@cache
def catalogue(language: str) -> Catalogue:
    """Return a language's catalogue, an empty one if there is none."""
    source = files("schemas").joinpath("locale", f"{language}.po")
    if not language.isalpha() or not source.is_file():
        return Catalogue()
    content = source.read_bytes()
    said = dict(HEADER.findall(content.decode()))
    read = read_po(BytesIO(content), locale=None)
    found = {_key(one.id): _message(one.string) for one in read if one.id}
    return Catalogue(
        messages={key: message for key, message in found.items() if message},
        plural_form=gettext.c2py(read.plural_expr),
        plural_forms=read.num_plurals,
        is_draft=said.get("X-Formbuilder-State") == "machine draft",
        is_whole=said.get("X-Formbuilder-Scope") != "answering",
    )


def messages(language: str) -> Mapping[str, Message]:
    """Return every translated message of a language, empty if there is none."""
    return catalogue(language).messages


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there is a catalogue for: Swedish, English, the others."""
    names = (entry.name for entry in files("schemas").joinpath("locale").iterdir())
    found = {name.removesuffix(".po") for name in names if name.endswith(".po")}
    first = (SOURCE_LANGUAGE, SECOND)
    return (*first, *sorted(found.difference(first)))


def whole_languages() -> tuple[str, ...]:
    """Return the languages in which staff are spoken to as well."""
    return tuple(one for one in languages() if catalogue(one).is_whole)


def text(swedish: str, language: str = SOURCE_LANGUAGE, **values: object) -> str:
    """Return the message in the language, with its blanks filled.

    What has no translation is shown in Swedish: better understood by some than
    missing for all. Among plural forms the first whole number among the values picks.

    >>> text("Välj högst {limit} alternativ.", "en", limit=3)
    'Choose at most 3 options.'
    """
    spoken = catalogue(language)
    found = spoken.messages.get(swedish, swedish)
    if isinstance(found, tuple):
        found = found[_form(spoken, values)]
    if not values:
        return found
    if any(isinstance(value, Foreign | Mixed) for value in values.values()):
        return mixed(*_pieces(found, language, values))
    return found.format_map(
        {
            name: isolated(value, language) if isinstance(value, str) else value
            for name, value in values.items()
        }
    )


def _pieces(found: str, language: str, values: Mapping[str, object]) -> Iterator[str]:
    """Yield a message in pieces: what is its own, and what fills each of its blanks."""
    for own, name, _, _ in Formatter().parse(found):
        yield own
        if name is not None:
            value = values[name]
            start, _, end = isolated("\0", language).partition("\0")
            yield start
            yield value if isinstance(value, str) else str(value)
            yield end


def _form(spoken: Catalogue, values: Mapping[str, object]) -> int:
    numbers = (value for value in values.values() if isinstance(value, int))
    number = next(numbers, None)
    return -1 if number is None else spoken.plural_form(abs(number))


def _key(named: str | tuple[str, ...] | list[str]) -> str:
    return named if isinstance(named, str) else named[0]


def _message(said: str | tuple[str, ...] | list[str] | None) -> Message:
    if said is None or isinstance(said, str):
        return said or ""
    return tuple(said) if all(said) else ""
