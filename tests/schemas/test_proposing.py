"""What an author proposes stands in a new draft, and nowhere it should not."""

from typing import Any

import pytest
from forms import form, yes

from schemas.proposing import proposed

TEXT = {"type": "string", "title": "Ort"}
FOUND = {**TEXT, "default": "Ekvalla"}


def of(schema: Any = None, **rest: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"town": schema or FOUND, **rest}}


def test_a_default_stands_in_a_new_draft() -> None:
    assert proposed(form(of()), {}, {}) == {"s": {"town": "Ekvalla"}}


def test_what_is_known_already_stays() -> None:
    known = {"s": {"town": "Sjövalla"}}

    assert proposed(form(of()), known, {}) == known


def test_what_somebody_left_open_before_stays_open() -> None:
    begun: dict[str, Any] = {"s": {}}

    assert proposed(form(of()), begun, begun) == begun


@pytest.mark.parametrize(
    "schema",
    [
        {**FOUND, "readOnly": True},
        {**FOUND, "deprecated": True},
        {**FOUND, "maxLength": 3},
        {"type": "integer", "title": "Antal", "default": "många"},
        {"const": True, "title": "Jag godkänner", "default": True},
        {"type": "object", "properties": {"in": FOUND}},
    ],
    ids=["read-only", "deprecated", "too-long", "no-number", "consent", "voluntary"],
)
def test_nothing_is_proposed_that_is_not_the_persons_to_leave(schema: Any) -> None:
    assert proposed(form(of(schema)), {}, {}) == {}


def test_a_consent_is_never_given_beforehand() -> None:
    schema = of({"type": "boolean", "title": "Bild", "default": True})
    asked = form(schema, consents={"/s/town": "publish.web"})

    assert proposed(asked, {}, {}) == {}


def test_what_is_in_an_object_that_must_be_there_is_proposed() -> None:
    schema = of({"type": "object", "properties": {"in": FOUND}}) | {
        "required": ["town"]
    }

    assert proposed(form(schema), {}, {}) == {"s": {"town": {"in": "Ekvalla"}}}


def test_what_is_asked_later_is_there_when_it_comes() -> None:
    schema = of({"type": "boolean", "title": "Flytt"}) | {
        "if": yes("town"),
        "then": {"properties": {"to": FOUND}},
    }

    assert proposed(form(schema), {}, {}) == {"s": {"to": "Ekvalla"}}
