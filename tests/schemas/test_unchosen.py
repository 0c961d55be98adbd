"""What stands in kinds that are not chosen, wherever the choice stands."""

from typing import Any

import pytest

from schemas.unchosen import unchosen
from tests.schemas.forms import form

TEXT = {"title": "I ord", "type": "string"}
PAIR = {
    "title": "Par",
    "type": "object",
    "properties": {"a": {"title": "A", "type": "string"}},
}
KINDS = {"title": "Vad?", "oneOf": [TEXT, {"title": "Tal", "type": "integer"}, PAIR]}
TABLE = {
    "title": "Tabell",
    "type": "array",
    "items": {"type": "object", "properties": {"one": KINDS}},
}
IN_ROWS = {**TABLE, "items": {"oneOf": [TEXT, {**TABLE, "title": "Flera"}]}}


@pytest.mark.parametrize(
    ("asked", "posted", "waits"),
    [
        (TABLE, {"0.one.~0as": "1", "0.one.~0as1": "7", "0.one.~0as0": "x"}, {"0.one.~0as0": "x"}),
        (TABLE, {"0.one.~0as": "0", "0.one.~0as0": "x", "0.one.~0as2.a": "y"}, {"0.one.~0as2.a": "y"}),
        (TABLE, {"0.one.~0as": "0", "0.one.~0as0": "x", "0.one.~0as1": ""}, {}),
        (TABLE, {"0.one.~0as1": "7"}, {}),
        (TABLE, {"0.one.~0as": "", "2.one.~0as": "0", "2.one.~0as0": "x", "2.one.~0as1": "7"}, {"0.one.~0as1": "7"}),
        (IN_ROWS, {"0.~0as": "0", "0.~0as0": "x", "0.~0as1.0.one.~0as1": "7"}, {"0.~0as1.0.one.~0as1": "7"}),
        (
            IN_ROWS,
            {"3.~0as": "1", "3.~0as0": "y", "3.~0as1.2.one.~0as": "0", "3.~0as1.2.one.~0as0": "x", "3.~0as1.2.one.~0as1": "7"},
            {"0.~0as0": "y", "0.~0as1.0.one.~0as1": "7"},
        ),
    ],
)  # fmt: skip
def test_what_waits_is_what_stands_beside_the_chosen(
    asked: Any, posted: dict[str, str], waits: dict[str, str]
) -> None:
    question = form({"type": "object", "properties": {"q": asked}}).questions["/s/q"]
    raw = {name: [text] for name, text in posted.items()}

    assert unchosen(question, raw) == {name: [text] for name, text in waits.items()}
