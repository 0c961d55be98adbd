"""Answers settle to the least change in which everything kept is asked: B2 to B7."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.compiling import compile_form
from schemas.errors import DefinitionRefused
from schemas.settling import normal, settle
from tests.schemas.forms import definition, form, section, yes

YES_NO = {"type": "boolean", "title": "?"}


def asked(schema: Any, answers: Any) -> list[str]:
    return [p.removeprefix("/s/") for p in settle(form(schema), {"s": answers}).asked]


def test_an_answer_that_is_asked_again_when_another_is_dropped_is_kept() -> None:
    schema = {
        "type": "object",
        "properties": {"a": YES_NO},
        "allOf": [
            {
                "if": {"properties": {"a": {"const": False}}},
                "else": {"properties": {"b": YES_NO}},
            },
            {"if": {"required": ["b"]}, "else": {"properties": {"c": YES_NO}}},
        ],
    }

    settled = settle(form(schema), {"s": {"a": False, "b": True, "c": True}})

    assert settled.answers == {"s": {"a": False, "c": True}}


def test_conditions_in_a_circle_are_refused_loudly() -> None:
    schema = {
        "type": "object",
        "properties": {"a": YES_NO},
        "if": {"required": ["b"]},
        "else": {"properties": {"b": YES_NO}},
    }

    with pytest.raises(DefinitionRefused, match="cirkel"):
        settle(form(schema), {"s": {"b": True}})


def test_a_mention_that_only_narrows_asks_nothing() -> None:
    schema = {
        "type": "object",
        "properties": {"many": YES_NO},
        "if": yes("many"),
        "then": {"properties": {"adults": {"maxItems": 1}}},
    }

    settled = settle(form(schema), {"s": {"many": True, "adults": ["x"]}})

    assert list(settled.asked) == ["/s/many"]
    assert settled.dropped == ("/s/adults",)


def test_a_reference_asks() -> None:
    schema = {
        "type": "object",
        "$defs": {"q": {"minLength": 1}},
        "properties": {"a": {"$ref": "#/$defs/q"}},
    }

    assert asked(schema, {}) == ["a"]


def test_an_anchor_is_found_in_its_own_section() -> None:
    schema = {
        "type": "object",
        "$defs": {"q": {"$anchor": "named", "type": "string", "title": "Namn"}},
        "properties": {"a": {"$ref": "#named"}},
    }

    assert asked(schema, {}) == ["a"]


def test_an_applicable_false_wins_over_a_definition() -> None:
    schema = {
        "type": "object",
        "properties": {"a": YES_NO, "b": YES_NO},
        "if": yes("a"),
        "then": {"properties": {"b": False}},
    }

    assert asked(schema, {"a": True, "b": True}) == ["a"]


def test_a_dependent_schema_asks_when_its_key_is_there() -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string", "title": "Namn"}},
        "dependentSchemas": {
            "name": {"properties": {"class": {"type": "string", "title": "Klass"}}}
        },
    }

    assert asked(schema, {}) == ["name"]
    assert asked(schema, {"name": "Alva"}) == ["name", "class"]


@pytest.mark.parametrize("keyword", ["not", "contains", "propertyNames"])
def test_assertions_ask_nothing(keyword: str) -> None:
    schema = {
        "type": "object",
        "properties": {"a": YES_NO},
        keyword: {"required": ["b"], "properties": {"b": YES_NO}},
    }

    assert asked(schema, {}) == ["a"]


def test_a_vacuous_condition_keeps_its_exact_meaning() -> None:
    schema = {
        "type": "object",
        "properties": {"a": YES_NO},
        "if": {"properties": {"a": {"const": True}}},
        "then": {"properties": {"b": YES_NO}},
    }

    assert asked(schema, {}) == ["a", "b"]


def test_each_row_is_asked_by_its_own_answers() -> None:
    schema = {
        "type": "object",
        "properties": {
            "rows": {
                "type": "array",
                "title": "Rader",
                "items": {
                    "type": "object",
                    "properties": {"a": YES_NO},
                    "if": yes("a"),
                    "then": {"properties": {"b": YES_NO}},
                },
            }
        },
    }

    settled = settle(
        form(schema), {"s": {"rows": [{"a": True, "b": False}, {"b": False}]}}
    )

    assert settled.answers == {"s": {"rows": [{"a": True, "b": False}, {}]}}
    assert list(settled.asked) == [
        "/s/rows",
        "/s/rows/0/a",
        "/s/rows/0/b",
        "/s/rows/1/a",
    ]
    assert settled.dropped == ("/s/rows/1/b",)


def test_the_unanswered_is_absent() -> None:
    assert normal(
        {"a": "", "b": None, "c": [], "d": {"e": ""}, "f": [{"g": None}]}
    ) == {"d": {}, "f": [{}]}


def test_information_is_shown_and_never_stored() -> None:
    schema = {
        "type": "object",
        "properties": {"told": {"type": "null", "title": "Bra att veta"}},
    }

    settled = settle(form(schema), {"s": {"told": "x"}})

    assert list(settled.asked) == ["/s/told"]
    assert settled.answers == {"s": {}}


def test_required_asks_nothing_by_itself() -> None:
    assert asked(
        {"type": "object", "required": ["ghost"], "properties": {"a": YES_NO}}, {}
    ) == ["a"]


def test_a_schema_within_itself_is_asked_as_deep_as_it_is_answered() -> None:
    schema = {
        "type": "object",
        "$defs": {
            "person": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "title": "Namn"},
                    "parent": {"$ref": "#/$defs/person"},
                },
            }
        },
        "properties": {"person": {"$ref": "#/$defs/person"}},
    }

    assert asked(schema, {}) == ["person/name", "person/parent/name"]
    assert "person/parent/parent/name" in asked(
        schema, {"person": {"parent": {"parent": {}}}}
    )


UNION = {
    "type": "object",
    "properties": {"kind": {"title": "Vem är du?"}},
    "oneOf": [
        {
            "title": "Privatperson",
            "required": ["kind", "name"],
            "properties": {
                "kind": {"const": "person"},
                "name": {"type": "string", "title": "Namn"},
            },
        },
        {
            "title": "Företag",
            "required": ["kind", "number"],
            "properties": {
                "kind": {"const": "company"},
                "number": {
                    "type": "string",
                    "title": "Nummer",
                    "format": "organisation-number",
                },
            },
        },
    ],
}


def test_the_key_of_a_union_is_asked_with_all_its_alternatives() -> None:
    question = settle(form(UNION), {}).asked["/s/kind"]

    assert [(o.value, o.title) for o in question.options()] == [
        ("person", "Privatperson"),
        ("company", "Företag"),
    ]
    assert question.required


def test_the_branch_of_the_answered_key_applies_while_it_is_incomplete() -> None:
    assert asked(UNION, {"kind": "company"}) == ["kind", "number"]
    assert asked(UNION, {"kind": "person"}) == ["kind", "name"]


def test_answers_of_the_other_branch_are_parked() -> None:
    settled = settle(
        form(UNION), {"s": {"kind": "person", "name": "Mona", "number": "x"}}
    )

    assert settled.parked == {"/s/number": "x"}


KEYLESS = {
    "type": "object",
    "anyOf": [
        {
            "title": "Väg",
            "required": ["street"],
            "properties": {"street": {"type": "string", "title": "Gata"}},
        },
        {
            "title": "Box",
            "required": ["box"],
            "properties": {"box": {"type": "string", "title": "Box"}},
        },
    ],
}


def test_a_union_without_a_key_asks_which_alternative_is_meant() -> None:
    settled = settle(form(KEYLESS), {})

    assert list(settled.asked) == ["/@choice/~1s"]
    assert [o.title for o in settled.asked["/@choice/~1s"].options()] == ["Väg", "Box"]


def test_the_choice_is_kept_in_the_draft_and_not_among_the_answers() -> None:
    settled = settle(form(KEYLESS), {"@choice": {"/s": 1}, "s": {"box": "12"}})

    assert settled.answers == {"s": {"box": "12"}}
    assert settled.parked == {"@choice": {"/s": 1}}


def test_answers_from_elsewhere_choose_the_alternative_they_fit() -> None:
    assert settle(form(KEYLESS), {"s": {"street": "Påhittade vägen 1"}}).dropped == ()


def test_a_union_without_properties_only_asserts() -> None:
    schema = {
        "type": "object",
        "properties": {"a": YES_NO, "b": YES_NO},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
    }

    assert asked(schema, {}) == ["a", "b"]


def test_a_section_is_asked_when_its_condition_holds() -> None:
    photo = section("photo", {"type": "object", "properties": {"web": YES_NO}},
                    asked_when={"required": ["s"], "properties": {"s": yes("a")}})  # fmt: skip
    compiled = compile_form(
        definition(section("s", {"type": "object", "properties": {"a": YES_NO}}), photo)
    )

    assert settle(compiled, {"s": {"a": True}}).answers == {
        "s": {"a": True},
        "photo": {},
    }
    assert settle(compiled, {"s": {"a": False}, "photo": {"web": True}}).answers == {
        "s": {"a": False}
    }


def test_a_rule_across_sections_adds_a_question() -> None:
    across = {
        "if": {"required": ["facts"], "properties": {"facts": yes("proof")}},
        "then": {
            "properties": {
                "s": {"properties": {"file": {"type": "string", "title": "Fil"}}}
            }
        },
    }
    header = {
        "type": "object",
        "properties": {
            "facts": {
                "type": "object",
                "readOnly": True,
                "properties": {"proof": {"type": "boolean"}},
            }
        },
    }
    compiled = form(
        {"type": "object", "properties": {"a": YES_NO}}, header, across=across
    )

    assert "/s/file" in settle(compiled, {"facts": {"proof": True}}).asked
    assert "/s/file" not in settle(compiled, {}).asked


def test_a_section_may_list_fields_of_the_forms_own_schema() -> None:
    header = {
        "type": "object",
        "required": ["what"],
        "properties": {"what": {"type": "string", "title": "Vad?"}},
    }
    compiled = compile_form(definition(section("s", fields=("/what",)), header=header))

    settled = settle(compiled, {"what": "Gatlykta"})

    assert settled.answers == {"what": "Gatlykta"}
    assert settled.asked["/what"].section == "s"


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["s", "a", "b", "rows", "@choice", ""]), inner, max_size=4),
    max_leaves=12,
))  # fmt: skip
def test_any_document_settles(document: Any) -> None:
    schema = {
        "type": "object",
        "properties": {"a": YES_NO, "rows": {"type": "array", "items": UNION}},
        "if": yes("a"),
        "then": {"properties": {"b": YES_NO}},
    }

    settled = settle(form(schema), document)

    assert settle(form(schema), settled.answers).answers == settled.answers


def test_a_deprecated_question_is_asked_only_of_who_has_answered_it() -> None:
    old = {"type": "string", "title": "Fax", "deprecated": True}
    schema = {"type": "object", "properties": {"fax": old, "name": {"title": "Namn"}}}

    assert asked(schema, {}) == ["name"]
    assert asked(schema, {"fax": "1"}) == ["fax", "name"]
    assert asked({**schema, "required": ["fax"]}, {}) == ["fax", "name"]
