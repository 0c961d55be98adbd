"""What is read-only inside a question that is posted: of what is stored, never of a post.

A table, a grid, a tuple or an address is posted whole, without its read-only cells.
Those are put back from what is stored, before anything is made of the post. Rows have
no place of their own on a page, where they are moved and taken away, so each posts the
mark of what is read-only in it; what is stored under that mark is its own, once.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from schemas.calculating import KEYWORD
from schemas.field_type import Question, Raw, first
from schemas.field_types.rows import by_row
from schemas.inside import is_row, joint, name_below, own
from schemas.reserved_names import WAS

LENGTH: Final = 32
"""Characters of a mark: nobody's rows come to share one."""

Texts = dict[str, list[str]]


def has_shut(question: Question) -> bool:
    """Tell whether anything inside a question is read-only."""
    return any(part.read_only or has_shut(part) for part in question.parts)


def with_shut(question: Question, posted: Raw, stored: Raw) -> Raw:
    """Return what was posted with what is read-only in it as it is stored.

    What is worked out is in neither: it is worked out anew.
    """
    if not has_shut(question):
        return posted
    if question.kind != "rows":
        return _with_parts(question, posted, stored)
    left: dict[str, list[Texts]] = {}
    for row in by_row(stored).values():
        left.setdefault(_mark(question, row), []).append(row)
    found = {key: texts for key, texts in posted.items() if not _is_of_row(key)}
    for number, row in by_row(posted).items():
        mark = first(row, WAS)
        was = left[mark].pop(0) if mark and left.get(mark) else {}
        bare = {key: texts for key, texts in row.items() if key != WAS}
        found |= _under(str(number), _with_parts(question, bare, was))
    return found


def to_post(question: Question, raw: Raw) -> Raw:
    """Return what a page posts of all that stands in a question: marks, nothing shut."""
    marks = {key: texts for key, texts in raw.items() if _is_mark(key)}
    return {**with_shut(question, raw, {}), **marks}


def marks(question: Question, raw: Raw) -> Texts:
    """Return the marks of the rows in a question, as they are to be posted."""
    if not has_shut(question):
        return {}
    if question.kind != "rows":
        return _marks_inside(question, raw)
    found: Texts = {}
    for number, row in by_row(raw).items():
        mark, inside = _mark(question, row), _marks_inside(question, row)
        found |= _under(str(number), inside | ({WAS: [mark]} if mark else {}))
    return found


def _marks_inside(question: Question, row: Raw) -> Texts:
    found: Texts = {}
    for part in question.parts:
        name = name_below(part, question)
        found |= _under(name, marks(part, own(row, name, part)))
    return found


def _mark(question: Question, row: Raw) -> str:
    """Return what tells a row by all that is read-only in it, "" where nothing is."""
    shut = sorted(_shut(question, row))
    if not shut:
        return ""
    return hashlib.sha256(json.dumps(shut).encode()).hexdigest()[:LENGTH]


def _shut(question: Question, row: Raw) -> Iterator[tuple[str, list[str]]]:
    """Yield what is read-only in a row, and not worked out; of rows in it their marks."""
    for part in question.parts:
        name = name_below(part, question)
        inner = own(row, name, part)
        if part.read_only:
            yield from ((name, texts) for texts in _stored(part, inner))
        elif part.kind == "rows":
            rows = (_mark(part, one) for one in by_row(inner).values())
            yield from ((name, [mark]) for mark in rows if mark)
        else:
            yield from ((f"{name}.{key}", texts) for key, texts in _shut(part, inner))


def _with_parts(question: Question, posted: Raw, stored: Raw) -> Texts:
    """Return what was posted of a row, or of a fixed set of parts, with what is shut."""
    found = dict(posted)
    for part in question.parts:
        name = name_below(part, question)
        was, inner = own(stored, name, part), own(found, name, part)
        if part.read_only:
            found = _without(found, name, part)
            for texts in _stored(part, was):
                found[name] = texts
        elif has_shut(part):
            found = _without(found, name, part)
            found |= _under(name, with_shut(part, inner, was))
    return found


def _stored(part: Question, raw: Raw) -> Iterator[list[str]]:
    """Yield the texts of a read-only part, if it has any and is not worked out."""
    if raw.get("") and KEYWORD not in part.schema:
        yield raw[""]


def _without(raw: Texts, name: str, part: Question) -> Texts:
    """Return what stands in a row without one part; without its name, all is the part."""
    if not name:
        return {"": [""]}
    below = f"{name}."
    is_group = joint(part) == "."
    return {
        key: texts
        for key, texts in raw.items()
        if key != name and not (is_group and key.startswith(below))
    }


def _under(name: str, raw: Raw) -> Texts:
    """Return what stands in a part, by its names in what the part is in."""
    return {
        ".".join(one for one in (name, key) if one): texts for key, texts in raw.items()
    }


def _is_of_row(key: str) -> bool:
    return is_row(key.partition(".")[0])


def _is_mark(key: str) -> bool:
    return key.rpartition(".")[2] == WAS
