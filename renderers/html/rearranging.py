"""Rows and files added, taken away and moved, with all else as it was typed.

What is typed of a group within a row stands under the row: `0.children.1.name`.
"""

from collections.abc import Mapping

from renderers.html.plain_fields import row_numbers
from renderers.html.row_conditions import OPEN, is_typed
from schemas.field_type import Raw
from schemas.inside import is_row, within
from schemas.pointers import covers, join, parts

Raws = Mapping[str, Raw]


def with_row(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws with an empty row more in the group at the pointer (`_add`)."""
    asked, below = _place(raws, pointer)
    raw = raws.get(asked, {})
    number = max(row_numbers(within(raw, below)), default=-1) + 1
    return {**raws, asked: _with_open(raw, below, number)}


def open_row(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws with the row the pointer names open, and no other (`_edit`)."""
    found = _row(raws, pointer)
    if found is None:
        return dict(raws)
    asked, below, place = found
    order = row_numbers(within(raws[asked], below))
    number = order[place] if place < len(order) else None
    return {**raws, asked: _with_open(raws[asked], below, number)}


def close_row(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws with that row closed, or gone if it is empty (`_close`)."""
    found = _row(raws, pointer)
    if found is None:
        return dict(raws)
    asked, below, place = found
    order = row_numbers(within(raws[asked], below))
    if not any(
        is_typed(within(raws[asked], f"{below}{n}.")) for n in order[place:][:1]
    ):
        return without(raws, pointer)
    return {**raws, asked: _with_open(raws[asked], below, None)}


def newest_row(raws: Raws, pointer: str) -> str:
    """Return the pointer of the last row of the group at the pointer, as it is shown."""
    asked, below = _place(raws, pointer)
    count = len(row_numbers(within(raws.get(asked, {}), below)))
    return join(*parts(pointer), count - 1)


def without(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws without the row or file the pointer names (`_remove`)."""
    if pointer in raws:
        return {**raws, pointer: {**raws[pointer], "": []}}
    found = _row(raws, pointer)
    if found is None:
        return dict(raws)
    asked, below, place = found
    raw = raws[asked]
    if not below and "" in raw:
        return {**raws, asked: {**raw, "": [*raw[""][:place], *raw[""][place + 1 :]]}}
    order = row_numbers(within(raw, below))
    return {**raws, asked: _ordered(raw, below, [*order[:place], *order[place + 1 :]])}


def raised(raws: Raws, pointer: str) -> dict[str, Raw]:
    """Return the raws with the row the pointer names one place higher (`_up`)."""
    found = _row(raws, pointer)
    if found is None:
        return dict(raws)
    asked, below, place = found
    order = row_numbers(within(raws[asked], below))
    if 0 < place < len(order):
        order[place - 1], order[place] = order[place], order[place - 1]
    return {**raws, asked: _ordered(raws[asked], below, order)}


def _typed(raw: Raw, row: str) -> Raw:
    return {k: v for k, v in raw.items() if k == row or k.startswith(f"{row}.")}


def _with_open(raw: Raw, below: str, number: int | None) -> Raw:
    """Return the raw with one row of a group open, none where there is no number."""
    marks = {f"{below}{one}.{OPEN}" for one in row_numbers(within(raw, below))}
    kept = {key: texts for key, texts in raw.items() if key not in marks}
    if number is None:
        return kept
    return {f"{below}{number}": [""], **kept, f"{below}{number}.{OPEN}": ["1"]}


def _row(raws: Raws, pointer: str) -> tuple[str, str, int] | None:
    """Return question, place of the group in it, and number of the row as shown."""
    *group, last = parts(pointer) or ("",)
    asked, below = _place(raws, join(*group))
    if asked not in raws or not is_row(last):
        return None
    return asked, below, int(last)


def _place(raws: Raws, pointer: str) -> tuple[str, str]:
    """Return the question a group lies in, and what its names begin with there."""
    asked = next((p for p in raws if covers(p, pointer)), pointer)
    below = pointer[len(asked) + 1 :].replace(".", "~2").replace("/", ".")
    return asked, f"{below}." if below else ""


def _ordered(raw: Raw, below: str, order: list[int]) -> Raw:
    """Return the raw with these rows of a group, in this order and no others."""
    rows = within(raw, below)
    kept = {key: texts for key, texts in raw.items() if not _is_row(key, below)}
    for new, old in enumerate(order):
        for key, texts in rows.items():
            head, dot, rest = key.partition(".")
            if head == str(old):
                kept[f"{below}{new}{dot}{rest}"] = texts
    return kept


def _is_row(key: str, below: str) -> bool:
    head = key.removeprefix(below).partition(".")[0]
    return key.startswith(below) and is_row(head)
