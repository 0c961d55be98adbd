"""Fields of several controls: grids, addresses, ranked choices, stored files."""

from collections.abc import Mapping
from dataclasses import replace

from renderers.html.page_parts import Field
from renderers.html.plain_fields import (
    Filling,
    Messages,
    StoredFile,
    cell_field,
)
from schemas.addresses import MEMBERS
from schemas.catalogue import text
from schemas.field_type import Question, Raw
from schemas.inside import below, name_below, own, parts_in
from schemas.pointers import join, parts


def with_grid(
    plain: Field, question: Question, raw: Raw, filling: Filling, language: str
) -> Field:
    """Return the field with its cells, placed in rows and columns."""
    lines: dict[str, dict[str, Field]] = {}
    columns: dict[str, str] = {}
    for part in parts_in(question, raw):
        head, *inner = parts(below(part, question))
        column, name = join(*inner), name_below(part, question)
        columns.setdefault(column, part.title_in(language) if column else "")
        lines.setdefault(head, {})[column] = cell_field(
            part, own(raw, name, part), filling, language
        )
    rows = tuple(
        {
            "title": _line_title(question, head, cells, language),
            "cells": tuple(cells.get(column) for column in columns),
        }
        for head, cells in lines.items()
    )
    return replace(plain, data={"columns": tuple(columns.values()), "rows": rows})


def with_members(
    plain: Field, question: Question, raw: Raw, filling: Filling, language: str
) -> Field:
    """Return the field of an address with its members, which a browser may fill in."""
    tokens = plain.data["tokens"]
    named = {name_below(part, question): part for part in parts_in(question, raw)}
    members = []
    for name in (name for name in MEMBERS if name in named):
        part = named[name]
        cell = cell_field(part, own(raw, name, part), filling, language)
        token = cell.data.get("autocomplete") or tokens[name]
        data = {**cell.data, "autocomplete": token}
        members.append((name, replace(cell, data=data)))
    return replace(plain, data={"members": tuple(members)})


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
                "id": plain.id if index == 0 else f"{plain.id}/{place['name']}",
                "marks": _marks(plain, typed[index]),
                "error": message,
            }
        )
    errors = {} if twice is not None else plain.errors
    return replace(plain, errors=errors, data={**plain.data, "ranks": tuple(ranks)})


def _marks(plain: Field, chosen: str) -> Mapping[str, str]:
    """Return what is written in each alternative's tag: one is chosen, or none."""
    values = (option["value"] for option in plain.data["options"])
    return {value: " selected" if value == chosen else "" for value in values}


def with_files(
    plain: Field, question: Question, files: Mapping[str, StoredFile], language: str
) -> Field:
    """Return the field with the files that are already kept.

    One that came with the case has no name here: that lies with the case.
    """
    answers = [value for value in plain.values.get("", ()) if value]
    unnamed = text("En bifogad fil", language)
    stored = tuple(
        {
            "value": value,
            "name": files[value].name if value in files else unnamed,
            "size": files[value].size if value in files else "",
            "href": files[value].href if value in files else "",
            "note": files[value].note if value in files else "",
            "detach": join(*parts(question.pointer), index),
        }
        for index, value in enumerate(answers)
    )
    return replace(plain, data={**plain.data, "stored": stored})
