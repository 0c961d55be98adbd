"""Values that are worked out from other answers: `calculate` in a question's schema.

`{"sum": pointer}` adds numbers, `{"count": pointer}` counts rows or answers, and
`{"age": pointer, "at": pointer or date}` gives whole years. Other validators ignore
the keyword. Nothing here knows what day it is.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from schemas.definition import Json
from schemas.pointers import ABSENT, expand, join, parts

KEYWORD: Final = "calculate"
NUMBERS: Final = frozenset({"integer", "number"})


def calculated(answers: Json, pointer: str, schema: Mapping[str, Json]) -> Json:
    """Return the value of a calculated question; ABSENT while something is missing.

    >>> rows = {"rows": [{"amount": 2}, {}, {"amount": 3}]}
    >>> calculated(rows, "/total", {"calculate": {"sum": "/rows/*/amount"}})
    5
    """
    said = schema[KEYWORD]
    for name, work_out in FUNCTIONS.items():
        if isinstance(said, Mapping) and isinstance(said.get(name), str):
            return work_out(answers, pointer, said)
    return ABSENT


def sources(pointer: str, schema: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield (word, pointer) for each answer a calculation reads, rows as written."""
    said = schema.get(KEYWORD)
    if isinstance(said, Mapping):
        for word, named in said.items():
            if isinstance(named, str) and not is_day(named):
                yield word, source(pointer, named)


def source(pointer: str, named: str) -> str:
    """Return the pointer a calculation reads; within a row, that row's own.

    >>> source("/trips/2/cost", "/trips/*/km"), source("/trips/2/cost", "km")
    ('/trips/2/km', '/trips/2/km')
    >>> source("/total/km", "/trips/*/km")
    '/trips/*/km'
    """
    own = parts(pointer)
    if not named.startswith("/"):
        return join(*own[:-1]) + "/" + named
    found: list[str] = []
    for place, part in enumerate(parts(named)):
        is_same_row = part == "*" and tuple(found) == own[:place] and place < len(own)
        found.append(own[place] if is_same_row else part)
    return join(*found)


def is_day(text: str) -> bool:
    """Tell whether a text is a day written out, not a pointer."""
    return _day(text) is not None


def _values(answers: Json, pointer: str, named: str) -> list[Json]:
    return [value for _, value in expand(answers, source(pointer, named))]


def _sum(answers: Json, pointer: str, said: Mapping[str, Json]) -> Json:
    found = _values(answers, pointer, said["sum"])
    numbers = [
        Decimal(str(value))
        for value in found
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    total = sum(numbers, Decimal(0))
    return int(total) if total == int(total) else float(total)


def _count(answers: Json, pointer: str, said: Mapping[str, Json]) -> Json:
    """Count the rows of a list, or the answers a pattern stands for."""
    found = _values(answers, pointer, said["count"])
    return sum(len(value) if isinstance(value, list) else 1 for value in found)


def _age(answers: Json, pointer: str, said: Mapping[str, Json]) -> Json:
    born = next(iter(_values(answers, pointer, said["age"])), ABSENT)
    at = said.get("at", "")
    when = at if is_day(at) else next(iter(_values(answers, pointer, at)), ABSENT)
    first, last = _day(born), _day(when)
    if first is None or last is None or last < first:
        return ABSENT
    had_birthday = (last.month, last.day) >= (first.month, first.day)
    return last.year - first.year - (0 if had_birthday else 1)


def _day(value: Json) -> date | None:
    """Return the day of a date, or of the eight figures a personal number starts with."""
    if not isinstance(value, str):
        return None
    digits = value[:10].replace("-", "")[:8]
    if len(digits) != len("YYYYMMDD") or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


FUNCTIONS: Final[Mapping[str, Callable[[Json, str, Mapping[str, Json]], Json]]] = {
    "sum": _sum,
    "count": _count,
    "age": _age,
}
