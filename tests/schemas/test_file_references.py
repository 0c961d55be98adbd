"""What names a file, wherever it stands, and the answers without some of what is named."""

from typing import Any

import pytest
from forms import form

from schemas.file_references import (
    FileAnswer,
    file_answers,
    file_question,
    most_files,
    typed_files,
    without_files,
    without_typed,
)

FILE = {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf"}
TEXT = {"title": "Ord", "type": "string"}
ONE, TWO, THREE = (f"sha256:{digit * 64}" for digit in "123")


def rows(**asked: Any) -> Any:
    row = {"type": "object", "properties": asked}
    return {"title": "Rader", "type": "array", "items": row}


PAIR = {"title": "Par", "type": "array", "prefixItems": [TEXT, FILE, TEXT]}
MANY = {"title": "Flera", "type": "array", "items": FILE}
OBJECT = {"title": "Vem?", "type": "object", "properties": {"one": TEXT}}
MADE = form(
    {
        "type": "object",
        "properties": {
            "rows": rows(said=TEXT, one=FILE, many=MANY, pair=PAIR),
            "after": {**PAIR, "items": rows(one=FILE)["items"]},
            "named": {
                **PAIR,
                "prefixItems": [OBJECT],
                "items": rows(one=FILE)["items"],
            },
            "first": {**PAIR, "prefixItems": [FILE, TEXT]},
            "lists": {**MANY, "items": {**PAIR, "prefixItems": [FILE, TEXT]}},
        },
    }
)


@pytest.mark.parametrize(
    ("asked", "most"),
    [
        ({"one": FILE}, 20),
        ({"rows": {**rows(one=FILE), "maxItems": 30}}, 30),
        ({"rows": rows(one=FILE), "one": FILE}, 51),
        ({"rows": {**rows(many={**MANY, "maxItems": 3}), "maxItems": 10}}, 30),
        ({"rows": rows(many=MANY)}, 200),
    ],
)
def test_a_form_may_have_as_many_files_as_it_asks_for(asked: Any, most: int) -> None:
    assert most_files(form({"type": "object", "properties": asked})) == most


def without(answers: Any, *out: str) -> Any:
    return without_files(MADE, {"s": answers}, lambda one: one.reference in out)["s"]


def test_a_file_is_named_by_its_question_whatever_its_row() -> None:
    answers = {"s": {"rows": [{"one": ONE}, {"said": THREE, "many": [TWO, ONE]}]}}
    found = [(one.pointer, one.reference) for one in file_answers(MADE, answers)]

    assert found == [
        ("/s/rows/*/one", ONE),
        ("/s/rows/*/many", TWO),
        ("/s/rows/*/many", ONE),
    ]


def test_words_in_a_tuples_position_name_no_file_of_the_rows_after_it() -> None:
    answers = {
        "s": {
            "after": [ONE, TWO, "x", {"one": THREE}],
            "named": [{"one": ONE}, {"one": TWO}],
        }
    }
    found = [(one.pointer, one.reference) for one in file_answers(MADE, answers)]

    assert found == [
        ("/s/after/1", TWO),
        ("/s/after/*/one", THREE),
        ("/s/named/*/one", TWO),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"rows": [{"one": ONE}, {"one": TWO}]}, {"rows": [{}, {"one": TWO}]}),
        ({"rows": [{"many": [ONE, TWO]}]}, {"rows": [{"many": [TWO]}]}),
        ({"rows": [{"said": "a", "many": [ONE]}]}, {"rows": [{"said": "a"}]}),
        ({"rows": [{"pair": ["a", ONE, "b"]}]}, {"rows": [{"pair": ["a"]}]}),
        ({"after": ["a", ONE, "b", {"one": ONE}]}, {"after": ["a"]}),
        ({"first": [ONE, "b"]}, {}),
        ({"lists": [[ONE, "b"], [TWO]]}, {"lists": [[], [TWO]]}),
        (
            {"after": ["a", TWO, "b", {"one": ONE}, {"one": TWO}]},
            {"after": ["a", TWO, "b", {}, {"one": TWO}]},
        ),
        ({"rows": [{"said": ONE}]}, {"rows": [{"said": ONE}]}),
    ],
)
def test_a_file_that_is_out_is_named_no_more(before: Any, after: Any) -> None:
    assert without(before, ONE) == after


def test_what_is_typed_names_files_by_the_same_question() -> None:
    raws = {
        "/s/rows": {"0.one": [ONE], "7.many": ["", TWO], "0.said": [THREE], "1": [""]},
        "/s/after": {"1": [TWO], "~0from3.0.one": [ONE]},
    }
    found = [(one.pointer, one.reference) for *_, one in typed_files(MADE, raws)]

    assert found == [
        ("/s/rows/*/one", ONE),
        ("/s/rows/*/many", TWO),
        ("/s/after/1", TWO),
        ("/s/after/*/one", ONE),
    ]


def test_what_is_typed_is_left_but_for_the_files_that_are_out() -> None:
    raws = {
        "/s/rows": {"0.one": [ONE], "1.one": [TWO], "1.said": [ONE], "1.many": [ONE]},
        "/s/after": {"1": [TWO]},
    }
    out = [FileAnswer(pointer="/s/rows/*/one", reference=ONE)]
    left = {"0.one": [], "1.one": [TWO], "1.said": [ONE], "1.many": [ONE]}

    assert without_typed(MADE, raws, out) == {**raws, "/s/rows": left}


def test_of_several_files_in_a_question_those_that_are_not_out_are_left() -> None:
    raws = {"/s/rows": {"0.many": ["", ONE, TWO]}}
    out = [FileAnswer(pointer="/s/rows/*/many", reference=ONE)]

    assert without_typed(MADE, raws, out) == {"/s/rows": {"0.many": ["", TWO]}}


@pytest.mark.parametrize(
    ("place", "pointer"),
    [
        ("/s/rows/12/one", "/s/rows/*/one"),
        ("/s/rows/0/pair/1", "/s/rows/*/pair/1"),
        ("/s/after/~0from3/0/one", "/s/after/*/one"),
        ("/s/rows/0/said", None),
        ("/s/rows/x/one", None),
        ("/s/after/~0from3", None),
    ],
)
def test_a_place_on_a_page_is_one_of_a_question(
    place: str, pointer: str | None
) -> None:
    found = file_question(MADE, place)

    assert (found.pointer if found else None) == pointer
