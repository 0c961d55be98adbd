"""What is read-only inside a question that is posted: of what is stored, never of a post.

A table, a grid, a tuple or an address is posted whole, without its read-only cells.
Those are put back from what is stored, before anything is made of the post. Rows have
no place of their own on a page, where they are moved and taken away, so each posts the
mark of what is read-only in it; what is stored under that mark is its own, once.

Which cells those are may differ from row to row: what is stored names them, as
`schemas.locking` finds them.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from schemas.calculating import KEYWORD
from schemas.field_type import Question, Raw, first
from schemas.field_types.rows import by_row
from schemas.inside import is_row, joint, name_below, own, parts_in
from schemas.reserved_names import BESIDE, NEW, SHUT, WAS
from schemas.row_claims import Claim, Marked, claims

LENGTH: Final = 32
"""Characters of a mark: nobody's rows come to share one."""

OPEN_ROW: Final = "open"
"""The mark of a row with nothing read-only in it, where others have something."""

Texts = dict[str, list[str]]


def has_shut(question: Question) -> bool:
    """Tell whether anything inside a question is read-only, or may be."""
    return any(p.read_only or p.may_shut or has_shut(p) for p in question.parts)


def may_shut(question: Question) -> bool:
    """Tell whether answers decide what inside a question is read-only."""
    return any(part.may_shut or may_shut(part) for part in question.parts)


def cell_at(question: Question, raw: Raw, name: str) -> Question | None:
    """Return the part with a name in a question, or the read-only one it lies in."""
    if question.kind == "rows":
        number, _, name = name.partition(".")
        raw = own(raw, number, question)
    named = ((part, name_below(part, question)) for part in parts_in(question, raw))
    around = [
        (part, known)
        for part, known in named
        if name == known or not known or name.startswith(f"{known}{joint(part)}")
    ]
    if not around:
        return None
    part, known = max(around, key=lambda one: len(one[1]))
    if name == known or part.read_only or not part.parts:
        return part
    inner = name[len(known) + 1 :] if known else name
    return cell_at(part, own(raw, known, part), inner)


def with_shut(question: Question, posted: Raw, stored: Raw) -> Raw:
    """Return what was posted with what is read-only in it as it is stored.

    What is worked out is in neither: it is worked out anew.
    """
    if not has_shut(question):
        return posted
    if question.kind != "rows":
        return _with_parts(question, posted, stored)
    fresh, held = _held(question, stored)
    rows = by_row(posted)
    marked = {number: Marked(first(row, WAS), row) for number, row in rows.items()}
    claimed = claims(question, marked, held, changes=may_shut(question))
    found = {key: texts for key, texts in posted.items() if not is_of_row(key)}
    for number, row in rows.items():
        was, is_repeated = claimed.get(number, Claim(fresh))
        whole = {**_without_new(was), **row} if is_repeated else row
        found |= under(str(number), _with_parts(question, whole, was))
    return found


def _held(question: Question, stored: Raw) -> tuple[Raw, list[Marked]]:
    """Return what a row has that nobody has added yet, and the stored rows."""
    fresh: Raw = {}
    held = []
    for row in by_row(stored).values():
        if NEW in row:
            fresh = row
        else:
            held.append(Marked(_posted_mark(question, row), row))
    return fresh, held


def _without_new(row: Raw) -> Raw:
    """Return a stored row without the rows in it that nobody has added yet."""
    new = tuple(key.removesuffix(NEW) for key in row if key.endswith(f".{NEW}"))
    return {key: texts for key, texts in row.items() if not key.startswith(new)}


def to_post(question: Question, raw: Raw) -> Raw:
    """Return what a page posts of all that stands in a question: marks, nothing shut."""
    if not has_shut(question):
        return raw
    if question.kind != "rows":
        return _open_parts(question, raw)
    found = {key: texts for key, texts in raw.items() if not is_of_row(key)}
    for number, row in by_row(raw).items():
        found |= under(str(number), _open_parts(question, row))
    return found


