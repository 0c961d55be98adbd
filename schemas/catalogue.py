"""What is said to people: the Swedish sentence is the key, `locale/` translates it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "sv"


@cache
def messages(language: str) -> Mapping[str, str]:
    """Return every translated message of a language, empty if there is none."""
    source = files("schemas").joinpath("locale", f"{language}.po")
    if not language.isalpha() or not source.is_file():
        return {}
    catalog = read_po(BytesIO(source.read_bytes()), locale=None)
    return {
        message.id: message.string
        for message in catalog
        if isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.id
        and message.string
    }


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there is a catalogue for, Swedish first."""
    found = sorted(
        entry.name.removesuffix(".po")
        for entry in files("schemas").joinpath("locale").iterdir()
        if entry.name.endswith(".po")
    )
    return (SOURCE_LANGUAGE, *(name for name in found if name != SOURCE_LANGUAGE))


def text(swedish: str, language: str = SOURCE_LANGUAGE, **values: object) -> str:
    """Return the message in the language, with its blanks filled.

    What has no translation is shown in Swedish: better understood by some than
    missing for all.

    >>> text("Välj högst {limit} alternativ.", "en", limit=3)
    'Choose at most 3 options.'
    """
    found = messages(language).get(swedish, swedish)
    return found.format_map(values) if values else found
