"""What is read-only wherever it is asked, and what only some answers make so."""

import json

import pytest

from schemas.compiling import CompiledForm, compile_form
from schemas.definition import Json
from schemas.parsing import definition_from
from schemas.read_only import read_only_names
from tests.filling.filler import one_section

NOTE = {"type": "string", "title": "Not"}
SHUT = {"readOnly": True}
DONE = {"required": ["done"], "properties": {"done": {"const": True}}}
ALWAYS = {"allOf": [{"properties": {"note": SHUT}}]}
THEN = {"if": DONE, "then": {"properties": {"note": SHUT}}}
THERE_ALONE = {"if": DONE, "then": {"properties": {"note": {**NOTE, **SHUT}}}}
OR_ELSE = {**THERE_ALONE, "else": {"properties": {"note": NOTE}}}


def form(more: Json, *, defines: bool, in_row: bool) -> CompiledForm:
    done = {"done": {"type": "boolean", "title": "Klart?"}}
    cells = {**done, **({"note": NOTE} if defines else {})}
    asked = {"type": "object", "title": "Allt", "properties": cells, **more}
    all_ = {"type": "array", "title": "Alla", "items": asked} if in_row else asked
    made = one_section("form", "s", {"all": all_})
    return compile_form(definition_from(json.dumps(made)))


@pytest.mark.parametrize(
    ("more", "defines", "is_own"),
    [
        (ALWAYS, True, False),
        (THEN, True, True),
        (THERE_ALONE, False, False),
        (OR_ELSE, False, True),
    ],
)
def test_what_some_answers_leave_open_is_somebody_s_own(
    more: Json, defines: bool, is_own: bool
) -> None:
    plain = form(more, defines=defines, in_row=False)
    rows = form(more, defines=defines, in_row=True)
    [cell] = [q for q in rows.questions["/s/all"].parts if q.pointer.endswith("note")]

    assert (read_only_names(plain) == {}) is is_own
    assert (cell.may_shut, cell.read_only) == (is_own, not is_own)
    assert rows.questions["/s/all/*/note"].may_shut is is_own
