"""Languages as their speakers name and write them."""

from collections.abc import Iterable, Mapping
from typing import Final, Self

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
WITH_ARABIC_COMMA: Final = RIGHT_TO_LEFT - {"yi"}
FIRST_STRONG_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
POP_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"


class Foreign(str):
    """A text in another language than its reader's, which it names (WCAG 3.1.2)."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> Self:
        made = super().__new__(cls, text)
        made.language = language
        return made


class Mixed(str):
    """A sentence with words of another language in it: its pieces, one after the other."""

    __slots__ = ("pieces",)
    pieces: tuple[str, ...]

    def __new__(cls, pieces: Iterable[str]) -> Self:
        found = tuple(pieces)
        made = super().__new__(cls, "".join(found))
        made.pieces = found
        return made


def mixed(*pieces: str) -> str:
    """Return texts as one, which remembers the pieces in other languages than the rest.

    >>> mixed("Del 1: ", Foreign("Kost", "sv")).pieces
    ('Del 1: ', 'Kost')
    >>> type(mixed("Del 1: ", "Kost"))
    <class 'str'>
    """
    found = [
        piece
        for one in pieces
        for piece in (one.pieces if isinstance(one, Mixed) else (one,))
    ]
    is_mixed = any(isinstance(piece, Foreign) for piece in found)
    return Mixed(found) if is_mixed else "".join(found)


def strung(texts: Iterable[str], between: str) -> str:
    """Return the texts there are as one, each in the language it is in.

    >>> strung(["Del 1", "", Foreign("Kost", "sv")], ", ").pieces
    ('Del 1', ', ', 'Kost')
    """
    pieces = [piece for one in texts if one for piece in (between, one)]
    return mixed(*pieces[1:])


def after_each_other(sentences: Iterable[str]) -> str:
    """Return sentences as one text, each in the language it is in."""
    return strung(sentences, " ")


def said_in(text: str, language: str, reader: str) -> str:
    """Return a text in a language as it is said to a reader of maybe another.

    >>> said_in("Kost", "sv", "ar").language
    'sv'
    >>> type(said_in("Kost", "sv", "sv"))
    <class 'str'>
    """
    return Foreign(text, language) if text and language != reader else text


def like(text: str, model: str) -> str:
    """Return a text that was made of another, in the same language."""
    return Foreign(text, model.language) if isinstance(model, Foreign) else text


def listed(texts: Iterable[str], reader: str, *, between: str = "") -> str:
    """Return texts one after the other, with the comma of their language if nothing else.

    >>> listed(["بيض", "حليب"], "ar")
    'بيض، حليب'
    >>> listed([Foreign("ägg", "sv"), Foreign("mjölk", "sv")], "ar")
    'ägg, mjölk'
    """
    found = list(texts)
    spoken = {getattr(text, "language", reader) for text in found}
    language = spoken.pop() if len(spoken) == 1 else reader
    return said_in((between or comma(language)).join(found), language, reader)


def comma(language: str) -> str:
    """Return what stands between the parts of a list.

    >>> comma("sv"), comma("fa")
    (', ', '، ')
    """
    primary = language.split("-", maxsplit=1)[0]
    return "، " if primary in WITH_ARABIC_COMMA else ", "


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


def shortened(text: str, most: int) -> str:
    """Return a text cut to so many characters, in its language, with isolates closed.

    >>> shortened("Storgatan 1", 10), shortened("Lund", 10)
    ('Storgatan…', 'Lund')
    """
    if len(text) <= most:
        return text
    kept = text[: most - 1].rstrip()
    left = kept.count(FIRST_STRONG_ISOLATE) - kept.count(POP_ISOLATE)
    return like(f"{kept}…{POP_ISOLATE * left}", text)
