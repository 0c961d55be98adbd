"""An answer that means the same under a new version is carried over, and no other."""

from typing import Any

import pytest
from forms import form, yes

from schemas.carryover import changes

BEFORE: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"title": "Namn", "type": "string"},
        "wants": {"title": "Vill du?", "type": "boolean"},
        "kind": {
            "title": "Vilken?",
            "oneOf": [{"const": "a", "title": "En"}, {"const": "b", "title": "Två"}],
        },
        "rows": {
            "title": "Rader",
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"who": {"title": "Vem", "type": "string"}},
            },
        },
    },
    "if": yes("wants"),
    "then": {"properties": {"why": {"title": "Varför?", "type": "string"}}},
}
SAID = {
    "s": {
        "name": "Sara",
        "wants": True,
        "kind": "a",
        "rows": [{"who": "Elis"}],
        "why": "Ja",
    }
}


def told(after: dict[str, Any]) -> list[tuple[str, str]]:
    found = changes(form(BEFORE), form(after), SAID)
    return [(change.kind, change.pointer) for change in found]


def changed(**properties: Any) -> dict[str, Any]:
    return {**BEFORE, "properties": {**BEFORE["properties"], **properties}}


def test_the_same_form_changes_nothing() -> None:
    assert told(BEFORE) == []


def test_one_question_more_changes_no_answer() -> None:
    more = changed(more={"title": "Mer?", "type": "string"})

    assert told({**more, "required": ["name", "more"]}) == []


def test_an_answer_that_is_no_longer_asked_for_is_gone() -> None:
    properties = {k: v for k, v in BEFORE["properties"].items() if k != "kind"}

    assert told({**BEFORE, "properties": properties}) == [("gone", "/s/kind")]


def test_what_followed_from_a_condition_goes_with_it() -> None:
    without = {key: value for key, value in BEFORE.items() if key not in ("if", "then")}

    assert told(without) == [("gone", "/s/why")]


@pytest.mark.parametrize(
    ("property_", "after"),
    [
        ("name", {"title": "Namn", "type": "string", "maxLength": 2}),
        ("name", {"title": "Namn", "type": "integer"}),
        ("kind", {"title": "Vilken?", "oneOf": [{"const": "b", "title": "Två"}]}),
        ("rows", {**BEFORE["properties"]["rows"], "minItems": 2}),
    ],
)
def test_an_answer_that_is_no_longer_valid_is_unfit(property_: str, after: Any) -> None:
    assert told(changed(**{property_: after})) == [("unfit", f"/s/{property_}")]


@pytest.mark.parametrize(
    ("property_", "after"),
    [
        ("name", {"title": "Barnets namn", "type": "string"}),
        (
            "kind",
            {
                "title": "Vilken?",
                "oneOf": [
                    {"const": "a", "title": "Inte en"},
                    {"const": "b", "title": "Två"},
                ],
            },
        ),
    ],
)
def test_an_answer_to_other_words_is_another_answer(property_: str, after: Any) -> None:
    assert told(changed(**{property_: after})) == [("reworded", f"/s/{property_}")]


def test_an_option_nobody_chose_may_get_new_words() -> None:
    kind = {
        "title": "Vilken?",
        "oneOf": [{"const": "a", "title": "En"}, {"const": "b", "title": "Annat"}],
    }

    assert told(changed(kind=kind)) == []
