"""Which cells the answers beside them make read-only: found anew whenever they change.

What is stored in such a cell is written as all that is read-only is, and named among
what its row has shut; once it is open again it stands as it would be posted. Of rows
that nobody has added yet, one of each kind says what is shut in them from the start.
"""

from collections.abc import Callable

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
from schemas.shut_cells import Texts, is_of_row, may_shut, under, without

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
    question: Question,
    raw: Raw,
    is_shut: IsShut,
    answers: Json = ABSENT,
    at: str = "",
) -> Raw:
    """Return what stands in a question, its cells read-only that are so by now.

    `answers` are what it was written from, if nothing of it was typed since: not all
    that is stored could be typed. `at` is where it stands on the page, its own pointer
    if that is left out.
    """
    if not may_shut(question):
        return raw
    place = at or question.pointer
    if question.kind != "rows":
        return _locked(question, raw, is_shut, answers, place)
    found = {key: texts for key, texts in raw.items() if not is_of_row(key)}
    for index, (number, row) in enumerate(_rows(question, raw).items()):
        inside = _locked(question, row, is_shut, answers, f"{place}/{index}")
        found |= under(str(number), inside)
    return found


def _rows(question: Question, raw: Raw) -> dict[int, dict[str, list[str]]]:
    """Return the rows by their numbers, with the empty ones that stand there at least."""
    rows = by_row(raw)
    new = max(rows, default=-1) + 1
    lacking = range(new, new + fewest(question) - len(rows))
    return {**rows, **{number: {} for number in lacking}}


def _locked(
    question: Question, row: Raw, is_shut: IsShut, answers: Json, at: str
) -> Texts:
    """Return a row, or a fixed set of parts, so; what cannot be read stays open."""
    found = {key: texts for key, texts in row.items() if key != SHUT}
    shut = []
    for part, stood in zip(question.parts, parts_in(question, row), strict=True):
        name, place = name_below(part, question), at + below(part, question)
        inner = own(row, name, part)
        now = as_shut(part) if part.may_shut and is_shut(place) else part
        if now.read_only is not stood.read_only:
            try:
                value = (
                    parse_part(inner, stood)
                    if answers is ABSENT
                    else get(answers, in_answers(place))
                )
            except InvalidAnswer:
                continue
            found = without(found, name, part)
            inner = {} if value is ABSENT else raw_part(value, now)
            found |= _named(name, part, inner)
        if now is not part:
            shut.append(name)
        elif may_shut(part) and not part.read_only:
            found |= _named(name, part, locked(part, inner, is_shut, answers, place))
    return found | ({SHUT: shut} if shut else {})


def _named(name: str, part: Question, raw: Raw) -> Texts:
    """Return what stands in a part, by its names in its row."""
    between = joint(part) if name else ""
    return {
        f"{name}{between}{key}" if key else name: texts for key, texts in raw.items()
    }
