"""Which cells the answers beside them make read-only: found anew whenever they change.

What is stored in such a cell is written as all that is read-only is, and named among
what its row has shut; once it is open again it stands as it would be posted. Of rows
that nobody has added yet, one of each kind says what is shut in them from the start.
"""

from collections.abc import Callable
from typing import NamedTuple

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Question, Raw
from schemas.field_types.rows import by_row, fewest
from schemas.inside import (
    as_shut,
    below,
    joint,
    name_below,
    own,
    parse_part,
    parts_in,
    raw_part,
)
from schemas.places_on_pages import in_answers
from schemas.pointers import ABSENT, get
from schemas.reserved_names import NEW, SHUT
from schemas.shut_cells import Texts, has_shut, is_of_row, may_shut, under, without

IsShut = Callable[[str], bool]
"""Tells whether answers make read-only what stands at a pointer on pages."""


def with_new_rows(question: Question, raw: Raw) -> Texts:
    """Return what stands in a question with an empty row more in each of its groups."""
    if question.kind != "rows":
        return _with_new_inside(question, raw)
    found, rows = dict(raw), by_row(raw)
    new = max(rows, default=-1) + 1
    for number, row in {**rows, new: {NEW: [""]}}.items():
        found |= under(str(number), _with_new_inside(question, row))
    return found


def _with_new_inside(question: Question, row: Raw) -> Texts:
    found = dict(row)
    for part in parts_in(question, row):
        if may_shut(part) and not part.read_only:
            name = name_below(part, question)
            found |= under(name, with_new_rows(part, own(row, name, part)))
    return found


def locked(
    question: Question, raw: Raw, is_shut: IsShut, answers: Json = ABSENT
) -> Raw:
    """Return what stands in a question, its cells read-only that are so by now.

    `answers` are what it was written from, if nothing of it was typed since: not all
    that is stored could be typed.
    """
    if not may_shut(question):
        return raw
    return _Locking(is_shut, answers).of(question, question, raw, question.pointer)


def opened(question: Question, raw: Raw) -> Raw:
    """Return what stands in a question as it would be posted if nothing were shut."""
    return locked(question, raw, _never)


def carried(was: Question, now: Question, raw: Raw) -> Raw:
    """Return what stands in a question as it would in another version of its form."""
    if not (has_shut(was) or has_shut(now)):
        return raw
    return _Locking(_never, ABSENT).of(now, was, raw, now.pointer)


def _never(_: str) -> bool:
    return False


def _rows(question: Question, raw: Raw) -> dict[int, dict[str, list[str]]]:
    """Return the rows by their numbers, with the empty ones that stand there at least."""
    rows = by_row(raw)
    new = max(rows, default=-1) + 1
    lacking = range(new, new + fewest(question) - len(rows))
    return {**rows, **{number: {} for number in lacking}}


class _Locking(NamedTuple):
    """Writes what stands in questions anew, by what of it is read-only by now."""

    is_shut: IsShut
    answers: Json

    def of(self, question: Question, was: Question, raw: Raw, at: str) -> Raw:
        """Return what stands in a question, which it was written for or another."""
        if question.kind != "rows":
            return self._parts(question, was, raw, at)
        found = {key: texts for key, texts in raw.items() if not is_of_row(key)}
        for index, (number, row) in enumerate(_rows(question, raw).items()):
            inside = self._parts(question, was, row, f"{at}/{index}")
            found |= under(str(number), inside)
        return found

    def _parts(self, question: Question, was: Question, row: Raw, at: str) -> Texts:
        """Return a row, or a fixed set of parts; what cannot be read stays open."""
        found = {key: texts for key, texts in row.items() if key != SHUT}
        shut = []
        before = {name_below(part, was): part for part in parts_in(was, row)}
        for part in question.parts:
            name, place = name_below(part, question), at + below(part, question)
            stood, inner = before.get(name, part), own(row, name, part)
            now = as_shut(part) if part.may_shut and self.is_shut(place) else part
            if now.read_only is not stood.read_only:
                try:
                    value = get(self.answers, in_answers(place))
                    value = parse_part(inner, stood) if value is ABSENT else value
                except InvalidAnswer:
                    continue
                inner = {} if value is ABSENT else raw_part(value, now)
                found = without(found, name, part) | _named(name, part, inner)
            if now is not part:
                shut.append(name)
            elif not part.read_only and (may_shut(part) or has_shut(stood)):
                inside = self.of(part, stood, inner, place)
                found = without(found, name, part) | _named(name, part, inside)
        return found | ({SHUT: shut} if shut else {})


def _named(name: str, part: Question, raw: Raw) -> Texts:
    """Return what stands in a part, by its names in its row."""
    between = joint(part) if name else ""
    return {
        f"{name}{between}{key}" if key else name: texts for key, texts in raw.items()
    }
