"""LIX, the Swedish readability index: words per sentence plus the share of long words."""

import re
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SENTENCE_END: Final = re.compile(r"[.!?:](?=\s|$)|\n")
LONG: Final = 6
"""A word of more letters than this is long."""


def words(text: str) -> list[str]:
    """Return the words of a text.

    >>> words("Har barnet e-post, 2 gånger?")
    ['Har', 'barnet', 'e-post', 'gånger']
    """
    return WORD.findall(text)


def lix(text: str) -> int:
    """Return the readability index: under 30 is easy, over 50 is official Swedish.

    >>> lix("Barnet får mat. Maten är bra.")
    3
    >>> lix("Förvaltningsövergripande ställningstaganden förutsätter beslutsunderlag.")
    104
    """
    found = words(text)
    if not found:
        return 0
    sentences = [one for one in SENTENCE_END.split(text) if WORD.search(one)]
    long_words = [word for word in found if len(word) > LONG]
    return round(len(found) / len(sentences) + 100 * len(long_words) / len(found))
