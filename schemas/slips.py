"""What an author most likely meant where a text stops being JSON, as advice."""

import re
from typing import Final

GENERAL: Final = (
    "Titta efter ett komma, citattecken eller en klammer för mycket eller för lite."
)
_CURLY: Final = "“”„‟″«»‘’"
_WORDS: Final = {
    "True": "Skriv true, med liten bokstav och utan citattecken.",
    "False": "Skriv false, med liten bokstav och utan citattecken.",
    "None": "Skriv null, eller utelämna namnet.",
    "NaN": "JSON har bara tal som finns. Skriv ett tal, eller utelämna namnet.",
    "Infinity": "JSON har bara tal som finns. Skriv ett tal, eller utelämna namnet.",
    "undefined": "Skriv null, eller utelämna namnet.",
}
_WORD: Final = re.compile(r"[^\W\d_]+")


def likely_slip(text: str, at: int) -> str:
    """Return what to do about the text at a place where JSON cannot go on.

    >>> likely_slip('{"a": 1,}', 8)
    'Ta bort kommat före: efter det sista står inget komma.'
    """
    if not text.strip("\ufeff \t\r\n"):
        return "Filen är tom. Kontrollera att det är rätt fil, och att den är sparad."
    rest, before = text[at:], text[:at].rstrip()
    return _in_a_text(rest) or _at_a_mark(rest, before) or _at_a_word(rest) or GENERAL


def _in_a_text(rest: str) -> str:
    """Return advice for what may not stand inside quotation marks."""
    if rest.startswith("\t"):
        return r"Texten har en tabb mitt i. Byt den mot blanksteg, eller skriv \t."
    if rest.startswith(("\n", "\r")):
        return (
            "Texten slutar inte på sin rad. Sätt citattecknet som fattas, eller skriv "
            r"\n där en ny rad ska börja."
        )
    if rest.startswith("\\"):
        return r"Skriv \\ för ett bakstreck, till exempel C:\\formulär."
    return ""


def _at_a_mark(rest: str, before: str) -> str:
    """Return advice for signs that are too many, too few or of another language."""
    mark, last = rest[:1], before[-1:]
    if not mark:
        return (
            "Filen tar slut för tidigt. Kontrollera att varje { och [ har sin } och ]."
        )
    if last == "," and mark in ",}]":
        return "Ta bort kommat före: efter det sista står inget komma."
    if rest.startswith(("//", "/*", "#")):
        return 'JSON har inga kommentarer. Skriv "$comment": "…", eller ta bort den.'
    if mark == "'" or mark in _CURLY:
        return f'Skriv raka dubbla citattecken: " i stället för {mark}.'
    if mark in '"{[' and last and last not in ",:{[":
        return "Skriv ett komma mellan det som slutar och det som börjar här."
    return ""


def _at_a_word(rest: str) -> str:
    word = _WORD.match(rest)
    if word is None:
        return ""
    return _WORDS.get(
        word[0],
        f"Skriv citattecken omkring text. Strax före ”{word[0]}” kan ett fattas.",
    )
