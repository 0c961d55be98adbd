import copy
import json
from typing import Any

import pytest

from renderers.summary import answered, summary
from schemas.compiling import CompiledForm, compile_form
from schemas.parsing import parse_definition
from schemas.settling import settle
from schemas.titles import section_text

DEFINITION: dict[str, Any] = {
    "$schema": "urn:formbuilder:form-definition:1",
    "id": "prov",
    "language": "sv",
    "title": "Prov",
    "identity": {"assurance": "substantial", "about": "child"},
    "schema": {
        "type": "object",
        "properties": {
            "child": {
                "type": "object",
                "properties": {
                    "given_name": {
                        "title": "Barnets förnamn",
                        "type": "string",
                        "readOnly": True,
                    }
                },
            }
        },
    },
    "sections": [
        {
            "id": "diet",
            "title": "Kost",
            "schema": {
                "type": "object",
                "required": ["need"],
                "properties": {
                    "need": {"title": "Annan mat?", "type": "boolean"},
                    "people": {
                        "title": "Vem ringer vi?",
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"name": {"title": "Namn", "type": "string"}},
                        },
                    },
                },
                "if": {
                    "required": ["need"],
                    "properties": {"need": {"const": True}},
                },
                "then": {"properties": {"avoid": {"title": "Vad?", "type": "string"}}},
            },
            "pages": [
                {"id": "mat", "title": "Mat", "fields": ["/diet/need", "/diet/avoid"]},
                {"id": "ring", "title": "Ring", "fields": ["/diet/people"]},
            ],
            "translations": {
                "en": {"/title": "Diet", "/schema/properties/need/title": "Other food?"}
            },
        }
    ],
}

ANSWERS = {
    "child": {"given_name": "Alva"},
    "diet": {
        "need": True,
        "avoid": "Nötter",
        "people": [{"name": "Rut Ek"}, {"name": "Bo Ek"}],
    },
}


@pytest.fixture(scope="module")
def form() -> CompiledForm:
    parsed = parse_definition(json.dumps(DEFINITION), draft=True)
    assert parsed.definition is not None, parsed.problems
    return compile_form(parsed.definition)


def test_answers_stand_under_their_section_and_page(form: CompiledForm) -> None:
    rows = summary(form, settle(form, ANSWERS))

    assert [(r.section, r.group, r.label, r.value) for r in rows[:3]] == [
        ("", "", "Barnets förnamn", "Alva"),
        ("Kost", "Mat", "Annan mat?", "Ja"),
        ("Kost", "Mat", "Vad?", "Nötter"),
    ]


def test_every_row_of_a_table_stands_on_its_own_line(form: CompiledForm) -> None:
    last = summary(form, settle(form, ANSWERS))[-1]

    assert last.label == "Vem ringer vi?"
    assert last.value.splitlines() == ["Namn: Rut Ek", "Namn: Bo Ek"]


def test_what_is_asked_and_not_answered_is_shown_empty(form: CompiledForm) -> None:
    settled = settle(form, {"diet": {"need": True}})

    assert [
        (r.label, r.value) for r in summary(form, settled) if r.pointer == "/diet/avoid"
    ] == [("Vad?", "")]


def test_what_is_not_asked_is_not_shown(form: CompiledForm) -> None:
    settled = settle(form, {"diet": {"need": False, "avoid": "Nötter"}})

    assert "/diet/avoid" not in {r.pointer for r in summary(form, settled)}


def test_answers_alone_are_shown_without_the_questions_they_hang_on(
    form: CompiledForm,
) -> None:
    rows = answered(form, {"diet": {"avoid": "Nötter"}})

    assert [(r.label, r.value) for r in rows] == [("Vad?", "Nötter")]


def test_a_part_shows_its_own_pointers_only(form: CompiledForm) -> None:
    rows = answered(form, ANSWERS, holds=lambda p: p == "/diet/avoid")

    assert [row.pointer for row in rows] == ["/diet/avoid"]


def test_headings_and_questions_are_translated(form: CompiledForm) -> None:
    rows = answered(form, ANSWERS, language="en")

    assert ("Diet", "Other food?") in {(r.section, r.label) for r in rows}


def test_a_title_without_translation_is_shown_in_swedish(form: CompiledForm) -> None:
    section = form.definition.section("diet")

    assert section_text(form.definition, section, "title", "so") == "Kost"


@pytest.fixture
def labelled() -> CompiledForm:
    """The form with words of its author's own for a question, in two languages."""
    document = copy.deepcopy(DEFINITION)
    section = document["sections"][0]
    section["ui"] = {
        "/diet/need": {"label": "Behöver barnet annan mat?"},
        "/diet/people/*/name": {"label": "Vad heter personen?"},
    }
    section["translations"]["en"]["/ui/~1diet~1need/label"] = "Other food needed?"
    parsed = parse_definition(json.dumps(document), draft=True)
    assert parsed.definition is not None, parsed.problems
    return compile_form(parsed.definition)


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "Behöver barnet annan mat?"), ("en", "Other food needed?")],
)
def test_the_authors_label_stands_for_the_schemas_title(
    labelled: CompiledForm, language: str, said: str
) -> None:
    row = next(
        row
        for row in summary(labelled, settle(labelled, ANSWERS), language=language)
        if row.pointer == "/diet/need"
    )

    assert row.label == said


def test_a_column_of_a_table_takes_its_label_too(labelled: CompiledForm) -> None:
    last = summary(labelled, settle(labelled, ANSWERS))[-1]

    assert last.value.splitlines() == [
        "Vad heter personen? Rut Ek",
        "Vad heter personen? Bo Ek",
    ]
