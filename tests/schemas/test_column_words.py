"""Columns are read in words; what a receiver was given as a code stays one."""

from collections.abc import Mapping
from typing import Any

import pytest
from forms import form, receiver

from schemas.column_words import in_words
from schemas.definition import ViewField

FOODS = {
    "oneOf": [{"const": "nuts", "title": "Nötter"}, {"const": "egg", "title": "Ägg"}]
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "avoid": {"title": "Vad?", "type": "array", "items": FOODS},
        "first": {"title": "Först?", **FOODS},
        "ok": {"title": "Får vi?", "type": "boolean"},
    },
}


@pytest.mark.parametrize(
    ("name", "shape", "value", "words"),
    [
        ("avoid", None, ["nuts", "egg"], "Nötter, Ägg"),
        ("first", None, "egg", "Ägg"),
        ("ok", None, False, "Nej"),
        ("first", None, None, None),
        ("first", "code", "egg", "egg"),
        ("avoid", "count", 2, 2),
    ],
)
def test_a_column_is_read_in_words(
    name: str, shape: Any, value: Any, words: Any
) -> None:
    field = ViewField(name=name, pointer=f"/s/{name}", shape=shape)
    view = receiver(field)
    made = form(SCHEMA, receivers=(view,))

    assert in_words(made, view, name, value) == words


def test_an_answer_of_each_guardian_stays_a_list() -> None:
    view = receiver(ViewField(name="avoid", pointer="/s/avoid"))
    made = form(SCHEMA, for_="each_guardian", receivers=(view,))

    assert in_words(made, view, "avoid", [["nuts"], None]) == ["Nötter", None]


def test_an_answer_in_rows_of_rows_is_read_in_words_in_its_row() -> None:
    inner = {"type": "array", "items": SCHEMA}
    schema = {"type": "object", "properties": {"m": {"type": "array", "items": inner}}}
    view = receiver(ViewField(name="avoid", pointer="/s/m/*/*/avoid"))
    made = form(schema, receivers=(view,))

    said = in_words(made, view, "avoid", [[["nuts", "egg"], None], []])

    assert said == [["Nötter, Ägg", None], []]
