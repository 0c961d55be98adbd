"""Free text as somebody typed it: one way of writing each letter, nothing hidden, not endless."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer

LONGEST: Final = 100_000
"""Characters no answer needs more of."""

LONGEST_PATTERNED: Final = 10_000
"""The same where a pattern is matched: its time grows with the text."""


_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs (Unicode categories Cc and Cs)."""


def longest(schema: Mapping[str, Json]) -> int:
    """Return how long a text may be before anything looks at what it says.

    >>> longest({"type": "string"}), longest({"pattern": "^a+$"})
    (100000, 10000)
    """
    return LONGEST_PATTERNED if "pattern" in schema else LONGEST


def typed_text(text: str, schema: Mapping[str, Json], *, breaks: str = "") -> str:
    """Return the text with composed letters; `breaks` are control characters it may hold.

    Raises:
        InvalidAnswer: it is longer than any answer, or holds what nobody can see.
    """
    if len(text) > longest(schema):
        raise InvalidAnswer("maxLength", limit=longest(schema))
    written = unicodedata.normalize("NFC", text)
    if unseen(written, breaks=breaks):
        raise InvalidAnswer("text-control")
    return written


def unseen(text: str, *, breaks: str) -> list[str]:
    """Return the control characters of a text; `breaks` are those it may hold."""
    return [mark for mark in _UNSEEN.findall(text) if mark not in breaks]
