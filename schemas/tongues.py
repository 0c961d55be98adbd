"""Languages as their speakers name and write them."""

from collections.abc import Mapping
from typing import Final

from babel import Locale, UnknownLocaleError

OWN_NAMES: Final[Mapping[str, str]] = {
    "sv": "Svenska",
    "en": "English",
    "ar": "العربية",
    "ckb": "کوردی",
    "fa": "فارسی",
    "fi": "suomi",
    "pl": "polski",
    "prs": "دری",
    "ps": "پښتو",
    "se": "davvisámegiella",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "uk": "Українська",
    "ur": "اردو",
    "yi": "ייִדיש",
}
RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "fa", "prs", "ps", "ur", "yi"})
FIRST_STRONG_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
POP_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"


def own_name(language: str) -> str:
    """Return what those who speak a language call it, its code if nobody said.

    >>> own_name("fi"), own_name("tlh")
    ('suomi', 'tlh')
    """
    return OWN_NAMES.get(language, language)


def name_in(language: str, reader: str) -> str:
    """Return what a language is called in the reader's, its code if nobody said.

    >>> name_in("ar", "sv"), name_in("tlh", "sv")
    ('arabiska', 'tlh')
    """
    try:
        name = Locale.parse(language, sep="-").get_language_name(reader or "sv")
    except (UnknownLocaleError, ValueError):
        return language
    return name or language


def direction(language: str) -> str:
    """Return which way the language is written.

    >>> direction("ar"), direction("sv")
    ('rtl', 'ltr')
    """
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def isolated(value: str, language: str) -> str:
    """Return a value that keeps its own direction inside a sentence.

    A name or a phone number in an Arabic sentence would otherwise be torn apart
    (UAX #9); a sentence written from left to right needs nothing.

    >>> isolated("070-174 06 05", "sv")
    '070-174 06 05'
    """
    if direction(language) == "ltr":
        return value
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"
