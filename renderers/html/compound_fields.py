"""Fields of several controls: rows, grids, ranked choices, stored files."""

from collections.abc import Mapping
from dataclasses import replace

from renderers.html.page_parts import Field
from renderers.html.plain_fields import (
    Messages,
    StoredFile,
    cell_field,
    row_numbers,
)
from schemas.field_type import Question, Raw
from schemas.inside import own
from schemas.pointers import join, parts


def with_rows(
    plain: Field,
    question: Question,
    raw: Raw,
    messages: Messages,
    language: str,
    at: str = "",
) -> Field:
    """Return the field with its rows, at least as many as must be answered.

    `at` is the pointer it stands at when it is itself in a row.
    """
    here = parts(at or question.pointer)
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
            pointer = join(*here, index, *parts(_below(part, question)))
            inner = own(raw, f"{typed}.{name}", part)
            cells.append(_cell(part, pointer, inner, messages, language))
        remove = join(*here, index) if count > least else ""
        rows.append({"fields": tuple(cells), "remove": remove})
    is_full = most is not None and count >= most
    said = question.said("row", language, str(question.ui.get("row", "")))
    data = {
        "rows": tuple(rows),
        "add": "" if is_full else join(*here),
        "row_title": said,
    }
    return replace(plain, data=data)


def _cell(
    part: Question, pointer: str, raw: Raw, messages: Messages, language: str
) -> Field:
    """Return a cell, with the rows of its own if it has any."""
    plain = cell_field(part, pointer, raw, messages, language)
    if part.kind == "rows" and not part.read_only:
        return with_rows(plain, part, raw, messages, language, at=pointer)
    return plain


def _below(part: Question, question: Question) -> str:
    """Return the part's pointer below its row."""
    return part.pointer.removeprefix(question.pointer).removeprefix("/*")


def _name_in_row(part: Question, question: Question) -> str:
    return _below(part, question)[1:].replace("/", ".")


def with_grid(
    plain: Field, question: Question, raw: Raw, messages: Messages, language: str
) -> Field:
    """Return the field with its cells, placed in rows and columns."""
    lines: dict[str, dict[str, Field]] = {}
    columns: dict[str, str] = {}
    for part in question.parts:
        head, _, column = _name_in_row(part, question).partition(".")
        name = f"{head}.{column}" if column else head
        columns.setdefault(column, part.title_in(language) if column else "")
        lines.setdefault(head, {})[column] = cell_field(
            part, part.pointer, own(raw, name, part), messages, language
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


def with_ranks(plain: Field, question: Question, messages: Messages) -> Field:
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


def with_files(
    plain: Field, question: Question, files: Mapping[str, StoredFile]
) -> Field:
    """Return the field with the files that are already kept."""
    answers = [value for value in plain.values.get("", ()) if value]
    stored = tuple(
        {
            "value": value,
            "name": files[value].name if value in files else value[:15],
            "size": files[value].size if value in files else "",
            "href": files[value].href if value in files else "",
            "note": files[value].note if value in files else "",
            "remove": join(*parts(question.pointer), index)
            if plain.data.get("multiple")
            else question.pointer,
        }
        for index, value in enumerate(answers)
    )
    return replace(plain, data={**plain.data, "stored": stored})
