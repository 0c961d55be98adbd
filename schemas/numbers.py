"""Numbers as Swedes write them: decimal comma, blanks between thousands."""

import re
from typing import Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer

WHOLE: Final = re.compile(r"-?[0-9]{1,15}\Z")
DECIMAL: Final = re.compile(r"-?[0-9]{1,15}([,.][0-9]{1,10})?\Z")
BLANKS: Final = re.compile(r"[ \u00a0\u202f]")
MINUS: Final = "\u2212"


def parse_number(typed: str, *, is_whole: bool) -> Json:
    """Return what was typed as a number, whole where it has no fraction.

    Raises:
        InvalidAnswer: it is no number, or no whole one where it must be.
    """
    text = BLANKS.sub("", typed).replace(MINUS, "-")
    if is_whole:
        if not WHOLE.match(text):
            raise InvalidAnswer("integer")
        return int(text)
    if not DECIMAL.match(text):
        raise InvalidAnswer("number")
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def written_number(value: Json) -> str:
    """Write a number as Swedes do, never with an exponent."""
    if isinstance(value, float):
        plain = f"{value:.10f}".rstrip("0").rstrip(".")
        return plain.replace(".", ",")
    return str(value)
