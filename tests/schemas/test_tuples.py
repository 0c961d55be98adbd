"""A tuple is a group of questions, stored as one list in their order."""

from typing import Any

import pytest

from schemas.column_words import all_in_words
from schemas.compiling import CompiledForm
from schemas.conditions import reads
from schemas.definition import Receiver, ViewField
from schemas.errors import InvalidAnswer
from schemas.field_type import Question
from schemas.projection import project, receivers
from schemas.reading import restrict
from schemas.settling import settle
from schemas.trying import try_answers
from schemas.validation import faults
from tests.schemas.forms import form, receiver, yes

NAME = {"type": "string", "title": "Namn"}
WHOLE = {"type": "integer"}
CLUB = {"type": "object", "properties": {"club": NAME}, "required": ["club"]}


def pair(receivers: tuple[Receiver, ...] = (), **more: Any) -> CompiledForm:
    said = {"type": "array", "title": "Lag", "prefixItems": [NAME, WHOLE], **more}
    return form({"type": "object", "properties": {"pair": said}}, receivers=receivers)


def asked(made: CompiledForm) -> Question:
    return made.questions["/s/pair"]


def wrong(made: CompiledForm, pair: Any) -> list[tuple[str, str]]:
    found = faults(made, settle(made, {"s": {"pair": pair}}))
    return [(fault.pointer, fault.code) for fault in found]


def test_a_position_is_called_by_its_title_or_else_its_number() -> None:
    titles = [part.title for part in asked(pair()).parts]

    assert titles == ["Namn", "2"]


def test_positions_below_the_least_number_are_required() -> None:
    needed = [part.required for part in asked(pair(minItems=1)).parts]

    assert needed == [True, False]


def test_positions_are_read_into_one_list() -> None:
    question = asked(pair())

    assert question.field_type.parse({"0": ["Rut"], "1": ["3"]}, question) == ["Rut", 3]


def test_an_open_position_before_an_answered_one_is_refused_where_it_stands() -> None:
    question = asked(pair())

    with pytest.raises(InvalidAnswer) as refused:
        question.field_type.parse({"1": ["3"]}, question)

    assert (refused.value.code, refused.value.values["part"]) == ("place-before", "0")


def test_an_open_object_before_an_answered_position_is_an_empty_one() -> None:
    question = asked(pair(prefixItems=[CLUB, WHOLE]))

    assert question.field_type.parse({"1": ["3"]}, question) == [{}, 3]


def test_what_is_missing_is_told_at_its_position() -> None:
    assert wrong(pair(minItems=2), ["Rut"]) == [("/s/pair/1", "required")]


def test_what_is_missing_in_a_position_is_told_at_its_member() -> None:
    made = pair(prefixItems=[NAME, CLUB])

    assert wrong(made, ["Rut", {}]) == [("/s/pair/1/club", "required")]


def test_what_is_wrong_is_told_at_its_position() -> None:
    assert wrong(pair(), ["Rut", "tre"]) == [("/s/pair/1", "type")]


def test_what_stands_after_the_positions_is_asked_by_nothing() -> None:
    made = pair()

    result = try_answers(made, {"s": {"pair": ["Rut", 3, "mer"]}}, {})

    assert [(p.pointer, p.code) for p in result.problems] == [("/s/pair/2", "unasked")]


def test_the_same_options_in_order_without_repetition_are_one_ranked_question() -> None:
    option = {"enum": ["a", "b"]}

    kinds = [
        asked(pair(prefixItems=places, uniqueItems=unique)).kind
        for places, unique in (
            ([option, option], True),
            ([option, option], False),
            ([option, {"enum": ["c"]}], True),
        )
    ]

    assert kinds == ["ranked", "tuple", "tuple"]


def test_a_list_in_a_list_is_called_what_its_list_is() -> None:
    rows = {
        "type": "array",
        "title": "Mått",
        "items": {"type": "array", "items": WHOLE},
    }
    made = form({"type": "object", "properties": {"rows": rows}})

    assert [part.title for part in made.questions["/s/rows"].parts] == ["Mått"]


def test_lists_in_a_list_are_read_row_by_row_and_empty_ones_close_up() -> None:
    rows = {"type": "array", "items": {"type": "array", "items": WHOLE}}
    made = form({"type": "object", "properties": {"rows": rows}})
    question = made.questions["/s/rows"]

    typed = {"0": ["", "1\n2"], "1": ["", ""], "2": ["", "3"]}

    assert question.field_type.parse(typed, question) == [[1, 2], [3]]


def test_a_receiver_of_one_position_gets_it_alone_and_where_it_stood() -> None:
    assert restrict({"pair": ["Rut", 3, "mer"]}, ["/pair/1"]) == {"pair": [None, 3]}


def test_a_member_with_a_dot_in_its_name_is_read_in_a_row() -> None:
    row = {"type": "object", "properties": {"a.b": NAME}}
    made = form(
        {"type": "object", "properties": {"r": {"type": "array", "items": row}}}
    )
    question = made.questions["/s/r"]

    assert question.field_type.parse({"0.a~2b": ["Rut"]}, question) == [{"a.b": "Rut"}]


def test_a_member_with_a_number_for_a_name_keeps_how_it_is_to_look() -> None:
    made = form(
        {"type": "object", "properties": {"2027": NAME}},
        ui={"/s/2027": {"label": "År 2027"}},
    )

    assert settle(made, {"s": {}}).asked["/s/2027"].title == "År 2027"


def test_a_receivers_column_may_be_one_position_in_its_own_words() -> None:
    choice = {"title": "Lag", "oneOf": [{"const": "r", "title": "Röda laget"}]}
    kitchen = receiver(
        ViewField(name="all", pointer="/s/pair"),
        ViewField(name="lag", pointer="/s/pair/1"),
    )
    made = pair(prefixItems=[NAME, choice], receivers=(kitchen,))
    [view] = receivers(made)

    sent = project(made, view, {"s": {"pair": ["Rut", "r"]}}, ref="1")

    assert sent is not None
    assert sent.values() == {"all": ["Rut", "r"], "lag": "r"}
    assert all_in_words(made, view, sent.columns) == {
        "all": "Namn: Rut, Lag: Röda laget",
        "lag": "Röda laget",
    }


def test_a_condition_on_a_position_reads_what_stands_there() -> None:
    condition = {"properties": {"pair": {"prefixItems": [yes("club")]}}}

    found = reads(condition, base="/s", at="", resolve=lambda _: True)

    assert "/s/pair/0/club" in [one.pointer for one in found]
