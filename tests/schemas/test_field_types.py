"""The one suite every field type passes, and what is particular to some."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.compiling import CompiledForm
from schemas.errors import InvalidAnswer
from schemas.faults import refusal_message
from schemas.field_type import Question, Raw
from schemas.field_types import BUILT_IN
from schemas.messages import MESSAGES
from schemas.pointers import ABSENT
from schemas.registry import Registry
from tests.schemas.forms import form

CHOICES = [{"const": "a", "title": "Ett"}, {"const": "b", "title": "Två"}]
TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
DIGEST = "sha256:" + "a" * 64
CELL = {"type": "object", "properties": {"from": {"type": "string", "pattern": TIME}}}

# A schema, what the author says of its looks, and some valid values, by key.
SAMPLES: dict[str, tuple[Any, Any, list[Any]]] = {
    "consent": ({"const": True}, {}, [True]),
    "one_choice": ({"oneOf": CHOICES}, {}, ["a", "b"]),
    "many_choices": (
        {"type": "array", "items": {"oneOf": CHOICES}, "uniqueItems": True},
        {},
        [["a"], ["a", "b"]],
    ),
    "ranked": (
        {
            "type": "array",
            "prefixItems": [{"title": "Först", "oneOf": CHOICES}] * 2,
            "items": False,
            "uniqueItems": True,
        },
        {"widget": "ranked"},
        [["a"], ["b", "a"]],
    ),
    "tuple": (
        {
            "type": "array",
            "prefixItems": [{"type": "string"}, {"type": "integer"}, CELL],
            "items": False,
        },
        {},
        [["Rut"], ["Rut", 3], ["Rut", 3, {"from": "07:30"}]],
    ),
    "file": ({"type": "string", "contentMediaType": "application/pdf"}, {}, [DIGEST]),
    "email": ({"type": "string", "format": "email"}, {}, ["mona@example.se"]),
    "phone": ({"type": "string", "format": "phone"}, {}, ["0701740605", "+4798765432"]),
    "personal_number": (
        {"type": "string", "format": "personal-number"},
        {},
        ["202107142388"],
    ),
    "organisation_number": (
        {"type": "string", "format": "organisation-number"},
        {},
        ["559999-0008"],
    ),
    "postal_code": ({"type": "string", "format": "postal-code"}, {}, ["123 45"]),
    "iban": ({"type": "string", "format": "iban"}, {}, ["SE4550000000058398257466"]),
    "bankgiro": ({"type": "string", "format": "bankgiro"}, {}, ["991-2346"]),
    "date": ({"type": "string", "format": "date"}, {}, ["2027-02-28", "0987-01-01"]),
    "time": ({"type": "string", "pattern": TIME}, {}, ["00:00", "16:05"]),
    "yes_no": ({"type": "boolean"}, {}, [True, False]),
    "money": ({"type": "integer"}, {"widget": "money"}, [0, 5, 123450, -5, -250]),
    "number": ({"type": "number"}, {}, [0, -3, 12.5, 0.001]),
    "information": ({"type": "null"}, {}, []),
    "rows": (
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "title": "Namn"},
                    "born": {"type": "string", "format": "date", "title": "Född"},
                },
            },
        },
        {},
        [[{"name": "Rut", "born": "1960-05-04"}, {"name": "Ali"}]],
    ),
    "grid": (
        {"type": "object", "properties": {"monday": CELL, "friday": CELL}},
        {"widget": "grid"},
        [{"monday": {"from": "07:30"}}],
    ),
    "address": (
        {
            "type": "object",
            "properties": {
                "care_of": {"type": "string"},
                "street": {"type": "string"},
                "postal_code": {"type": "string", "format": "postal-code"},
                "city": {"type": "string"},
            },
        },
        {"widget": "address"},
        [
            {"street": "Storgatan 1", "postal_code": "123 45", "city": "Lund"},
            {"care_of": "Ek", "city": "Lund"},
        ],
    ),
    "lines": ({"type": "array", "items": {"type": "string"}}, {}, [["ett", "två"]]),
    "long_text": ({"type": "string", "maxLength": 500}, {}, ["ett\ntvå"]),
    "text": ({"type": "string"}, {}, ["Åsa", "رنا"]),
    "unsupported": ({"type": "array", "items": {"type": "boolean"}}, {}, []),
}


def compiled(key: str) -> tuple[CompiledForm, Question]:
    schema, ui, _ = SAMPLES[key]
    made = form(
        {"type": "object", "properties": {"q": {"title": "Frågan", **schema}}},
        ui={"/s/q": ui} if ui else {},
    )
    return made, made.questions["/s/q"]


COMPILED = {kind.key: compiled(kind.key) for kind in BUILT_IN}
every_field_type = pytest.mark.parametrize("key", list(COMPILED))
every_valid_value = pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key, (*_, some) in SAMPLES.items() for value in some],
)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)
TYPED = (
    st.text(max_size=30)
    | st.from_regex(r"[0-9]{6,8}[-+ ]?[0-9]{4}", fullmatch=True)
    | st.from_regex(r"[0-9٠-٩]{1,12}([,.:-][0-9]{0,3})?\n?", fullmatch=True)
    | st.sampled_from(
        ["a", "b", "true", "false", "07:30", DIGEST, "mona@example.se", "12345"]
    )
)
SUFFIXES = st.sampled_from(
    ["", "day", "month", "year", "0", "1", "0.name", "7.born-day", "0.born-month", "0.born-year", "monday.from"]
)  # fmt: skip


def test_every_field_type_is_in_this_suite() -> None:
    assert {kind.key for kind in BUILT_IN} == set(SAMPLES)


def test_every_field_type_has_a_key_of_its_own() -> None:
    assert len(Registry("field type", BUILT_IN)) == len(BUILT_IN)


@every_field_type
def test_a_field_type_is_found_by_its_schema(key: str) -> None:
    assert COMPILED[key][1].kind == key


@every_field_type
@given(raw=st.dictionaries(SUFFIXES, st.lists(TYPED, max_size=2), max_size=4))
def test_anything_typed_is_stored_validly_or_refused_with_advice(
    key: str, raw: Raw
) -> None:
    made, question = COMPILED[key]

    value, refusal = read(question, raw)

    if refusal is None:
        assert made.validator.is_valid({"s": {} if value is ABSENT else {"q": value}})
    else:
        assert refusal.code in MESSAGES
        assert is_advice(refusal_message(refusal, question))


def read(question: Question, raw: Raw) -> tuple[Any, InvalidAnswer | None]:
    try:
        return question.field_type.parse(raw, question), None
    except InvalidAnswer as refusal:
        return ABSENT, refusal


def is_advice(message: str) -> bool:
    """Tell whether a message says what to do, in words."""
    verbs = ["Skriv", "Välj", "Fyll", "Kontrollera", "Bifoga", "Kontakta"]
    return any(verb in message for verb in verbs)


@pytest.mark.parametrize("key", [key for key in COMPILED if key != "unsupported"])
@pytest.mark.parametrize("nothing", [{}, {"": [""]}, {"": []}, {"": ["  "]}])
def test_nothing_typed_is_absent(key: str, nothing: Raw) -> None:
    question = COMPILED[key][1]

    assert question.field_type.parse(nothing, question) is ABSENT


@every_valid_value
def test_a_value_filled_in_again_is_read_as_itself(key: str, value: Any) -> None:
    question = COMPILED[key][1]

    refilled = question.field_type.raw(value, question)

    assert question.field_type.parse(refilled, question) == value


@every_field_type
@given(value=JSON_VALUES)
def test_showing_never_fails(key: str, value: Any) -> None:
    question = COMPILED[key][1]

    assert isinstance(question.field_type.display(value, question, "en"), str)


@every_field_type
@given(value=JSON_VALUES)
def test_filling_in_again_never_fails(key: str, value: Any) -> None:
    question = COMPILED[key][1]

    raw = question.field_type.raw(value, question)

    assert all(isinstance(one, str) for values in raw.values() for one in values)


@every_field_type
def test_a_control_names_a_widget(key: str) -> None:
    question = COMPILED[key][1]

    assert question.field_type.control(question, "en").widget


def parse(key: str, *typed: str, **parts: str) -> Any:
    question = COMPILED[key][1]
    raw = {"": list(typed)} | {part: [value] for part, value in parts.items()}
    return question.field_type.parse(raw, question)


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("phone", "070-174 06 05", "0701740605"),
        ("phone", "+46 (0)70 174 06 05", "0701740605"),
        ("phone", "0046 70-1740605", "0701740605"),
        ("money", "1 234,50", 123450),
        ("money", "1\u00a0234.50 kronor", 123450),
        ("money", "12,5 KR", 1250),
        ("money", "1 234:- ", 123400),
        ("money", "−0,05 kr", -5),
        ("number", "1 234,5", 1234.5),
        ("number", "12,0", 12),
        ("time", "7.30", "07:30"),
        ("time", "0730", "07:30"),
        ("postal_code", "SE-12345", "123 45"),
        ("organisation_number", "165599990008", "559999-0008"),
        ("personal_number", "20210714-2388", "202107142388"),
        ("text", "  Åsa ", "Åsa"),
        ("text", "Å", "Å"),
        ("long_text", "ett\r\ntvå", "ett\ntvå"),
        ("date", "2027-03-27", "2027-03-27"),
    ],
)
def test_what_people_write_is_understood(key: str, typed: str, stored: Any) -> None:
    assert parse(key, typed) == stored


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("personal_number", "202107142389", "personal-number-check-digit"),
        ("personal_number", "20210714238٨", "personal-number-format"),
        ("personal_number", "202107142388\n", "personal-number-format"),
        ("personal_number", "210714-2388", "personal-number-format"),
        ("organisation_number", "559999-0001", "organisation-number"),
        ("phone", "070-174 06 0٥", "phone"),
        ("phone", "ring mig", "phone"),
        ("email", "mona@example", "email"),
        ("email", "mona.example.se", "email"),
        ("postal_code", "01234", "postal-code"),
        ("iban", "SE45 5000 0000 0583 9825 7467", "iban"),
        ("iban", "SE45 5000", "iban"),
        ("bankgiro", "991-2345", "bankgiro"),
        ("bankgiro", "٩٩١-2346", "bankgiro"),
        ("number", "1e5", "number"),
        ("number", "NaN", "number"),
        ("number", "٣", "number"),
        ("money", "12,345", "money"),
        ("time", "24:00", "time"),
        ("one_choice", "c", "choice"),
        ("many_choices", "c", "choice"),
        ("file", "/etc/passwd", "file"),
        ("text", "a\u0000b", "text-control"),
        ("yes_no", "ja", "choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_value_is_refused(key: str, typed: str, code: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        parse(key, typed)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"day": "30", "month": "2", "year": "2027"}, "date"),
        ({"day": "", "month": "", "year": "2027"}, "date-parts-missing"),
        ({"day": "3", "month": "", "year": ""}, "date-parts-missing"),
        ({"day": "", "month": "2", "year": "2027"}, "date-day-missing"),
        ({"day": "3", "month": "", "year": "2027"}, "date-month-missing"),
        ({"day": "3", "month": "2", "year": ""}, "date-year-missing"),
        ({"day": "3", "month": "2", "year": "27"}, "date-year"),
        ({"day": "tre", "month": "2", "year": "2027"}, "date-digits"),
        ({"day": "٣", "month": "2", "year": "2027"}, "date-digits"),
    ],
)
def test_an_incomplete_date_says_what_is_missing(
    typed: dict[str, str], code: str
) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        parse("date", **typed)

    assert refusal.value.code == code


def test_the_same_choice_twice_in_a_ranking_is_refused() -> None:
    with pytest.raises(InvalidAnswer, match="ranked-twice"):
        parse("ranked", **{"0": "a", "1": "a"})


def test_a_gap_in_a_ranking_closes_up() -> None:
    assert parse("ranked", **{"0": "", "1": "b"}) == ["b"]


def test_empty_rows_are_left_out() -> None:
    typed = {"0.name": "", "3.name": "Rut", "3.born-day": "4", "3.born-month": "5", "3.born-year": "1960"}  # fmt: skip

    assert parse("rows", **typed) == [{"name": "Rut", "born": "1960-05-04"}]


def test_a_row_of_endless_figures_is_no_row() -> None:
    typed = {"0.name": "Rut", f"{'9' * 5000}.name": "Bo"}

    assert parse("rows", **typed) == [{"name": "Rut"}]


def test_dates_and_money_are_shown_as_swedes_and_englishmen_read_them() -> None:
    day, money = COMPILED["date"][1], COMPILED["money"][1]

    assert day.field_type.display("2027-03-27", day, "sv") == "27 mars 2027"
    assert day.field_type.display("2027-03-27", day, "en") == "27 March 2027"
    assert money.field_type.display(123450, money, "sv") == "1\u00a0234,50 kr"


def test_choices_are_told_apart_by_type() -> None:
    made = form(
        {
            "type": "object",
            "properties": {"q": {"title": "?", "enum": [1, True, "2"]}},
        }
    )
    question = made.questions["/s/q"]

    assert question.field_type.parse({"": ["true"]}, question) is True
    assert question.field_type.raw(True, question) == {"": ["true"]}


def test_a_grid_is_read_line_by_line_in_the_authors_order():
    day = {
        "type": "object",
        "properties": {
            "from": {"title": "Lämnas", "type": "string"},
            "to": {"title": "Hämtas", "type": "string"},
        },
    }
    week = {"monday": {**day, "title": "Måndag"}, "friday": {**day, "title": "Fredag"}}
    made = form(
        {
            "type": "object",
            "properties": {
                "q": {"title": "Tider", "type": "object", "properties": week}
            },
        },
        ui={"/s/q": {"widget": "grid"}},
    )
    grid = made.questions["/s/q"]
    value = {"friday": {"from": "08:00"}, "monday": {"from": "07:30", "to": "16:00"}}

    said = grid.field_type.display(value, grid, "sv")
    assert said == "Måndag: Lämnas: 07:30, Hämtas: 16:00; Fredag: Lämnas: 08:00"


@pytest.mark.parametrize(
    "typed",
    [
        "2027-08-17",
        "20270817",
        "17/8 2027",
        "17.8.2027",
        "17 8 2027",
        "17 Augusti 2027",
    ],
)
def test_a_date_on_one_line_is_read_as_people_write_it(typed: str) -> None:
    assert COMPILED["date"][1].field_type.parse({"": [typed]}, COMPILED["date"][1]) == (
        "2027-08-17"
    )


@pytest.mark.parametrize("typed", ["17 brumaire 2027", "2027", "31/2 2027", "17/8/27"])
def test_what_is_no_date_on_one_line_is_refused(typed: str) -> None:
    with pytest.raises(InvalidAnswer):
        COMPILED["date"][1].field_type.parse({"": [typed]}, COMPILED["date"][1])


def test_an_author_may_ask_for_a_date_on_one_line() -> None:
    asked = replace(COMPILED["date"][1], ui={"widget": "text"})

    assert asked.field_type.control(asked, "sv").widget == "text"
    assert asked.field_type.raw("2027-08-17", asked) == {"": ["2027-08-17"]}
