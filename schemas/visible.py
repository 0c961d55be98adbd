"""Text with everything a reader cannot see, or that could fool them, written out.

A right-to-left override makes `fdp.exe` look like `exe.pdf`; a zero-width space
makes two different names look the same. Lists, PDF and the signed text show the
code point instead: `[U+202E]`.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from schemas.tongues import FIRST_STRONG_ISOLATE, POP_ISOLATE

LINE_BREAKS: Final = {"\r\n": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n"}
# Scripts need the joiners (Persian, Indic, emoji); Arabic number signs are drawn.
SEEN: Final = frozenset(
    "\n\t\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"
)
_DIRECTING: Final = re.compile("[\u2066-\u2069\u202a-\u202e]")
UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs"})
UNSEEN_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")


def mark(character: str) -> str:
    r"""Return the code point written out.

    >>> mark("\u202e")
    '[U+202E]'
    """
    return f"[U+{ord(character):04X}]"


def is_seen(character: str) -> bool:
    """Tell whether a reader sees this character, or its effect, as what it is."""
    if character in SEEN:
        return True
    hidden = unicodedata.category(character) in UNSEEN_CATEGORIES
    return not hidden and character not in UNSEEN_LETTERS


def visible(text: str) -> str:
    r"""Return the text with line breaks as `\n` and the unseen written out.

    >>> visible("Alva\u202e\x01")
    'Alva[U+202E][U+0001]'
    """
    if text.isascii() and text.isprintable():
        return text
    for line_break, newline in LINE_BREAKS.items():
        text = text.replace(line_break, newline)
    return "".join(c if is_seen(c) else mark(c) for c in text)


def visible_said(text: str) -> str:
    r"""Return what we have put together of answers, its own isolates kept.

    In a sentence from right to left each answer stands between isolates of ours, and
    so does what is put together of answers in it; a pair turns no text outside it
    about (UAX #9 §2.4.2).

    >>> visible_said("\u2068070\u2069\u202e") == "\u2068070\u2069[U+202E]"
    True
    """
    kept = sorted(_isolates(text))
    starts, ends = (0, *(at + 1 for at in kept)), (*kept, len(text))
    return "".join(
        visible(text[start:end]) + text[end : end + 1]
        for start, end in zip(starts, ends, strict=True)
    )


def _isolates(text: str) -> Iterator[int]:
    """Yield where isolates stand in pairs around something, with nothing else hidden."""
    opened: list[int] = []
    for found in _DIRECTING.finditer(text):
        at = found.start()
        if found[0] == FIRST_STRONG_ISOLATE:
            opened.append(at)
        elif found[0] != POP_ISOLATE:
            opened.clear()
        elif opened:
            start = opened.pop()
            yield from (start, at) if start + 1 < at else ()
