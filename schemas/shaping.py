"""Reduced forms of an answer, for a receiver who needs less than all of it."""

from collections.abc import Callable, Mapping
from typing import Final

from schemas.definition import Json, Shape
from schemas.field_type import Question, raw_value
from schemas.pointers import ABSENT

YEAR_DIGITS: Final = 4


def shaped(
    shape: Shape | None, value: Json, question: Question | None, language: str
) -> Json:
    """Return the value in its reduced form; what is missing is None.

    >>> shaped("initial", "Lo", None, "sv"), shaped("year", "2020-03-01", None, "sv")
    ('L', 2020)
    """
    if shape == "present":
        return value is not ABSENT
    if value is ABSENT:
        return None
    if shape == "title":
        return _title(value, question, language)
    return value if shape is None else SHAPES[shape](value)


def _initial(value: Json) -> Json:
    return str(value).strip()[:1].upper()


def _code(value: Json) -> Json:
    return value


def _title(value: Json, question: Question | None, language: str) -> Json:
    if question is None:
        return value
    titles = {o.raw: o.title for o in question.options(language)}
    if isinstance(value, list) and titles:
        return [titles.get(raw_value(one), raw_value(one)) for one in value]
    return question.field_type.display(value, question, language)


def _days(value: Json) -> Json:
    """Return which days are chosen, without what was said about each."""
    if isinstance(value, Mapping):
        return [day for day, said in value.items() if _is_said(said)]
    return value if isinstance(value, list) else [value]


def _is_said(value: Json) -> bool:
    if isinstance(value, Mapping):
        return any(_is_said(below) for below in value.values())
    return value not in (None, False, "", [])


def _count(value: Json) -> Json:
    if isinstance(value, Mapping):
        return sum(1 for below in value.values() if _is_said(below))
    return len(value) if isinstance(value, list) else 1


def _year(value: Json) -> Json:
    """Return the year that starts an ISO date or a personal number."""
    digits = str(value)[:YEAR_DIGITS]
    return int(digits) if digits.isascii() and digits.isdigit() else None


SHAPES: Final[Mapping[Shape, Callable[[Json], Json]]] = {
    "initial": _initial,
    "code": _code,
    "days": _days,
    "count": _count,
    "year": _year,
}
