"""Text with everything a reader cannot see, or that could fool them, written out.

A right-to-left override makes `fdp.exe` look like `exe.pdf`; a zero-width space
makes two different names look the same. Lists, PDF and the signed text show the
code point instead: `[U+202E]`.
"""

import re
import unicodedata
from typing import Final

LINE_BREAKS: Final = {"\r\n": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n"}
# Scripts need the joiners (Persian, Indic, emoji); Arabic number signs are drawn.
SEEN: Final = frozenset(
    "\n\t\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"
)
_ISOLATED: Final = re.compile("(\u2068[^\u2066-\u2069\u202a-\u202e]+\u2069)")
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

    In a sentence from right to left each answer stands between isolates of ours; a
    pair around nothing hidden turns no other text about (UAX #9 §2.4.2).

    >>> visible_said("\u2068070\u2069\u202e") == "\u2068070\u2069[U+202E]"
    True
    """
    return "".join(
        f"{piece[0]}{visible(piece[1:-1])}{piece[-1]}"
        if _ISOLATED.fullmatch(piece)
        else visible(piece)
        for piece in _ISOLATED.split(text)
    )
