"""Which stored row each posted one is: by its mark, and by what stands in it.

Rows with the same mark are told apart by what the person sees in them. A row's mark
changes with what its answers make read-only: of a page that is posted once more, by a
second click or by going back to it, no such row has its mark any longer, but each says
what is stored, or stands where it stood.
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
    claiming = _Claiming(question, posted, stored)
    if changes:
        claiming.by_mark_and_words()
        claiming.by_mark_in_place()
        claiming.by_words()
        claiming.in_place()
    claiming.by_mark()
    return claiming.found


class _Claiming:
    """Finds which posted row each stored one is, the surest first.

    `found` are those that are, by the posted rows' numbers.
    """

    def __init__(
        self,
        question: Question,
        posted: Mapping[int, Marked],
        stored: Iterable[Marked],
    ) -> None:
        self._question = question
        self._posted = posted
        self._left = dict(enumerate(stored))
        self._count = len(self._left)
        self._by_mark: dict[str, dict[int, None]] = {}
        for place, (mark, _) in self._left.items():
            self._by_mark.setdefault(mark, {})[place] = None
        self.found: dict[int, Claim] = {}

    def by_mark_and_words(self) -> None:
        """Claim rows with the same mark that say the same."""
        for _, number, (mark, row) in self._rest():
            self._claim(number, self._alike(row, self._marked(mark)))

    def by_mark_in_place(self) -> None:
        """Claim rows with the same mark where they stood."""
        for at, number, (mark, _) in self._rest():
            self._claim(number, at if at in self._marked(mark) else None)

    def by_words(self) -> None:
        """Claim rows with a mark of before that say just what is stored."""
        for _, number, (mark, row) in self._rest():
            place = self._alike(row, self._left) if mark else None
            self._claim(number, place, is_repeated=True)

    def in_place(self) -> None:
        """Claim rows with a mark of before where they stood, if none came or went."""
        is_whole = all(one.mark for one in self._posted.values())
        if is_whole and len(self._posted) == self._count:
            for at, number, _ in self._rest():
                place = at if at in self._left else None
                self._claim(number, place, is_repeated=True)

    def by_mark(self) -> None:
        """Claim rows with the same mark in their order."""
        for _, number, (mark, _) in self._rest():
            self._claim(number, next(iter(self._marked(mark)), None))

    def _rest(self) -> list[tuple[int, int, Marked]]:
        """Return place, number and row of what is posted and not found yet."""
        every = ((at, n, one) for at, (n, one) in enumerate(self._posted.items()))
        return [one for one in every if one[1] not in self.found]

    def _marked(self, mark: str) -> Collection[int]:
        """Return where rows with a mark stand that nobody has claimed."""
        return self._by_mark.get(mark, {})

    def _alike(self, row: Raw, places: Iterable[int]) -> int | None:
        """Return the first place where just what a row says is stored."""
        for place in islice(places, LOOKED_AT):
            if is_repeat(self._question, row, self._left[place].row):
                return place
        return None

    def _claim(
        self, number: int, place: int | None, *, is_repeated: bool = False
    ) -> None:
        if place is not None:
            mark, row = self._left.pop(place)
            del self._by_mark[mark][place]
            self.found[number] = Claim(row, is_repeated)


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
