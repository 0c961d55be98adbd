"""An answer in a row may be of several kinds, and is kept as the kind it is."""

from typing import Any

import pytest

from schemas.alternatives import of_kind
from schemas.column_words import all_in_words
from schemas.compiling import CompiledForm
from schemas.definition import Receiver, ViewField
from schemas.errors import InvalidAnswer
from schemas.field_type import Question
from schemas.kinds_chosen import kinds_of
from schemas.projection import project, receivers
from schemas.settling import settle
from schemas.validation import faults
from tests.schemas.forms import form, receiver

TEXT = {"type": "string", "title": "Text", "minLength": 2}
WHOLE = {"type": "integer", "title": "Antal"}
YES = {"type": "boolean", "title": "Ja?"}
PERSON = {
    "type": "object",
    "title": "Person",
    "required": ["name"],
    "properties": {"name": {"type": "string", "title": "Namn"}, "age": WHOLE},
}


def of(name: str) -> Any:
    """Return a kind that is known by its only member."""
    member = {name: {"type": "string", "title": name}}
    return {"type": "object", "required": [name], "properties": member}


def rows(*kinds: Any, receivers: tuple[Receiver, ...] = ()) -> CompiledForm:
    listed = {"type": "array", "title": "Rader", "items": {"oneOf": [*kinds]}}
    schema = {"type": "object", "properties": {"rows": listed}}
    return form(schema, receivers=receivers)


def asked(made: CompiledForm) -> Question:
    return made.questions["/s/rows"]


def again(made: CompiledForm, value: Any) -> Any:
    question = asked(made)
    return question.field_type.parse(question.field_type.raw(value, question), question)


def wrong(made: CompiledForm, value: Any) -> list[tuple[str, str]]:
    found = faults(made, settle(made, {"s": {"rows": value}}))
    return [(fault.pointer, fault.code) for fault in found]


@pytest.mark.parametrize(
    "value", [["ab"], [0], [False], [{"name": "Rut"}], ["ab", 3, {"name": "Bo"}, True]]
)
def test_every_kind_comes_back_as_it_was(value: Any) -> None:
    assert again(rows(TEXT, WHOLE, YES, PERSON), value) == value


def test_lists_are_a_kind_too() -> None:
    made = rows(TEXT, {"type": "array", "items": WHOLE}, PERSON)

    assert again(made, [[1, 2], "ab", {"name": "Bo"}]) == [[1, 2], "ab", {"name": "Bo"}]


def test_branches_of_one_kind_are_no_choice_of_kind() -> None:
    made = rows({"type": "string", "format": "email"}, {"type": "string"})

    assert asked(made).kind == "lines"


def test_members_beside_a_union_stay_questions_of_every_row() -> None:
    items = {"properties": {"a": WHOLE}, "oneOf": [PERSON, {"type": "string"}]}
    listed = {"type": "array", "items": items}
    made = form({"type": "object", "properties": {"rows": listed}})

    assert "/s/rows/*/a" in [part.pointer for part in asked(made).parts]


def test_a_chosen_kind_that_nothing_is_answered_of_is_not_forgotten() -> None:
    question = asked(rows(TEXT, PERSON))

    with pytest.raises(InvalidAnswer) as refused:
        question.field_type.parse({"0": [""], "0.~0as": ["1"]}, question)

    assert refused.value.code == "required"
    assert refused.value.values["part"] == "0.~0as1.name"


def test_only_what_is_chosen_is_read() -> None:
    question = asked(rows(TEXT, WHOLE))
    typed = {"0.~0as": ["0"], "0.~0as0": ["ab"], "0.~0as1": ["tre"]}

    assert question.field_type.parse(typed, question) == ["ab"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"0.~0as0": ["ab"], "0.~0as1": ["3"]}, ("choice", "0.~0as")),
        ({"0.~0as0": ["ab"], "0.~0as1": ["tre"]}, ("choice", "0.~0as")),
        ({"0.~0as1": ["tre"]}, ("integer", "0.~0as1")),
    ],
)
def test_without_a_choice_nothing_that_is_typed_is_passed_over(
    typed: Any, wrong: tuple[str, str]
) -> None:
    question = asked(rows(TEXT, WHOLE))

    with pytest.raises(InvalidAnswer) as refused:
        question.field_type.parse(typed, question)

    assert (refused.value.code, refused.value.values["part"]) == wrong


