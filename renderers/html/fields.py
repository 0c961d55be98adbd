"""Questions with what has been typed, as fields that widgets can draw."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from renderers.html.page_parts import Fault, Field
from schemas.field_type import Control, Question, Raw
from schemas.pointers import ABSENT, covers, get, join, matches, parts

Messages = Mapping[str, str]
Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that is already kept: `value` is the answer that names it."""

    value: str
    name: str
    size: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What stands in the questions of a page.

    `raws` and `messages` are by pointer; a message may lie below its question (a
    cell of a row). `files` are by the answer that names them.
    """

    raws: Mapping[str, Raw] = field(default_factory=dict)
    messages: Messages = field(default_factory=dict)
    files: Mapping[str, StoredFile] = field(default_factory=dict)


def field_id(name: str) -> str:
    """Return the id of the control with this HTML name."""
    return f"q-{name}"


def raws_of(
    questions: Sequence[Question], answers: Json, language: str
) -> dict[str, Raw]:
    """Return stored answers as text to fill the questions in with.

    What may not be changed is given as people read it.
    """
    found: dict[str, Raw] = {}
    for question in questions:
        value = get(answers, question.pointer)
        if value is ABSENT:
            continue
        kind = question.field_type
        if question.read_only:
            found[question.pointer] = {"": [kind.display(value, question, language)]}
        else:
            found[question.pointer] = kind.raw(value, question)
    return found


def shown_fields(
    questions: Sequence[Question], filling: Filling, language: str
) -> tuple[Field, ...]:
    """Return the questions as fields, filled in and with their messages."""
    return tuple(shown_field(question, filling, language) for question in questions)


def shown_field(question: Question, filling: Filling, language: str) -> Field:
    """Return one question as a field, filled in and with its message."""
    raw = filling.raws.get(question.pointer, {})
    control = question.field_type.control(question, language)
    plain = _plain(question, control, raw, filling.messages, language)
    if control.widget == "rows" and not question.read_only:
        return _with_rows(plain, question, raw, filling.messages, language)
    if control.widget == "grid" and not question.read_only:
        return _with_grid(plain, question, raw, filling.messages, language)
    if control.widget == "ranked":
        return _with_ranks(plain, question, filling.messages)
    if control.widget == "file":
        return _with_files(plain, question, filling.files)
    return plain


def faults(fields: Sequence[Field], messages: Messages) -> tuple[Fault, ...]:
    """Return the lines of the error summary, in page order, each to its control.

    A message that belongs to no field leads nowhere but is still told.
    """
    placed = [
        Fault(text=message, target=target)
        for shown in fields
        for target, message in _faults_of(shown)
    ]
    told = {fault.text for fault in placed}
    rest = (Fault(text=text) for text in messages.values() if text not in told)
    return (*placed, *rest)


def _plain(
    question: Question, control: Control, raw: Raw, messages: Messages, language: str
) -> Field:
    message = _message(question, messages)
    help_text = question.help_in(language)
    description = question.description_in(language)
    told = "\n".join(text for text in (description, help_text) if text)
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
    )


def _message(question: Question, messages: Messages) -> str:
    """Return the question's own message, or one about its inside that no cell shows."""
    if question.pointer in messages:
        return messages[question.pointer]
    inner = [p for p in messages if covers(question.pointer, p)]
    cells = [part.pointer for part in question.parts]
    shown = [*cells, *(join(*parts(question.pointer), i) for i in _places(question))]
    left = (p for p in inner if not any(matches(cell, p) for cell in shown))
    return next((messages[p] for p in left), "")


def _places(question: Question) -> range:
    return range(len(question.schema.get("prefixItems", ())))


def _part(
    part: Question, pointer: str, raw: Raw, messages: Messages, language: str
) -> Field:
    """Return a cell's question as a field, at the pointer of its row."""
    placed = replace(part, pointer=pointer)
    control = part.field_type.control(part, language)
    return _plain(placed, control, raw, messages, language)


def _own(raw: Raw, name: str) -> Raw:
    """Return what was posted for one cell: under its name, or its name and a suffix."""
    found = {"": raw[name]} if name in raw else {}
    start = f"{name}-"
    return found | {
        key.removeprefix(start): texts
        for key, texts in raw.items()
        if key.startswith(start)
    }


def row_numbers(raw: Raw) -> list[int]:
    """Return the numbers of the rows that were posted, also the empty ones."""
    heads = {key.partition(".")[0] for key in raw}
    return sorted(int(head) for head in heads if head.isascii() and head.isdigit())


