"""A small form with nothing wrong in it, and a directory that knows what it names."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from schemas.directory import Directory, parse_directory
from schemas.errors import Problem
from schemas.linting import lint
from schemas.parsing import Parsed, parse_definition

Form = dict[str, Any]

DIRECTORY = """
school_units = [{ code = "ekbacken", title = "Ekbackens skola" }]

[municipality]
key = "ekvalla"
name = "Ekvalla kommun"

[controllers.bun]
name = "Barn- och utbildningsnämnden"
diary_series = "bun"

[controllers.ks]
name = "Kommunstyrelsen"

[diary_series.bun]
pattern = "BUN {year}/{number}"

[departments.kitchen]
title = "Köket"
controller = "ks"
members = ["19760125-2385"]

[departments.kitchen.channels.folder]
path = "kitchen"

[departments.office]
title = "Skolexpeditionen"
controller = "bun"

[settings]
offered = true
year_start = 2027-08-17

[code_lists."urn:formbuilder:codes:foods"]
entries = [
  { code = "egg", title = "Ägg", valid_from = 2020-01-01 },
  { code = "milk", title = "Mjölk", titles = { en = "Milk" }, valid_to = 2027-06-30 },
]
"""

LAW = {
    "controller": "bun",
    "purpose": "Vi lagar mat som barnet tål.",
    "legal_basis": {"gdpr": "6.1 e", "special": "9.2 g"},
    "archive": {
        "record_type": "Anmälan",
        "classification": "3.4",
        "retention": {"keep": "P1Y", "from": "arrival", "decision": "BUN 1"},
    },
}

NEED = {"required": ["need"], "properties": {"need": {"const": True}}}

FORM: Form = {
    "id": "trial",
    "title": "Prov",
    "identity": {"assurance": "substantial", "about": "child"},
    "schema": {
        "type": "object",
        "properties": {
            "child": {
                "type": "object",
                "properties": {
                    "name": {"title": "Namn", "type": "string", "readOnly": True}
                },
            },
            "facts": {
                "type": "object",
                "readOnly": True,
                "properties": {"offered": {"title": "Erbjuds", "type": "boolean"}},
            },
        },
    },
    "prefill": {"/facts/offered": {"from": "settings:offered"}},
    "codes": {"urn:formbuilder:codes:foods": {"valid_at": "settings:year_start"}},
    "sections": [
        {
            "id": "diet",
            "title": "Mat",
            "schema": {
                "type": "object",
                "required": ["need"],
                "properties": {
                    "need": {"title": "Annan mat?", "type": "boolean"},
                    "info": {"title": "Bra att veta", "type": "null"},
                },
                "allOf": [
                    {
                        "if": NEED,
                        "then": {
                            "required": ["kind", "avoid"],
                            "properties": {
                                "kind": {
                                    "title": "Varför?",
                                    "type": "string",
                                    "oneOf": [
                                        {"const": "allergy", "title": "Allergi"},
                                        {"const": "other", "title": "Annat"},
                                    ],
                                },
                                "avoid": {
                                    "title": "Vad?",
                                    "type": "array",
                                    "minItems": 1,
                                    "items": {"$ref": "urn:formbuilder:codes:foods"},
                                },
                            },
                        },
                    }
                ],
            },
            "sign": "all",
            "arrive_when": "all_signatures",
            "parts": [
                {
                    "id": "safety",
                    "fields": ["/diet/need", "/diet/avoid"],
                    "sign": "one_notify",
                    "arrive_when": "first_signature",
                }
            ],
            "pages": [
                {"id": "mat", "title": "Mat", "fields": ["/diet/info", "/diet/need"]},
                {"id": "mer", "title": "Mer", "fields": ["/diet/kind", "/diet/avoid"]},
            ],
            **LAW,
            "receivers": [
                {
                    "department": "kitchen",
                    "disclosure_basis": "Delegation",
                    "documents": ["csv"],
                    "channels": ["inbox", "folder"],
                    "only_when": {"required": ["diet"], "properties": {"diet": NEED}},
                    "fields": [
                        "/child/name",
                        "/diet/need",
                        "/diet/kind",
                        "/diet/avoid",
                    ],
                }
            ],
        },
        {
            "id": "photo",
            "title": "Bild",
            "schema": {
                "type": "object",
                "required": ["web"],
                "properties": {"web": {"title": "På webben?", "type": "boolean"}},
            },
            "sign": "all_or_no",
            "arrive_when": "all_signatures",
            "consents": {"/photo/web": "publish.web"},
            **LAW,
            "receivers": [{"department": "office", "fields": ["/photo/web"]}],
        },
    ],
    "scenarios": [
        {
            "name": "Inget särskilt",
            "at": "2027-04-01",
            "facts": {"child": {"name": "Alva"}},
            "answers": {"diet": {"need": False}, "photo": {"web": True}},
            "expect": {"valid": True, "not_asked": ["/diet/kind"]},
        }
    ],
}


@pytest.fixture
def trial() -> Form:
    return copy.deepcopy(FORM)


@pytest.fixture
def directory_text() -> str:
    return DIRECTORY


@pytest.fixture
def directory() -> Directory:
    return parse_directory(DIRECTORY, "directory.toml")


@pytest.fixture
def parsed() -> Callable[..., Parsed]:
    """Return what becomes of a form written as JSON."""

    def parse(form: Form, **options: Any) -> Parsed:
        return parse_definition(
            json.dumps(form, ensure_ascii=False, indent=1), file="form.json", **options
        )

    return parse


@pytest.fixture
def linted(
    parsed: Callable[..., Parsed], directory: Directory
) -> Callable[..., tuple[Problem, ...]]:
    """Return what the linter says of a form that can be read."""

    def run(form: Form, **options: Any) -> tuple[Problem, ...]:
        found = parsed(form, **options)
        assert found.problems == ()
        assert found.definition is not None
        return lint(found.definition, directory)

    return run
