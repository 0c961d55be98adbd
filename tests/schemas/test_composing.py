"""The answer schema is a standard document that any validator takes."""

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from schemas.codes import Code, CodeList
from schemas.compiling import compile_form
from schemas.composing import COMPARISON_VOCABULARY, compose, valid_days
from schemas.errors import DefinitionRefused
from tests.schemas.forms import definition, form, section, yes

UNITS = "urn:formbuilder:codes:units"
LISTS = {
    UNITS: CodeList(
        urn=UNITS,
        entries=(
            Code(code="old", title="Gamla", valid_to=date(2026, 6, 30)),
            Code(code="new", title="Nya", titles={"en": "The new one"}),
        ),
    )
}
SCHOOL = {"type": "object", "properties": {"unit": {"title": "Skola", "$ref": UNITS}}}


def test_each_section_is_a_resource_of_its_own() -> None:
    schema = {
        "type": "object",
        "$defs": {"n": {"type": "string", "title": "N"}},
        "properties": {"a": {"$ref": "#/$defs/n"}},
    }

    composed = compose(
        definition(section("one", schema), section("two", schema)), {}, None
    )

    assert composed["properties"]["one"]["$id"] == "urn:formbuilder:trial:one"
    assert composed["required"] == ["one", "two"]
    Draft202012Validator.check_schema(composed)
    assert Draft202012Validator(composed).is_valid({"one": {"a": "x"}, "two": {}})


def test_the_whole_is_closed_once_and_sections_stay_open() -> None:
    composed = compose(definition(section("one", {"type": "object"})), {}, None)

    validator = Draft202012Validator(composed)
    assert validator.is_valid({"one": {"across": 1}})
    assert not validator.is_valid({"one": {}, "other": 1})


def test_a_conditional_section_is_required_or_refused() -> None:
    photo = section(
        "photo",
        {"type": "object"},
        asked_when={"required": ["s"], "properties": {"s": yes("a")}},
    )
    composed = compose(definition(section("s", {"type": "object"}), photo), {}, None)

    validator = Draft202012Validator(composed)
    assert not validator.is_valid({"s": {"a": True}})
    assert validator.is_valid({"s": {"a": True}, "photo": {}})
    assert not validator.is_valid({"s": {"a": False}, "photo": {}})


def test_a_conditional_section_without_a_schema_has_its_fields_refused() -> None:
    header = {
        "type": "object",
        "properties": {"a": {"type": "boolean"}, "b": {"type": "string"}},
    }
    listed = section("s", fields=("/b",), asked_when=yes("a"))
    composed = compose(definition(listed, header=header), {}, None)

    validator = Draft202012Validator(composed)
    assert validator.is_valid({"a": True, "b": "x"})
    assert not validator.is_valid({"a": False, "b": "x"})


def test_code_lists_are_bundled_as_they_stand_on_a_day() -> None:
    before = compile_form(definition(section("s", SCHOOL)), LISTS, date(2026, 6, 1))
    after = compile_form(definition(section("s", SCHOOL)), LISTS, date(2026, 7, 1))

    assert before.validator.is_valid({"s": {"unit": "old"}})
    assert not after.validator.is_valid({"s": {"unit": "old"}})


def test_a_codes_titles_are_its_options() -> None:
    question = compile_form(definition(section("s", SCHOOL)), LISTS).questions[
        "/s/unit"
    ]

    assert [o.title for o in question.options("en")] == ["Gamla", "The new one"]
    assert question.kind == "one_choice"


def test_the_day_of_a_list_is_a_setting() -> None:
    form_ = definition(codes={UNITS: {"valid_at": "settings:start"}, "urn:x": {}})

    days = valid_days(form_, {"start": "2027-08-17"}, date(2027, 3, 1))

    assert days == {UNITS: date(2027, 8, 17), "urn:x": date(2027, 3, 1)}


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"properties": {"a": {"$ref": "https://example.se/x.json"}}}, "Schemat"),
        ({"properties": {"a": {"$ref": "#/$defs/nothing"}}}, "Schemat"),
        ({"properties": {"a": {"$ref": UNITS}}}, "Schemat"),
        ({"properties": {"a": {"type": "text"}}}, "Schemat"),
        ({"properties": {"a": {"type": "string", "pattern": "(a)\\1"}}}, "Schemat"),
        ({"properties": {"a": {"type": "string", "pattern": "(?=a)b"}}}, "Schemat"),
    ],
)
def test_what_cannot_be_compiled_is_refused_with_advice(
    schema: dict[str, object], said: str
) -> None:
    with pytest.raises(DefinitionRefused) as refusal:
        form({"type": "object", **schema})

    assert refusal.value.problems[0].message.startswith(said)
    assert refusal.value.problems[0].advice


def test_the_comparison_vocabulary_is_declared_and_may_be_ignored() -> None:
    composed = compose(definition(), {}, None)

    assert composed["$vocabulary"][COMPARISON_VOCABULARY] is False