def _with_rows(
    plain: Field, question: Question, raw: Raw, messages: Messages, language: str
) -> Field:
    least = max(question.schema.get("minItems", 0), 1 if question.required else 0)
    most = question.schema.get("maxItems")
    numbers = row_numbers(raw)
    count = max(len(numbers), least)
    rows = []
    for index in range(count):
        typed = numbers[index] if index < len(numbers) else index
        cells = []
        for part in question.parts:
            name = _name_in_row(part, question)
            pointer = join(
                *parts(question.pointer), index, *parts(_below(part, question))
            )
            cells.append(
                _part(part, pointer, _own(raw, f"{typed}.{name}"), messages, language)
            )
        remove = join(*parts(question.pointer), index) if count > least else ""
        rows.append({"fields": tuple(cells), "remove": remove})
    is_full = most is not None and count >= most
    said = question.said("row", language, str(question.ui.get("row", "")))
    data = {
        "rows": tuple(rows),
        "add": "" if is_full else question.pointer,
        "row_title": said,
    }
    return replace(plain, data=data)


def _below(part: Question, question: Question) -> str:
    """Return the part's pointer below its row."""
    return part.pointer.removeprefix(question.pointer).removeprefix("/*")


def _name_in_row(part: Question, question: Question) -> str:
    return _below(part, question)[1:].replace("/", ".")


def _with_grid(
    plain: Field, question: Question, raw: Raw, messages: Messages, language: str
) -> Field:
    lines: dict[str, dict[str, Field]] = {}
    columns: dict[str, str] = {}
    for part in question.parts:
        head, _, column = _name_in_row(part, question).partition(".")
        name = f"{head}.{column}" if column else head
        columns.setdefault(column, part.title_in(language) if column else "")
        lines.setdefault(head, {})[column] = _part(
            part, part.pointer, _own(raw, name), messages, language
        )
    rows = tuple(
        {
            "title": _line_title(question, head, cells, language),
            "cells": tuple(cells.get(column) for column in columns),
        }
        for head, cells in lines.items()
    )
    return replace(plain, data={"columns": tuple(columns.values()), "rows": rows})


def _line_title(
    question: Question, head: str, cells: Mapping[str, Field], language: str
) -> str:
    if "" in cells:
        return cells[""].label
    schema = question.schema.get("properties", {}).get(head, {})
    return question.said(f"row:{head}", language, str(schema.get("title", head)))


def _with_ranks(plain: Field, question: Question, messages: Messages) -> Field:
    """Place the message about two equal choices at the later one (language A8)."""
    typed = [plain.text(place["name"]) for place in plain.data["places"]]
    twice = next((i for i, one in enumerate(typed) if one and one in typed[:i]), None)
    ranks = []
    for index, place in enumerate(plain.data["places"]):
        message = messages.get(join(*parts(question.pointer), index), "")
        if index == twice:
            message = message or plain.errors.get("", "")
        ranks.append(
            {
                "title": place["title"],
                "required": place["required"],
                "name": f"{plain.name}-{place['name']}",
                "id": plain.id if index == 0 else f"{plain.id}-{place['name']}",
                "value": typed[index],
                "error": message,
            }
        )
    errors = {} if twice is not None else plain.errors
    return replace(plain, errors=errors, data={**plain.data, "ranks": tuple(ranks)})


def _with_files(
    plain: Field, question: Question, files: Mapping[str, StoredFile]
) -> Field:
    answers = [value for value in plain.values.get("", ()) if value]
    stored = tuple(
        {
            "value": value,
            "name": files[value].name if value in files else value[:15],
            "size": files[value].size if value in files else "",
            "href": files[value].href if value in files else "",
            "remove": join(*parts(question.pointer), index)
            if plain.data.get("multiple")
            else question.pointer,
        }
        for index, value in enumerate(answers)
    )
    return replace(plain, data={**plain.data, "stored": stored})


def _faults_of(shown: Field) -> Iterator[tuple[str, str]]:
    if "" in shown.errors:
        yield shown.id, shown.errors[""]
    for row in shown.data.get("rows", ()) if shown.widget in ("rows", "grid") else ():
        for cell in row.get("fields", row.get("cells", ())):
            if cell is not None:
                yield from _faults_of(cell)
    for rank in shown.data.get("ranks", ()):
        if rank["error"]:
            yield rank["id"], rank["error"]

