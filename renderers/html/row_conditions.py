"""Which cells a row has: those its own answers ask, as rows stand on the page."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_names import pointer_of
from schemas.field_type import Question, Raw
from schemas.field_types.rows import EMPTY, by_row, fewest
from schemas.following import following, name_after, start_of
from schemas.inside import below, is_row, name_below, own, parse_part, parts_in
from schemas.places_on_pages import in_answers
from schemas.pointers import ABSENT, with_value
from schemas.reserved_names import BESIDE
from schemas.settling import choice_of

GROUPS: Final = frozenset({"rows", "tuple"})
"""Kinds of question that ask more of what is inside them, as it is answered."""


OBJECTS: Final = frozenset({"address", "grid"})
"""Kinds of question with a fixed number of others inside them."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked on a page, where what has not been chosen yet hides nothing.

    `choosing` are the rows of which it is not known of what kind they are.
    """

    pointers: Collection[str]
    choosing: frozenset[str] = frozenset()

    @cached_property
    def _open(self) -> frozenset[str]:
        """The places where a person chooses among alternatives."""
        chosen = ((one, choice_of(one)) for one in self.pointers)
        return self.choosing | {place for one, place in chosen if place != one}

    def has(self, pointer: str) -> bool:
        """Tell whether the cell at the pointer is to be shown."""
        there = in_answers(pointer)
        return there in self.pointers or any(a in self._open for a in _above(there))


def _above(pointer: str) -> Iterator[str]:
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


def has_more(question: Question, answer: Json) -> bool:
    """Tell whether rows may stand on the page that the answer does not have."""
    is_nested = any(part.kind in GROUPS for part in question.parts)
    count = len(answer) if isinstance(answer, list) else 0
    return question.kind != "rows" or is_nested or count < fewest(question)


def rows_as_shown(question: Question, raw: Raw) -> list[Json]:
    """Return every row where it stands, also the empty; what is half typed is not there."""
    rows = [_row(question, row) for row in by_row(raw).values()]
    return rows + [{}] * (fewest(question) - len(rows))


def _row(question: Question, row: Raw) -> Json:
    found: Json = {}
    for part in parts_in(question, row):
        value = cell_value(part, own(row, name_below(part, question), part))
        if value is not ABSENT:
            found = with_value(found, below(part, question), value)
    return found


def cell_value(part: Question, typed: Raw) -> Json:
    """Return what a cell answers, ABSENT when it is no answer yet."""
    if part.read_only:
        return parse_part(typed, part)
    if part.kind == "rows":
        return rows_as_shown(part, typed) or ABSENT
    if part.kind == "tuple":
        return _tuple_as_shown(part, typed)
    try:
        return part.field_type.parse(typed, part)
    except InvalidAnswer:
        is_object = part.kind in OBJECTS
        return (_row(part, typed) or ABSENT) if is_object else ABSENT


def _tuple_as_shown(question: Question, raw: Raw) -> Json:
    """Return every position where it stands; what is open or half typed is None."""
    found = _row(question, raw)
    if not found:
        return ABSENT
    start = start_of(question)
    if start is None:
        return [found.get(str(at)) for at in range(max(map(int, found)) + 1)]
    after = found.get(name_after(start), [])
    return [*(found.get(str(at)) for at in range(start)), *after]


def is_typed(raw: Raw) -> bool:
    """Tell whether anything but blanks was typed."""
    return any(
        one.strip()
        for key, texts in raw.items()
        if key.rpartition(".")[2] not in BESIDE
        for one in texts
    )


def _kept_places(question: Question, raw: Raw) -> dict[int, int]:
    """Return where each row that holds anything is kept, by its number on the page."""
    rows = by_row(raw).items()
    filled = [n for n, row in rows if _row(question, row) not in EMPTY]
    return {number: place for place, number in enumerate(filled)}


def cells_named(question: Question, raw: Raw, names: Iterable[str]) -> Iterator[str]:
    """Yield the pointers of the named cells, where they are once empty rows are gone."""
    start, kept = f"{question.name}.", kept_in(question, raw)
    for name in names:
        if name.startswith(start):
            shown = question.pointer + pointer_of(name.removeprefix(start))
            found = kept(shown)
            if found:
                yield found


def kept_in(question: Question, raw: Raw) -> Callable[[str], str]:
    """Return what tells where among the answers a shown cell or row of a question is.

    It is as it will be once empty rows are gone; of those it says "".
    """
    if question.kind != "tuple":
        return partial(_kept, question, _kept_places(question, raw))
    part = following(question)
    if part is None:  # Its positions stay where they are.
        return in_answers
    after = kept_in(part, own(raw, name_below(part, question), part))
    below = f"{part.pointer}/"
    return lambda at: after(at) if at.startswith(below) else in_answers(at)


def _kept(question: Question, places: Mapping[int, int], pointer: str) -> str:
    group = question.pointer
    number, *inner = pointer.removeprefix(f"{group}/").split("/")
    place = places.get(int(number)) if is_row(number) else None
    return "" if place is None else in_answers("/".join((group, str(place), *inner)))
