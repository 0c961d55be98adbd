"""Which characters our own fonts can draw; the others are written out.

A PDF/A with a character that has no glyph is invalid, and people paste such
characters. They are shown as `[U+1F469]` in the document, and stand untouched in
the answers attached to it.
"""

import unicodedata
from functools import cache
from importlib.resources import as_file, files
from typing import Final

from fontTools.ttLib import TTFont

from schemas.visible import mark, visible

FONTS: Final = files("renderers") / "fonts"
# Shaping needs these; they draw nothing, so no font has to hold them.
SHAPING: Final = frozenset("\n\u200c\u200d")
TAB: Final = "    "


@cache
def covered_code_points() -> frozenset[int]:
    """Return every code point at least one shipped font has a glyph for."""
    points: set[int] = set()
    for resource in FONTS.iterdir():
        if resource.name.endswith(".ttf"):
            with as_file(resource) as path, TTFont(path, lazy=True) as font:
                points.update(font.getBestCmap())
    return frozenset(points)


def printable(text: str) -> str:
    r"""Return the text as our fonts can draw it, nothing of it lost from sight.

    >>> printable("A\u030alva \ufeff\U0001f469")
    'Ålva [U+FEFF][U+1F469]'
    """
    if text.isascii() and text.isprintable():
        return text
    composed = visible(unicodedata.normalize("NFC", text)).replace("\t", TAB)
    return "".join(c if is_drawn(c) else mark(c) for c in composed)


def is_drawn(character: str) -> bool:
    """Tell whether the character has a glyph or shapes its neighbours."""
    return ord(character) in covered_code_points() or character in SHAPING


def direction(text: str) -> str:
    """Return `rtl` when the first letter with a direction runs right to left.

    >>> direction("12 שלום")
    'rtl'
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
