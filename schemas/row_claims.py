"""Which stored row each posted one is: by its mark, and by what stands in it.

Rows with the same mark are told apart by what the person sees in them. A row's mark
changes with what its answers make read-only: of a page that is posted once more, by a
second click or after an answer that was lost, no row has its mark any longer, but each
says just what is stored.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Final, NamedTuple

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Question, Raw
from schemas.field_types.rows import by_row
from schemas.inside import name_below, own, parse_part, parts_in
from schemas.reserved_names import BESIDE, NEW

LOOKED_AT: Final = 50
"""How many stored rows a posted one is compared with."""


class Marked(NamedTuple):
    """A row, and the mark it has on a page."""

    mark: str
    row: Raw


class Claim(NamedTuple):
    """The stored row that a posted one is, and whether its mark is one of before."""

    row: Raw
    is_repeated: bool = False


def claims(
    question: Question,
    posted: Mapping[int, Marked],
    stored: Iterable[Marked],
    *,
    changes: bool,
) -> dict[int, Claim]:
    """Return which stored row each posted row is, by its number; each row once.

    `changes` says that marks may change with what is answered.
    """
    left, found = _Left(question, stored), dict[int, Claim]()

    def rest() -> list[tuple[int, int, Marked]]:
        every = ((at, number, posted[number]) for at, number in enumerate(posted))
        return [one for one in every if one[1] not in found]

    if changes:
        for _, number, (mark, row) in rest():
            left.claim(found, number, left.alike(row, left.marked(mark)))
        for at, number, (mark, _) in rest():
            left.claim(found, number, at if at in left.marked(mark) else None)
        for _, number, (mark, row) in rest():
            place = left.alike(row, left.rows) if mark else None
            left.claim(found, number, place, is_repeated=True)
    for _, number, (mark, _) in rest():
        left.claim(found, number, next(iter(left.marked(mark)), None))
    return found


class _Left:
    """The stored rows that no posted one is yet, by where they stand."""

    def __init__(self, question: Question, stored: Iterable[Marked]) -> None:
        self._question = question
        self._by_mark: dict[str, dict[int, None]] = {}
        self._marks: dict[int, str] = {}
        self.rows: dict[int, Raw] = {}
        for place, (mark, row) in enumerate(stored):
            self.rows[place], self._marks[place] = row, mark
            self._by_mark.setdefault(mark, {})[place] = None

    def marked(self, mark: str) -> Collection[int]:
        """Return where rows with a mark stand."""
        return self._by_mark.get(mark, {})

    def alike(self, row: Raw, places: Iterable[int]) -> int | None:
        """Return the first place where just what a row says is stored."""
        near = islice(places, LOOKED_AT)
        same = (one for one in near if is_repeat(self._question, row, self.rows[one]))
        return next(same, None)

    def claim(
        self,
        found: dict[int, Claim],
        number: int,
        place: int | None,
        *,
        is_repeated: bool = False,
    ) -> None:
        """Note which posted row the one at a place is; it is left to no other."""
        if place is not None:
            found[number] = Claim(self.rows.pop(place), is_repeated)
            del self._by_mark[self._marks[place]][place]


def is_repeat(question: Question, posted: Raw, stored: Raw) -> bool:
    """Tell whether a row, or a fixed set of parts, says nothing but what is stored."""
    for part in parts_in(question, stored):
        name = name_below(part, question)
        said = own(posted, name, part)
        said = {key: texts for key, texts in said.items() if key not in BESIDE}
        is_said = bool(said) and not part.read_only
        if is_said and not _is_same(part, said, own(stored, name, part)):
            return False
    return True


def _is_same(part: Question, said: Raw, stored: Raw) -> bool:
    if part.kind == "rows":
        rows, were = by_row(said), by_row(stored)
        there = [row for row in were.values() if NEW not in row]
        pairs = zip(rows.values(), there, strict=False)
        return len(rows) == len(there) and all(is_repeat(part, *one) for one in pairs)
    if part.parts:
        return is_repeat(part, said, stored)
    return said == stored or _read(part, said) == _read(part, stored)


def _read(part: Question, raw: Raw) -> Json:
    """Return what a cell says, as typed where that is no answer."""
    try:
        return parse_part(raw, part)
    except InvalidAnswer:
        return raw
