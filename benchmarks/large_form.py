"""A form as large as anybody likes: blocks of ten questions, or one long table."""

import json
from collections.abc import Mapping
from typing import Any, Final

from schemas.definition import FormDefinition
from schemas.errors import DefinitionRefused
from schemas.parsing import parse_definition

BLOCK: Final = 10
"""Questions in a block: one of each kind below, the last asked when one says yes."""

COLOURS: Final = ("red", "green", "blue", "black", "white")
Json = Any


def large_form(questions: int) -> FormDefinition:
    """Return a form that asks so many questions, a multiple of ten, on one page."""
    blocks = [_block(number) for number in range(questions // BLOCK)]
    properties = {name: asked for block in blocks for name, asked in block.items()}
    later = [name for name in properties if name.startswith("which")]
    schema = {
        "type": "object",
        "required": [name for name in properties if _is_required(name)],
        "properties": {n: q for n, q in properties.items() if n not in later},
        "allOf": [_shown_when_yes(name, properties[name]) for name in later],
    }
    looks = {f"/large/{n}": {"widget": "textarea"} for n in properties if "story" in n}
    return _form(f"large{questions}", schema, looks, list(properties))


def long_table(items: int, *, is_summed: bool = False) -> FormDefinition:
    """Return a form whose one page has a table that takes so many items.

    All rows are open, or they are lines and one at a time is open.
    """
    item = {
        "type": "object",
        "required": ["name", "count"],
        "properties": {
            "name": {"title": "Namn", "type": "string", "minLength": 1},
            "count": {"title": "Antal", "type": "integer", "minimum": 0},
        },
    }
    table = {"title": "Saker", "type": "array", "items": item, "minItems": 1}
    table["maxItems"] = items
    schema = {
        "type": "object",
        "required": ["things"],
        "properties": {"things": table},
    }
    widget = "summary" if is_summed else "table"
    looks = {"/large/things": {"widget": widget}}
    return _form(f"{widget}{items}", schema, looks, ["things"])


def answers(questions: int) -> dict[str, Json]:
    """Return right answers to so many of the questions, in order."""
    found: dict[str, Json] = {}
    for number in range(-(-questions // BLOCK)):
        found |= _answered(number)
    return {"large": dict(list(found.items())[:questions])}


def items(count: int) -> dict[str, Json]:
    """Return right answers with so many items."""
    rows = [{"name": f"Sak {number}", "count": number} for number in range(count)]
    return {"large": {"things": rows}}


def _block(number: int) -> dict[str, Json]:
    choices = [{"const": c, "title": c.title()} for c in COLOURS]
    text = {"type": "string", "minLength": 1, "maxLength": 100}
    return {
        f"name{number}": {"title": f"Namn {number}", **text},
        f"colour{number}": {"title": f"Färg {number}", "oneOf": choices},
        f"count{number}": {"title": f"Antal {number}", "type": "integer", "minimum": 0},
        f"day{number}": {"title": f"Dag {number}", "type": "string", "format": "date"},
        f"mail{number}": {
            "title": f"Post {number}",
            "type": "string",
            "format": "email",
        },
        f"street{number}": {"title": f"Gata {number}", **text},
        f"story{number}": {"title": f"Berätta {number}", **text, "maxLength": 1000},
        f"likes{number}": {
            "title": f"Gillar {number}",
            "type": "array",
            "items": {"oneOf": choices},
            "uniqueItems": True,
        },
        f"more{number}": {"title": f"Något mer {number}?", "type": "boolean"},
        f"which{number}": {"title": f"Vad mer {number}?", **text},
    }


def _answered(number: int) -> dict[str, Json]:
    return {
        f"name{number}": f"Åsa <Öst> {number}",
        f"colour{number}": COLOURS[number % len(COLOURS)],
        f"count{number}": number,
        f"day{number}": f"2027-03-{number % 28 + 1:02}",
        f"mail{number}": f"asa{number}@example.se",
        f"street{number}": f"Storgatan {number}",
        f"story{number}": f"Först {number}.\nSedan något & mer.",
        f"likes{number}": list(COLOURS[: number % len(COLOURS) + 1]),
        f"more{number}": True,
        f"which{number}": f"Mer {number}",
    }


def _is_required(name: str) -> bool:
    return name.startswith(("name", "colour", "count", "more"))


def _shown_when_yes(name: str, question: Json) -> Json:
    more = name.replace("which", "more")
    yes = {"required": [more], "properties": {more: {"const": True}}}
    return {"if": yes, "then": {"required": [name], "properties": {name: question}}}


def _form(
    form_id: str, schema: Json, looks: Mapping[str, Json], names: list[str]
) -> FormDefinition:
    fields = [f"/large/{name}" for name in names]
    section = {
        "id": "large",
        "title": "Frågor",
        "schema": schema,
        "sign": "one",
        "arrive_when": "first_signature",
        "ui": looks,
        "pages": [{"id": "alla", "title": "Alla frågor", "fields": fields}],
        "controller": "ks",
        "purpose": "Vi behöver svaren för att mäta.",
        "voluntary": True,
        "if_not_answered": "Då mäter vi inget.",
        "legal_basis": {"gdpr": "6.1 e", "national": "Kommunallagen 2 kap. 1 §"},
        "secrecy": "Ingen särskild sekretess",
        "archive": {
            "record_type": "Mätning",
            "classification": "5.1.2 Bidrag · K1 R2 T1",
            "retention": {
                "keep": "P7Y",
                "from": "case_closed",
                "decision": "KS 2027/000 § 0 (påhittat)",
            },
        },
        "receivers": [
            {
                "department": "associations",
                "title": "Mätningar",
                "documents": ["csv"],
                "fields": fields,
            }
        ],
    }
    document = {
        "$schema": "urn:formbuilder:form-definition:1",
        "id": form_id,
        "language": "sv",
        "title": "Stort formulär",
        "description": "Många frågor på en sida.",
        "declaration": "Uppgifterna stämmer.",
        "identity": {"assurance": "substantial", "about": "self"},
        "sections": [section],
    }
    parsed = parse_definition(json.dumps(document), file=f"{form_id}.json")
    if parsed.definition is None:
        raise DefinitionRefused(parsed.problems)
    return parsed.definition