def test_the_tenth_kind_is_not_taken_for_the_first() -> None:
    question = asked(rows(TEXT, *(of(f"a{number}") for number in range(1, 11))))
    typed = {"0.~0as": ["1"], "0.~0as1.a1": ["x"], "0.~0as10.a10": ["y"]}

    assert [len(of_kind(question.parts[0], index)) for index in (1, 10)] == [1, 1]
    assert question.field_type.parse(typed, question) == [{"a1": "x"}]


def test_a_kind_that_is_not_there_is_refused() -> None:
    question = asked(rows(TEXT, WHOLE))

    with pytest.raises(InvalidAnswer) as refused:
        question.field_type.parse({"0.~0as": ["7"], "0.~0as0": ["ab"]}, question)

    assert (refused.value.code, refused.value.values["part"]) == ("choice", "0.~0as")


def test_a_kind_in_which_nothing_is_asked_is_not_to_choose() -> None:
    question = asked(rows({"type": "object", "title": "Vad som helst"}, TEXT, WHOLE))

    assert [1, 2] == [one.value for one in question.parts[0].parts[0].options()]
    assert question.field_type.parse({"0.~0as2": ["3"]}, question) == [3]


@pytest.mark.parametrize("chosen", ["x", "-1", "9" * 9])
def test_what_is_no_number_of_a_kind_chooses_none(chosen: str) -> None:
    question = asked(rows(TEXT, WHOLE))
    typed = {"0.~0as": [chosen], "0.~0as0": ["ab"]}

    assert question.field_type.parse(typed, question) == ["ab"]


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (["a"], ("/s/rows/0", "minLength")),
        (["ab", {"age": 3}], ("/s/rows/1/name", "required")),
        ([{"name": "Bo", "age": "x"}], ("/s/rows/0/age", "type")),
        ([True], ("/s/rows/0", "oneOf")),
    ],
)
def test_what_is_wrong_is_told_of_the_kind_it_is(
    value: Any, where: tuple[str, str]
) -> None:
    assert wrong(rows(TEXT, PERSON), value) == [where]


def test_what_is_of_no_kind_is_not_made_into_another() -> None:
    settled = settle(rows(TEXT, PERSON), {"s": {"rows": [True]}})

    assert settled.answers == {"s": {"rows": [True]}}


def test_what_is_of_no_kind_is_told_as_it_is_and_fills_in_nothing() -> None:
    question = asked(rows(TEXT, PERSON))

    assert question.field_type.display([True], question, "sv") == "True"
    assert question.field_type.raw([True], question) == {}


def test_a_choice_posted_for_a_place_does_not_follow_what_comes_there() -> None:
    made = rows(TEXT, WHOLE)
    answers = {"s": {"rows": [3]}, "@choice": {"/s/rows/0": 0}}

    assert settle(made, answers).choices == {"/s/rows/0": 1}


def test_what_is_of_several_kinds_outside_of_rows_is_no_kind_of_row() -> None:
    either = {"oneOf": [TEXT, WHOLE]}
    listed = {"type": "array", "title": "Rader", "items": either}
    made = form({"type": "object", "properties": {"one": either, "rows": listed}})
    settled = settle(made, {"s": {"one": 3, "rows": [3]}})

    assert settled.choices == {"/s/one": 1, "/s/rows/0": 1}
    assert kinds_of(made, settled) == {"/s/rows/0": 1}


def test_a_receiver_reads_each_row_as_its_kind() -> None:
    kitchen = receiver(
        ViewField(name="all", pointer="/s/rows"),
        ViewField(name="each", pointer="/s/rows/*"),
        ViewField(name="names", pointer="/s/rows/*/name"),
    )
    made = rows(TEXT, PERSON, receivers=(kitchen,))
    [view] = receivers(made)

    sent = project(made, view, {"s": {"rows": ["ab", {"name": "Bo"}]}}, ref="1")

    assert sent is not None
    assert all_in_words(made, view, sent.columns) == {
        "all": "ab; Namn: Bo",
        "each": ["ab", "Namn: Bo"],
        "names": ["Bo"],
    }


def test_a_file_is_no_kind_of_answer_among_others() -> None:
    file = {"type": "string", "contentMediaType": "application/pdf"}
    made = rows(file, PERSON)

    assert "alternatives" not in {one.kind for one in made.questions.values()}
