"""A question with what has been typed, as the field one control can draw."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from renderers.html.page_parts import Field, Json
from renderers.html.row_conditions import Asked, cell_value
from schemas.catalogue import text
from schemas.field_type import Control, Question, Raw
from schemas.file_names import naming
from schemas.inside import is_row
from schemas.places_on_pages import in_answers
from schemas.pointers import ABSENT, covers, get, join, parts
from schemas.tongues import listed

Messages = Mapping[str, str]

WRITTEN: Final = frozenset({"text", "textarea", "date"})
"""Widgets in which one writes, so that an example helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that is already kept: `value` is the answer that names it."""

    value: str
    name: str
    size: str = ""
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What stands in the questions of a page.

    `raws` and `messages` are by pointer; a message may lie below its question (a
    cell of a row). `files` are by the answer that names them. `unconfirmed` are the
    pointers of what was filled in for the person and is to be checked. `asked` tells
    which cells a row has; without it, rows have every cell there may be. `opened` is
    the row that somebody has just asked for, and is to come to. `saved` are the
    pointers of answers that there are, but that are not shown. `answers` are what
    the answers are with rows where they stand: what may not be changed is read there.
    """

    raws: Mapping[str, Raw] = field(default_factory=dict)
    messages: Messages = field(default_factory=dict)
    files: Mapping[str, StoredFile] = field(default_factory=dict)
    unconfirmed: Collection[str] = frozenset()
    asked: Asked | None = None
    opened: str = ""
    saved: Collection[str] = frozenset()
    answers: Json = field(default_factory=dict)


def field_id(name: str) -> str:
    """Return the id of the control with this HTML name.

    What belongs to the control has an id that goes on with a slash, as no name does.
    """
    return f"q-{name}"


def plain_field(
    question: Question, control: Control, raw: Raw, messages: Messages, language: str
) -> Field:
    """Return the question as a field, without what compound widgets add."""
    message = _message(question, messages)
    help_text = question.help_in(language)
    description = question.description_in(language)
    shown = control.data.get("placeholder") or help_text
    example = "" if shown else _example(question, control, description, language)
    texts = (said for said in (description, help_text, example) if said)
    told = listed(texts, language, between="\n")
    return Field(
        widget=control.widget,
        name=question.name,
        id=field_id(question.name),
        label=question.title_in(language),
        hint=told or str(control.data.get("placeholder") or ""),
        required=question.required,
        read_only=question.read_only,
        values={suffix: tuple(texts) for suffix, texts in raw.items()},
        errors={"": message} if message else {},
        data=control.data,
        alternative=question.alternative,
    )


def _example(
    question: Question, control: Control, description: str, language: str
) -> str:
    """Return how an answer may be written, unless the description shows it already."""
    found = question.schema.get("examples")
    if control.widget not in WRITTEN or not isinstance(found, list) or not found:
        return ""
    said = question.field_type.display(found[0], question, language)
    if not said or said in description:
        return ""
    return text("Till exempel: {example}", language, example=said)


def _message(question: Question, messages: Messages) -> str:
    """Return the question's own message, or one about its inside that no cell shows."""
    if question.pointer in messages:
        return messages[question.pointer]
    inner = [p for p in messages if covers(question.pointer, p)]
    cells = [part.pointer for part in question.parts]
    shown = [*cells, *(join(*parts(question.pointer), i) for i in _places(question))]
    left = (p for p in inner if not any(covers(cell, p) for cell in shown))
    return next((messages[p] for p in left), "")


def _places(question: Question) -> range:
    """Return the places that have a control each, and are no questions themselves."""
    is_ranked = question.kind == "ranked"
    return range(len(question.schema["prefixItems"]) if is_ranked else 0)


def cell_field(part: Question, typed: Raw, filling: Filling, language: str) -> Field:
    """Return a question that is part of a grid or of an address as a field."""
    control = part.field_type.control(part, language)
    raw = shown_in(part, part.pointer, typed, filling, language)
    return plain_field(part, control, raw, filling.messages, language)


def shown_in(
    part: Question, pointer: str, typed: Raw, filling: Filling, language: str
) -> Raw:
    """Return what a cell shows: as typed, or as people read it where none may type.

    No browser posts what may not be changed, so it is read from the answers.
    """
    if not part.read_only:
        return typed
    value = get(filling.answers, in_answers(pointer))
    value = cell_value(part, typed) if value is ABSENT else value
    if value is ABSENT:
        return {}
    said = named_in(part, filling)
    return {"": [said.field_type.display(value, said, language)]}


def named_in(part: Question, filling: Filling) -> Question:
    """Return a question that says files by their names."""
    return naming(part, {value: one.name for value, one in filling.files.items()})


def row_numbers(raw: Raw) -> list[int]:
    """Return the numbers of the rows that were posted, also the empty ones."""
    heads = {key.partition(".")[0] for key in raw}
    return sorted(int(head) for head in heads if is_row(head))
