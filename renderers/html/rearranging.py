"""Rows and files added, taken away and moved, with all else as it was typed.

What is typed of a group within a row stands under the row: `0.children.1.name`. The
pointers are posted by buttons, so they are compared and cut as texts: what is made of
them is kept nowhere.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from renderers.html.plain_fields import row_numbers
from renderers.html.row_conditions import is_typed
from schemas.field_names import name_of
from schemas.field_type import Question, Raw
from schemas.field_types.rows import by_row
from schemas.inside import is_row, within
from schemas.pointers import lies_in
from schemas.reserved_names import OPEN

Raws = Mapping[str, Raw]


def with_row(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws with an empty row more in the group at the pointer (`_add`)."""
    asked, below = _place(raws, pointer)
    raw = raws.get(asked, {})
    number = max(row_numbers(within(raw, below)), default=-1) + 1
    return {**raws, asked: _with_open(raw, below, number)}


def open_row(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws with the row the pointer names open, and no other (`_edit`)."""
    row = _row(raws, pointer)
    if row is None:
        return dict(raws)
    return {**raws, row.asked: _with_open(raws[row.asked], row.below, row.number)}


def close_row(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws with that row closed, or gone if it is empty (`_close`)."""
    row = _row(raws, pointer)
    if row is None:
        return dict(raws)
    raw = raws[row.asked]
    rows = by_row(within(raw, row.below))
    if row.number is None or not is_typed(rows[row.number]):
        return without(raws, pointer)
    return {**raws, row.asked: _with_open(raw, row.below, None)}


def newest_row(raws: Raws, pointer: str) -> str:
    """Return the pointer of the last row of the group at the pointer, as it is shown."""
    asked, below = _place(raws, pointer)
    count = len(row_numbers(within(raws.get(asked, {}), below)))
    return f"{pointer}/{count - 1}"


def without(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws without the row or answer the pointer names (`_remove`)."""
    if pointer in raws:
        return {**raws, pointer: {**raws[pointer], "": []}}
    row = _row(raws, pointer)
    if row is None:
        return dict(raws)
    order = [*row.order[: row.place], *row.order[row.place + 1 :]]
    return {**raws, row.asked: _ordered(raws[row.asked], row.below, order)}


def detached(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws without a file, by its number below its question (`_detach`)."""
    place, _, last = pointer.rpartition("/")
    asked, below = _place(raws, place)
    raw, key = raws.get(asked, {}), below.removesuffix(".")
    if key not in raw or not is_row(last):
        return dict(raws)
    left = [text for number, text in enumerate(raw[key]) if number != int(last)]
    return {**raws, asked: {**raw, key: left}}


def raised(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws with the row the pointer names one place higher (`_up`)."""
    row = _row(raws, pointer)
    if row is None:
        return dict(raws)
    order, place = list(row.order), row.place
    if 0 < place < len(order):
        order[place - 1], order[place] = order[place], order[place - 1]
    return {**raws, row.asked: _ordered(raws[row.asked], row.below, order)}


def _with_open(raw: Raw, below: str, number: int | None) -> Raw:
    """Return the raw with one row of a group open, none where there is no number."""
    marks = {f"{below}{one}.{OPEN}" for one in row_numbers(within(raw, below))}
    kept = {key: texts for key, texts in raw.items() if key not in marks}
    if number is None:
        return kept
    return {f"{below}{number}": [""], **kept, f"{below}{number}.{OPEN}": ["1"]}


class _Row(NamedTuple):
    """A row by its place as shown, among the numbers its group's rows were posted by.

    The group lies in the question `asked`, where its names begin with `below`.
    """

    asked: str
    below: str
    place: int
    order: tuple[int, ...]

    @property
    def number(self) -> int | None:
        """Return the number it was posted by, None if there are not so many rows."""
        return self.order[self.place] if self.place < len(self.order) else None


def _row(raws: Raws, pointer: str) -> _Row | None:
    """Return the row a pointer names, None if it names nothing that can have rows."""
    group, _, last = pointer.rpartition("/")
    asked, below = _place(raws, group)
    if asked not in raws or not is_row(last):
        return None
    return _Row(asked, below, int(last), tuple(row_numbers(within(raws[asked], below))))


def _place(raws: Raws, pointer: str) -> tuple[str, str]:
    """Return the question a group lies in, and what its names begin with there."""
    asked = next((p for p in raws if lies_in(pointer, p)), pointer)
    below = name_of(pointer.removeprefix(asked))
    return asked, f"{below}." if below else ""


def _ordered(raw: Raw, below: str, order: Sequence[int]) -> Raw:
    """Return the raw with these rows of a group, in this order and no others."""
    rows = by_row(within(raw, below))
    kept = {key: texts for key, texts in raw.items() if not _is_row(key, below)}
    for new, old in enumerate(order):
        for key, texts in rows[old].items():
            kept[f"{below}{new}.{key}" if key else f"{below}{new}"] = texts
    return kept


def _is_row(key: str, below: str) -> bool:
    head = key.removeprefix(below).partition(".")[0]
    return key.startswith(below) and is_row(head)


BUTTONS: Final = {
    "_add": with_row,
    "_remove": without,
    "_detach": detached,
    "_up": raised,
    "_edit": open_row,
    "_close": close_row,
}
"""What changes which rows and files there are, or which row is open, by name."""


def rearranged(
    raws: Raws, act: str, pointer: str, cell_at: Callable[[str], Question | None]
) -> dict[str, Raw]:
    """Return the raws after a button, unless it is for nothing that people may change.

    `cell_at` tells what is asked at a pointer on the page, or is read-only around it.
    """
    is_whole = pointer in raws and act == "_remove"  # An answer that is not shown.
    group = cell_at(pointer if act == "_add" else pointer.rpartition("/")[0])
    kind = "file" if act == "_detach" else "rows"
    if not is_whole and (group is None or group.kind != kind or group.read_only):
        return dict(raws)
    return BUTTONS[act](raws, pointer)
