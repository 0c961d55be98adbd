"""Questions inside a question: the cells of a row or of a grid."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from weakref import WeakKeyDictionary

from schemas.definition import Json
from schemas.errors import InvalidAnswer, first_of
from schemas.field_names import name_of
from schemas.field_type import UNANSWERED, Question, Raw
from schemas.pointers import ABSENT, get, with_value
from schemas.reserved_names import SHUT
from schemas.tongues import isolated, listed, mixed

ENDS: Final = ("?", "!", ".", ":", "؟")

HOLDING: Final = frozenset({"rows", "grid", "tuple", "address", "alternatives"})
"""Kinds of question with others in them."""

LONGEST_NUMBER: Final = 6
"""Figures that the number of a row may have."""


def is_row(head: str) -> bool:
    """Tell whether what a posted name begins with is the number of a row.

    >>> is_row("12"), is_row("name"), is_row("9" * 5000)
    (True, False, False)
    """
    return len(head) <= LONGEST_NUMBER and head.isascii() and head.isdigit()


def within(raw: Raw, prefix: str) -> Raw:
    """Return what was posted below a prefix, without it."""
    return {
        key.removeprefix(prefix): values
        for key, values in raw.items()
        if key.startswith(prefix)
    }


def parts_in(question: Question, raw: Raw) -> tuple[Question, ...]:
    """Return the parts of one row, or of a fixed set: read-only where its answers say so."""
    shut = raw.get(SHUT)
    if not shut:
        return question.parts
    return tuple(
        as_shut(part) if part.may_shut and name_below(part, question) in shut else part
        for part in question.parts
    )


def as_shut(part: Question) -> Question:
    """Return a part where answers beside it make it read-only, the same each time."""
    found = _shut_known.get(part)
    if found is None:
        found = _shut_known.setdefault(part, replace(part, read_only=True))
    return found


_shut_known: WeakKeyDictionary[Question, Question] = WeakKeyDictionary()


def parse_parts(raw: Raw, question: Question) -> Json:
    """Read every part of one row or grid; what nobody filled in is absent.

    Raises:
        InvalidAnswer: for every part that cannot be read, with its `name` as `part`.
    """
    found: Json = {}
    refused: list[InvalidAnswer] = []
    for part in parts_in(question, raw):
        name = name_below(part, question)
        try:
            value = parse_part(own(raw, name, part), part)
        except InvalidAnswer as refusal:
            refused += (_refused(part, name, one) for one in refusal.every)
            continue
        if value is not ABSENT:
            found = with_value(found, below(part, question), value)
    if refused:
        raise first_of(refused)
    return found


def parse_part(raw: Raw, part: Question) -> Json:
    """Read one part; what is read-only is no post, and is read as it was written.

    Raises:
        InvalidAnswer: what was typed cannot be a value.
    """
    if not _is_shut(part):
        return part.field_type.parse(raw, part)
    try:
        return json.loads(raw[""][0])
    except (KeyError, IndexError, ValueError):
        return ABSENT


def raw_part(value: Json, part: Question) -> Raw:
    """Write one part as it would be posted; what is read-only, so that all of it is kept."""
    if not _is_shut(part):
        return part.field_type.raw(value, part)
    return {} if value in UNANSWERED else {"": [json.dumps(value, sort_keys=True)]}


def _is_shut(part: Question) -> bool:
    """Tell whether a part is written as JSON; a file's reference needs not be."""
    return part.read_only and part.kind != "file"


def raw_parts(value: Json, question: Question, row: str = "") -> dict[str, list[str]]:
    """Write every part of one row or grid as it would be posted, under a row's number."""
    posted: dict[str, list[str]] = {}
    for part in question.parts:
        name = ".".join(one for one in (row, name_below(part, question)) if one)
        answer = get(value, below(part, question))
        if answer is not ABSENT:
            for suffix, values in raw_part(answer, part).items():
                posted[f"{name}{joint(part)}{suffix}" if suffix else name] = values
    return posted


def display_parts(value: Json, question: Question, language: str) -> str:
    """Write the answered parts of one row or grid as people read them."""
    return listed(_displayed(value, question, language), language)


def display_lines(value: Json, question: Question, language: str) -> str:
    """Write the answered parts of a tuple as people read them, one on each line."""
    return "\n".join(_displayed(value, question, language))


def _displayed(value: Json, question: Question, language: str) -> Iterator[str]:
    for part in question.parts:
        answer = get(value, below(part, question))
        if answer is ABSENT:
            continue
        said = isolated(part.field_type.display(answer, part, language), language)
        is_whole = not below(part, question)  # a list that is a row needs no name
        yield said if is_whole else labelled(part.title_in(language), said)


def labelled(label: str, said: str) -> str:
    """Put what is said after its label; a question or a sentence needs no colon.

    >>> labelled("Namn", "Rut"), labelled("Vem är det?", "Mormor")
    ('Namn: Rut', 'Vem är det? Mormor')
    >>> labelled("من هو؟", "Mormor")
    'من هو؟ Mormor'
    """
    return mixed(label, colon(label), " ", said)


def colon(label: str) -> str:
    """Return what a label ends with before what is said: nothing, where it has an end."""
    return "" if label.endswith(ENDS) else ":"


def own(raw: Raw, name: str, part: Question) -> Raw:
    """Return what was posted for one part: by its name, or its name and a suffix."""
    if not name:  # The row is a list; its first, empty text only says that it is there.
        return {**raw, "": [text for text in raw.get("", ()) if text]}
    whole = {"": raw[name]} if name in raw else {}
    return {**whole, **within(raw, f"{name}{joint(part)}")}


def joint(question: Question) -> str:
    """Return what stands between the name of a question and of what is inside it."""
    return "." if question.kind in HOLDING else "-"


def below(part: Question, question: Question) -> str:
    """Return where a part stands in its row, or in its question where that has none."""
    row = "/*" if question.kind == "rows" else ""
    return part.pointer.removeprefix(question.pointer + row)


def name_below(part: Question, question: Question) -> str:
    """Return what a part is called within its row or its question."""
    return name_of(below(part, question))


def placed(question: Question, source: str, target: str) -> Question:
    """Return a question, and all inside it, at another pointer than it was asked at."""
    return replace(
        question,
        pointer=target + question.pointer.removeprefix(source),
        parts=tuple(placed(inner, source, target) for inner in question.parts),
        within=tuple(
            replace(one, pointer=target + one.pointer.removeprefix(source))
            for one in question.within
            if one.pointer.startswith(source)
        ),
    )


def _refused(part: Question, name: str, refusal: InvalidAnswer) -> InvalidAnswer:
    values = {"question": part.title, **refusal.values}
    return InvalidAnswer(refusal.code, **{**values, "part": _cell(part, name, refusal)})


def _cell(part: Question, name: str, refusal: InvalidAnswer) -> str:
    """Return which control was refused: the part, or what is inside it."""
    inner = refusal.values.get("part")
    if isinstance(inner, str) and part.kind in HOLDING:
        return f"{name}.{inner}" if name else inner
    return name
