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
from schemas.validation import check, faults
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


def test_what_stands_after_the_positions_is_asked_by_nothing_unless_said() -> None:
    made = pair()

    result = try_answers(made, {"s": {"pair": ["Rut", 3, "mer"]}}, {})

    assert [(p.pointer, p.code) for p in result.problems] == [("/s/pair/2", "unasked")]


def test_nothing_is_asked_after_the_positions_where_anything_may_stand() -> None:
    asks = [len(asked(pair(items=items)).parts) for items in (True, {}, False)]

    assert asks == [2, 2, 2]


@pytest.mark.parametrize(
    ("items", "kind"),
    [
        (NAME, "lines"),
        (CLUB, "rows"),
        ({"type": "array", "items": WHOLE}, "rows"),
        ({"enum": ["a", "b"]}, "many_choices"),
    ],
)
def test_what_follows_the_positions_is_asked_as_a_list_of_it(
    items: Any, kind: str
) -> None:
    assert [part.kind for part in asked(pair(items=items)).parts[2:]] == [kind]


def test_the_positions_count_among_how_many_there_are() -> None:
    after = asked(pair(items=CLUB, minItems=3, maxItems=5)).parts[2]

    assert (after.schema["minItems"], after.schema["maxItems"]) == (1, 3)


def test_a_list_after_positions_is_called_what_its_items_are() -> None:
    titles = [asked(pair(items=one)).parts[2].title for one in (NAME, WHOLE)]

    assert titles == ["Namn", "Fler svar"]


def test_the_author_says_at_the_items_what_follows_is_called() -> None:
    said = {"type": "array", "prefixItems": [NAME], "items": WHOLE}
    made = form(
        {"type": "object", "properties": {"pair": said}},
        ui={"/s/pair/*": {"label": "Mål"}},
    )

    assert [part.title for part in asked(made).parts] == ["Namn", "Mål"]


def test_what_follows_is_read_into_the_same_list() -> None:
    question = asked(pair(items=CLUB))
    typed = {"0": ["Rut"], "1": ["3"], "~0from2.0.club": ["IK"], "~0from2.1.club": [""]}

    assert question.field_type.parse(typed, question) == ["Rut", 3, {"club": "IK"}]


def test_no_position_is_left_open_before_what_follows() -> None:
    question = asked(pair(items=CLUB))

    with pytest.raises(InvalidAnswer) as refused:
        question.field_type.parse({"0": ["Rut"], "~0from2.0.club": ["IK"]}, question)

    assert (refused.value.code, refused.value.values["part"]) == ("place-before", "1")


def test_what_is_not_asked_in_what_follows_is_dropped_from_it_alone() -> None:
    made = pair(items=CLUB)

    settled = settle(made, {"s": {"pair": ["Rut", 3, {"club": "IK", "more": 1}]}})

    assert settled.answers == {"s": {"pair": ["Rut", 3, {"club": "IK"}]}}
    assert settled.dropped == ("/s/pair/2/more",)


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (["Rut", 3, {}], ("/s/pair/2/club", "required")),
        (["Rut", 3, {"club": 4}], ("/s/pair/2/club", "type")),
        (["Rut", 3, "x"], ("/s/pair/2", "type")),
        (["Rut", 3, {"club": "a"}, {"club": "a"}], ("/s/pair/3", "uniqueItems")),
        (["Rut", 3, *({"club": str(n)} for n in range(3))], ("/s/pair", "maxItems")),
        (["Rut", 3], ("/s/pair", "minItems")),
        (["Rut"], ("/s/pair/1", "required")),
    ],
)
def test_what_is_wrong_after_the_positions_is_told_where_it_stands(
    found: Any, where: tuple[str, str]
) -> None:
    made = pair(items=CLUB, minItems=3, maxItems=4, uniqueItems=True)

    assert wrong(made, found) == [where]


def test_what_is_wrong_after_the_positions_is_told_of_what_follows() -> None:
    made = pair(items={**NAME, "title": "Smeknamn", "minLength": 2})
    found = check(made, settle(made, {"s": {"pair": ["Rut", 3, "x"]}}))

    assert [one.message.partition(":")[0] for one in found] == ["Smeknamn"]


def test_the_same_text_after_a_position_is_told_where_it_comes_again() -> None:
    made = pair(prefixItems=[NAME], items=NAME, uniqueItems=True)

    assert wrong(made, ["a", "b", "a"]) == [("/s/pair/2", "uniqueItems")]


def test_an_empty_text_at_the_end_is_no_answer() -> None:
    made = pair(prefixItems=[NAME, NAME])

    settled = [settle(made, {"s": {"pair": one}}) for one in (["Rut", ""], ["", ""])]

    assert [one.answers for one in settled] == [{"s": {"pair": ["Rut"]}}, {"s": {}}]
    assert [one.dropped for one in settled] == [(), ()]


def test_an_empty_text_before_an_answer_stays_as_nothing_may_move() -> None:
    made = pair(prefixItems=[NAME, NAME])

    assert settle(made, {"s": {"pair": ["", "x"]}}).answers["s"]["pair"] == ["", "x"]


def test_a_receiver_of_what_follows_gets_a_value_for_each_row() -> None:
    kitchen = receiver(ViewField(name="clubs", pointer="/s/pair/*/club"))
    made = pair(items=CLUB, receivers=(kitchen,))
    [view] = receivers(made)
    answers = {"s": {"pair": ["Rut", 3, {"club": "IK"}, {"club": "BK"}]}}

    sent = project(made, view, answers, ref="1")

    assert sent is not None
    assert sent.values() == {"clubs": ["IK", "BK"]}


def test_a_receiver_of_positions_and_what_follows_gets_no_cell_of_a_position() -> None:
    kitchen = receiver(
        ViewField(name="name", pointer="/s/pair/0"),
        ViewField(name="clubs", pointer="/s/pair/*/club"),
        ViewField(name="all", pointer="/s/pair"),
    )
    made = pair(items=CLUB, receivers=(kitchen,))
    [view] = receivers(made)

    sent = project(made, view, {"s": {"pair": ["Rut", 3, {"club": "IK"}]}}, ref="1")

    assert sent is not None
    assert (sent.values()["name"], sent.values()["clubs"]) == ("Rut", ["IK"])
    assert all_in_words(made, view, sent.columns)["all"] == (
        "Namn: Rut, 2: 3, Fler svar: Namn: IK"
    )


def test_the_same_options_in_order_are_ranked_only_where_nothing_follows() -> None:
    option = {"enum": ["a", "b"]}

    made = pair(prefixItems=[option, option], uniqueItems=True, items={"enum": ["c"]})

    assert asked(made).kind == "tuple"


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