def marks(question: Question, raw: Raw) -> Texts:
    """Return the marks of the rows in a question, as they are to be posted."""
    if not has_shut(question):
        return {}
    if question.kind != "rows":
        return _marks_inside(question, raw)
    found: Texts = {}
    for number, row in by_row(raw).items():
        mark, inside = _posted_mark(question, row), _marks_inside(question, row)
        found |= under(str(number), inside | ({WAS: [mark]} if mark else {}))
    return found


def _marks_inside(question: Question, row: Raw) -> Texts:
    found: Texts = {}
    for part in parts_in(question, row):
        name = name_below(part, question)
        inner = {} if part.read_only else marks(part, own(row, name, part))
        found |= under(name, inner)
    return found


def _posted_mark(question: Question, row: Raw) -> str:
    """Return what a row posts to be found again, "" where nothing could be shut.

    It tells a row by which cells are read-only in it, and by what stands in those.
    """
    named = [("", sorted(row[SHUT]))] if row.get(SHUT) else []
    shut = named + sorted(_shut(question, row))
    return _mark(shut) or (OPEN_ROW if may_shut(question) else "")


def _mark(shut: list[tuple[str, list[str]]]) -> str:
    if not shut:
        return ""
    return hashlib.sha256(json.dumps(shut).encode()).hexdigest()[:LENGTH]


def _shut(question: Question, row: Raw) -> Iterator[tuple[str, list[str]]]:
    """Yield what is read-only in a row, and not worked out; of rows in it their marks."""
    for part in parts_in(question, row):
        name = name_below(part, question)
        inner = own(row, name, part)
        if part.read_only:
            yield from ((name, texts) for texts in _stored(part, inner))
        elif part.kind == "rows":
            rows = by_row(inner).values()
            marked = (_mark(sorted(_shut(part, one))) for one in rows)
            yield from ((name, [mark]) for mark in marked if mark)
        else:
            yield from ((f"{name}.{key}", texts) for key, texts in _shut(part, inner))


def _with_parts(question: Question, posted: Raw, stored: Raw) -> Texts:
    """Return what was posted of a row, or of a fixed set of parts, with what is shut."""
    found = {key: texts for key, texts in posted.items() if key not in (WAS, SHUT, NEW)}
    for part in parts_in(question, stored):
        name = name_below(part, question)
        was, inner = own(stored, name, part), own(found, name, part)
        if part.read_only:
            found = without(found, name, part)
            for texts in _stored(part, was):
                found[name] = texts
        elif has_shut(part):
            found = without(found, name, part)
            found |= under(name, with_shut(part, inner, was))
    return found | ({SHUT: stored[SHUT]} if SHUT in stored else {})


def _open_parts(question: Question, row: Raw) -> Texts:
    """Return what stands in a row, or in a fixed set of parts, and is not read-only."""
    found = {key: texts for key, texts in row.items() if key != SHUT}
    for part in parts_in(question, row):
        name = name_below(part, question)
        inner = own(found, name, part)
        if part.read_only:
            found = without(found, name, part)
        elif has_shut(part):
            found = without(found, name, part) | under(name, to_post(part, inner))
    return found


def _stored(part: Question, raw: Raw) -> Iterator[list[str]]:
    """Yield the texts of a read-only part, if it has any and is not worked out."""
    if raw.get("") and KEYWORD not in part.schema:
        yield raw[""]


def without(raw: Texts, name: str, part: Question) -> Texts:
    """Return what stands in a row without one part; without its name, all is the part."""
    if not name:
        return {key: raw[key] for key in raw if key in BESIDE} | {"": [""]}
    below = f"{name}."
    is_group = joint(part) == "."
    return {
        key: texts
        for key, texts in raw.items()
        if key != name and not (is_group and key.startswith(below))
    }


def under(name: str, raw: Raw) -> Texts:
    """Return what stands in a part, by its names in what the part is in."""
    return {
        ".".join(one for one in (name, key) if one): texts for key, texts in raw.items()
    }


def is_of_row(key: str) -> bool:
    """Tell whether what was posted under a name stands in a row."""
    return is_row(key.partition(".")[0])
