"""What is wrong is told at the question where it can be mended."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from schemas import formats
from schemas.comparing import target
from schemas.compiling import CompiledForm, compile_form
from schemas.errors import InvalidSubmission
from schemas.faults import Fault, fault_message
from schemas.settling import settle
from schemas.subschemas import compile_schema
from schemas.validation import check, faults, unasked
from tests.schemas.forms import definition, form, section, yes

NAME = {"type": "string", "title": "Namn"}
TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$"


def wrong(compiled: CompiledForm, answers: Any) -> dict[str, str]:
    return {f.pointer: f.code for f in faults(compiled, settle(compiled, answers))}


def of(schema: Any, answers: Any) -> dict[str, str]:
    return wrong(form({"type": "object", **schema}), {"s": answers})


def test_what_is_missing_is_told_at_the_question() -> None:
    schema = {
        "required": ["a"],
        "properties": {"a": {"type": "string", "title": "Namn"}},
    }

    assert of(schema, {}) == {"/s/a": "required"}


def test_what_another_answer_requires_is_told_at_the_missing_one() -> None:
    schema = {
        "properties": {
            "from": {"type": "string", "title": "Från"},
            "to": {"type": "string", "title": "Till"},
        },
        "dependentRequired": {"from": ["to"]},
    }

    assert of(schema, {"from": "x"}) == {"/s/to": "required"}


@pytest.mark.parametrize(
    ("schema", "answer", "code"),
    [
        ({"type": "string"}, 1, "type"),
        ({"type": "string", "maxLength": 2}, "abc", "maxLength"),
        ({"type": "integer", "minimum": 2}, 1, "minimum"),
        ({"type": "string", "enum": ["a"]}, "b", "enum"),
        ({"type": "string", "oneOf": [{"const": "a", "title": "A"}]}, "b", "oneOf"),
        ({"type": "string", "format": "date"}, "2027-02-30", "date"),
        ({"type": "string", "format": "personal-number"}, "202107142389", "personal-number"),
        ({"type": "string", "format": "phone"}, "070", "phone"),
        ({"type": "string", "format": "postal-code"}, "12345", "postal-code"),
        ({"type": "string", "format": "organisation-number"}, "559999-0001", "organisation-number"),
        ({"type": "string", "pattern": "^[0-9]{5}$"}, "12345\n", "pattern"),
        ({"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True}, ["a", "a"], "uniqueItems"),
        ({"type": "array", "items": {"enum": ["a"]}}, ["x"], "enum"),
        ({"type": "boolean", "const": True}, False, "const"),
    ],
)  # fmt: skip
def test_each_keyword_is_told_at_its_question(
    schema: Any, answer: Any, code: str
) -> None:
    assert of({"properties": {"q": {"title": "?", **schema}}}, {"q": answer}) == {
        "/s/q": code
    }


def test_an_equal_choice_is_told_at_the_later_place() -> None:
    choice = {"title": "Skola", "enum": ["a", "b"]}
    schema = {
        "properties": {
            "q": {
                "type": "array",
                "title": "Önskemål",
                "prefixItems": [choice] * 3,
                "items": False,
                "uniqueItems": True,
            }
        }
    }

    assert of(schema, {"q": ["a", "b", "a"]}) == {"/s/q/2": "uniqueItems"}


def test_a_row_is_told_at_its_cell() -> None:
    row = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string", "title": "Namn"}},
    }

    assert of(
        {"properties": {"q": {"type": "array", "title": "Rader", "items": row}}},
        {"q": [{"name": "A"}, {}]},
    ) == {"/s/q/1/name": "required"}


def test_an_incomplete_branch_is_told_at_its_own_questions() -> None:
    schema = {
        "properties": {"kind": {"title": "Vem?"}},
        "oneOf": [
            {
                "required": ["kind", "name"],
                "properties": {
                    "kind": {"const": "a"},
                    "name": {"type": "string", "title": "Namn"},
                },
            },
            {
                "required": ["kind", "age"],
                "properties": {
                    "kind": {"const": "b"},
                    "age": {"type": "integer", "title": "Ålder"},
                },
            },
        ],
    }

    assert of(schema, {"kind": "b"}) == {"/s/age": "required"}
    assert of(schema, {"kind": "b", "age": 5}) == {}


def test_what_no_question_holds_is_told_at_the_nearest_asked_above() -> None:
    schema = {
        "required": ["ghost"],
        "properties": {"a": {"type": "string", "title": "Namn"}},
    }

    assert of(schema, {}) == {"/s": "required"}


def test_a_refused_section_is_dropped_and_not_a_fault() -> None:
    photo = section("photo", {"type": "object", "properties": {}},
                    asked_when={"required": ["s"], "properties": {"s": yes("a")}})  # fmt: skip
    basic = section(
        "s", {"type": "object", "properties": {"a": {"type": "boolean", "title": "?"}}}
    )
    compiled = compile_form(definition(basic, photo))
    settled = settle(compiled, {"s": {"a": False}, "photo": {}})

    assert faults(compiled, settled) == ()
    assert [(p.pointer, p.code) for p in unasked(settled)] == [("/photo", "unasked")]


@pytest.mark.parametrize(
    ("keyword", "one", "other", "holds"),
    [
        ("moreThan", 1, 1, False), ("moreThan", 2, 1, True), ("atLeast", 1, 1, True),
        ("atLeast", "2027-01-01", "2027-01-02", False), ("moreThan", "16:30", "07:30", True),
    ],
)  # fmt: skip
def test_answers_are_compared(keyword: str, one: Any, other: Any, holds: bool) -> None:
    schema = {
        "properties": {
            "to": {"type": ["integer", "string"], "title": "Till", keyword: "/s/from"},
            "from": {"type": ["integer", "string"], "title": "Från"},
        }
    }

    found = of(schema, {"to": one, "from": other})

    assert found == ({} if holds else {"/s/to": keyword})


def test_comparing_with_nothing_is_no_fault() -> None:
    schema = {
        "properties": {"to": {"type": "integer", "title": "Till", "moreThan": "1/from"}}
    }

    assert of(schema, {"to": 1}) == {}


@pytest.mark.parametrize(
    ("named", "pointer"),
    [
        ("/trips/*/from", "/trips/2/from"),
        ("1/from", "/trips/2/from"),
        ("2/0/from", "/trips/0/from"),
        ("/other", "/other"),
    ],
)
def test_a_comparison_names_an_answer_of_the_same_row(named: str, pointer: str) -> None:
    assert target("/trips/2/to", named) == pointer


def test_messages_name_the_question_and_what_to_do() -> None:
    compiled = form(
        {
            "type": "object",
            "required": ["need", "name"],
            "properties": {
                "need": {"title": "Behöver barnet annan mat?", "type": "boolean"},
                "name": {"title": "Namn", "type": "string"},
            },
        },
        translations={
            "en": {"/schema/properties/need/title": "Does the child need other food?"}
        },
    )
    settled = settle(compiled, {})

    assert [p.message for p in check(compiled, settled)] == [
        "Behöver barnet annan mat? Välj ett svar.",
        "Namn: Fyll i ett svar.",
    ]
    assert check(compiled, settled, "en")[0].message == (
        "Does the child need other food? Choose an answer."
    )


def test_a_pattern_is_explained_by_its_example() -> None:
    schema = {
        "title": "Klass",
        "type": "string",
        "pattern": "^[1-9][A-Z]$",
        "examples": ["1A"],
    }
    question = form({"type": "object", "properties": {"q": schema}}).questions["/s/q"]

    assert (
        fault_message(Fault(pointer="/s/q", code="pattern"), question)
        == "Skriv svaret så här: 1A"
    )


@pytest.mark.parametrize(
    ("schema", "ui", "answer", "said"),
    [
        ({"type": "string"}, {}, None, "Q: Fyll i ett svar."),
        ({"type": "boolean"}, {}, None, "Q: Välj ett svar."),
        (
            {"type": "string", "format": "phone"},
            {},
            None,
            "Q: Fyll i ett telefonnummer, till exempel 070-174 06 05.",
        ),
        (
            {"type": "string", "format": "date"},
            {},
            None,
            "Q: Fyll i dag, månad och år.",
        ),
        (
            {"type": "string", "format": "date"},
            {},
            "2027-02-30",
            "Q: Datumet finns inte. Kontrollera dag, månad och år.",
        ),
        (
            {"type": "string", "maxLength": 3},
            {},
            "fyra",
            "Q: Svaret är för långt: 4 tecken. Skriv högst 3 tecken.",
        ),
        (
            {"type": "string", "minLength": 6},
            {},
            "fyra",
            "Q: Svaret är för kort. Skriv minst 6 tecken.",
        ),
        (
            {"type": "integer", "minimum": 1, "maximum": 5},
            {},
            9,
            "Q: Svaret måste vara minst 1 och högst 5.",
        ),
        ({"type": "integer", "maximum": 5}, {}, 9, "Q: Svaret får inte vara mer än 5."),
        (
            {"type": "integer", "minimum": 5000},
            {"widget": "money"},
            100,
            "Q: Svaret måste vara 50,00 kr eller mer.",
        ),
        (
            {"type": "array", "items": {"enum": ["a", "b"]}, "maxItems": 1},
            {},
            ["a", "b"],
            "Q: Välj högst 1 alternativ.",
        ),
        ({"type": "string", "enum": ["a"]}, {}, "b", "Q: Välj ett av alternativen."),
    ],
)
def test_a_message_says_what_helps_for_this_kind_of_question(
    schema: Any, ui: Any, answer: Any, said: str
) -> None:
    whole = {"type": "object", "required": ["q"]}
    compiled = form(
        {**whole, "properties": {"q": {"title": "Q", **schema}}}, ui={"/s/q": ui}
    )
    given = {} if answer is None else {"s": {"q": answer}}

    (problem,) = check(compiled, settle(compiled, given))

    assert problem.message.replace("\u00a0", " ") == said


def test_a_missing_value_of_ours_says_contact_us() -> None:
    schema = {
        "type": "object",
        "required": ["q"],
        "properties": {"q": {"title": "Namn", "type": "string", "readOnly": True}},
    }
    compiled = form(schema)

    assert "Kontakta kommunen" in check(compiled, settle(compiled, {}))[0].message


def test_no_message_holds_an_answer() -> None:
    secret = "hemligt-svar"
    schema = {
        "properties": {
            "q": {
                "title": "?",
                "type": "string",
                "maxLength": 3,
                "pattern": "^a",
                "enum": ["b"],
            }
        }
    }
    compiled = form({"type": "object", **schema})
    settled = settle(compiled, {"s": {"q": secret}})

    assert not any(secret in str(fault) for fault in faults(compiled, settled))
    assert not any(secret in problem.message for problem in check(compiled, settled))


NAMES = ["a", "b", "rows"]
DOCUMENTS = st.dictionaries(
    st.sampled_from(NAMES),
    st.none() | st.booleans() | st.integers(-3, 9) | st.sampled_from(["", "x", "abcd", "2027-01-01"])
    | st.lists(st.dictionaries(st.sampled_from(["n"]), st.integers(-2, 2) | st.text(max_size=2), max_size=1), max_size=3),
    max_size=3,
)  # fmt: skip
MIXED = {
    "type": "object",
    "required": ["a"],
    "properties": {
        "a": {
            "type": ["integer", "string", "boolean"],
            "minimum": 0,
            "maxLength": 3,
            "title": "A",
        },
        "rows": {
            "type": "array",
            "uniqueItems": True,
            "maxItems": 2,
            "title": "R",
            "items": {
                "type": "object",
                "required": ["n"],
                "properties": {"n": {"type": "integer", "title": "N"}},
            },
        },
    },
    "if": {"required": ["a"], "properties": {"a": {"const": True}}},
    "then": {
        "required": ["b"],
        "properties": {"b": {"type": "string", "minLength": 1, "title": "B"}},
    },
}


@given(DOCUMENTS)
def test_two_validators_agree_on_every_settled_document(document: Any) -> None:
    compiled = form(MIXED)
    answers = settle(compiled, {"s": document}).answers

    reference = Draft202012Validator(compiled.schema)
    expected = {
        (tuple(e.absolute_path), e.validator) for e in reference.iter_errors(answers)
    }
    found = {
        (tuple(e.instance_path), str(e.evaluation_path[-1]))
        for e in compiled.validator.iter_errors(answers)
    }
    assert found == expected


@given(DOCUMENTS)
def test_there_are_faults_exactly_when_the_plain_schema_refuses(document: Any) -> None:
    compiled = form(MIXED)
    settled = settle(compiled, {"s": document})

    assert bool(faults(compiled, settled)) is not compiled.validator.is_valid(
        settled.answers
    )


@given(DOCUMENTS)
def test_every_fault_stands_where_somebody_was_asked(document: Any) -> None:
    compiled = form(MIXED)
    settled = settle(compiled, {"s": document})

    places = {"", *settled.asked, *settled.containers}
    assert {fault.pointer for fault in faults(compiled, settled)} <= places


KEYLESS = {
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
    ]
}


def test_a_missing_choice_is_told_where_it_is_made() -> None:
    assert of(KEYLESS, {}) == {"/@choice/~1s": "required"}


def test_a_chosen_alternative_is_told_at_its_own_questions() -> None:
    compiled = form({"type": "object", **KEYLESS})

    assert wrong(compiled, {"@choice": {"/s": 1}, "s": {}}) == {"/s/box": "required"}
    assert wrong(compiled, {"@choice": {"/s": 1}, "s": {"box": "12"}}) == {}


def test_an_unanswered_key_is_told_at_the_key() -> None:
    schema = {
        "oneOf": [
            {
                "required": ["kind"],
                "properties": {"kind": {"const": "a", "title": "A"}},
            },
            {
                "required": ["kind"],
                "properties": {"kind": {"const": "b", "title": "B"}},
            },
        ]
    }

    assert of(schema, {}) == {"/s/kind": "required"}


def test_answers_nested_beyond_reason_are_refused_and_no_crash() -> None:
    nested: Any = []
    for _ in range(100_000):
        nested = [nested]

    with pytest.raises(InvalidSubmission):
        settle(form(MIXED), {"s": {"rows": nested}})


def test_too_few_rows_are_told_beside_what_a_row_lacks() -> None:
    row = {"type": "object", "required": ["a"], "properties": {"a": NAME}}
    schema = {
        "properties": {
            "r": {"type": "array", "minItems": 2, "title": "R", "items": row}
        }
    }

    assert of(schema, {"r": [{}]}) == {"/s/r": "minItems", "/s/r/0/a": "required"}


def test_an_empty_text_in_a_required_position_is_no_answer() -> None:
    pair = {"type": "array", "minItems": 2, "title": "P", "prefixItems": [NAME, NAME]}

    assert of({"properties": {"p": pair}}, {"p": ["", "b"]}) == {"/s/p/0": "required"}


def test_a_fault_hides_none_of_a_question_whose_name_begins_alike() -> None:
    schema = {
        "properties": {
            "a": {"type": "string", "title": "A", "oneOf": [{"const": "x"}]},
            "ab": {"type": "string", "title": "AB", "maxLength": 1},
        }
    }

    assert of(schema, {"a": "y", "ab": "zz"}) == {"/s/a": "oneOf", "/s/ab": "maxLength"}


@pytest.mark.parametrize("name", sorted(formats.STANDARD | formats.CHECKS.keys()))
def test_a_format_that_check_lets_pass_is_checked(name: str) -> None:
    validator = compile_schema({"format": name})

    assert not all(validator.is_valid(text) for text in ("[ { %", "~2", "("))
