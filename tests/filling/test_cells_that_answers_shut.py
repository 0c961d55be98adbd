"""A cell that answers beside it make read-only is so in that row, and in no other."""

from typing import Any, Final

import pytest
from browsing import CHROMIUM
from household import SARA
from sqlalchemy import select
from structlog.testing import capture_logs

from formbuilder.database import tables
from formbuilder.visitor import Upload
from schemas.definition import Json
from tests.filling.filler import Filler, one_section, publish
from tests.filling.test_shut_cells import (
    BORN,
    NR,
    OK,
    WAYS,
    Case,
    form_of,
    know,
    only_draft,
    table,
)
from tests.filling.window import Window
from tests.promises.city import City

DONE: Final = {"title": "Klart?", "type": "boolean"}
IS_DONE: Final = {"required": ["done"], "properties": {"done": {"const": True}}}
SHUT: Final = {"properties": {"ok": {"readOnly": True}}}


def row(then: Json = SHUT, **cells: Json) -> dict[str, Any]:
    asked = {"done": DONE, "ok": OK, "born": BORN, **cells}
    found = {"type": "object", "properties": asked, "if": IS_DONE}
    return {**found, "then": then}


KNOWN: Final = [
    {"done": True, "ok": "a"},
    {"done": False, "ok": "b"},
    {"done": True, "ok": "c"},
]


def case_of(city: City, asked: Json = None, known: Json = KNOWN, way: str = "table") -> Case:  # fmt: skip
    return Case(city, asked or table(row()), known, way)


@pytest.fixture(params=WAYS)
def case(request: pytest.FixtureRequest, city: City) -> Case:
    return case_of(city, way=request.param)


def can_answer(case: Case, name: str = "ok") -> list[int]:
    """Return the rows in which a cell can be answered, each opened to see it."""
    found = []
    for number in range(len(case.answers())):
        if f"s.all.{number}.born" not in case.filler.asks():
            case.post({}, "_edit", f"/{number}")
        fields = case.filler.page.form(field_name="_shown").fields
        found += [number] if f"s.all.{number}.{name}" in fields else []
    return found


def test_each_row_says_what_is_read_only_in_it(case: Case) -> None:
    assert can_answer(case) == [1]
    assert case.answers() == KNOWN


def test_a_cell_is_answered_in_a_row_that_leaves_it_open(case: Case) -> None:
    if "s.all.1.ok" not in case.filler.asks():
        case.post({}, "_edit", "/1")
    case.post({"1.ok": ["d"]})

    assert [one["ok"] for one in case.answers()] == ["a", "d", "c"]


def test_a_row_that_comes_to_be_done_shuts_what_was_typed(city: City) -> None:
    case = case_of(city)
    case.post({"1.ok": ["d"], "1.done": ["true"]})

    assert case.answers()[1] == {"done": True, "ok": "d"}
    assert can_answer(case) == []


def test_a_row_that_is_open_again_can_be_answered(city: City) -> None:
    case = case_of(city)
    case.post({"0.done": ["false"]})

    assert can_answer(case) == [0, 1]
    assert case.filler.holds("s.all.0.ok") == ["a"]
    case.post({"0.ok": ["d"]})
    assert case.answers()[0] == {"done": False, "ok": "d"}


def test_rows_keep_theirs_as_they_are_moved_added_and_removed(case: Case) -> None:
    case.post({}, "_up", "/2")
    case.post({}, "_add", "")
    case.post({"3.ok": ["ny"]})
    case.post({}, "_remove", "/0")

    assert [*KNOWN[2:0:-1], {"ok": "ny"}] == case.answers()
    assert can_answer(case) == [1, 2]


@pytest.mark.parametrize("done", ["true", "false"])
def test_a_hand_made_post_sets_nothing_in_a_row_that_is_done(
    city: City, done: str
) -> None:
    case = case_of(city)
    forged = {"s.all.0.ok": ["x"], "s.all.0.done": [done], "s.all.0.~shut": ["done"]}
    with capture_logs() as logged:
        case.forge(forged, _go="later")

    assert case.answers()[0] == {"done": done == "true", "ok": "a"}
    ignored = [one for one in logged if one["event"] == "read_only_posted"]
    assert [one["pointers"] for one in ignored] == [["/s/all/*/ok"]]


def test_what_is_open_is_no_hand_made_post(city: City) -> None:
    case = case_of(city)
    with capture_logs() as logged:
        case.post({"1.ok": ["d"]})

    assert not [one for one in logged if one["event"] == "read_only_posted"]


def test_the_mark_of_an_open_row_opens_no_other(city: City) -> None:
    case = case_of(city)
    mark = case.filler.holds("s.all.1.~was")
    case.forge({"s.all.0.~was": mark, "s.all.0.ok": ["x"]}, _go="later")

    assert [one.get("ok") for one in case.answers()] == ["a", "b", "c"]
    assert [one["done"] for one in case.answers()] == [True, False, True]


def test_a_new_row_has_shut_what_an_empty_one_has(city: City) -> None:
    """`else` holds before anything is answered."""
    way = {**row({}), "else": SHUT}
    case = case_of(city, table(way), [{"done": True, "ok": "a"}])
    case.post({}, "_add", "")
    case.forge({"s.all.1.ok": ["x"], "s.all.1.born": ["1999"]}, _go="later")
    case.post({"1.done": ["true"]})
    case.post({"1.ok": ["y"]})

    assert case.answers()[1] == {"born": 1999, "done": True, "ok": "y"}


def test_what_is_half_typed_beside_it_changes_nothing(city: City) -> None:
    case = case_of(city)
    case.post({"0.born": ["i fjol"], "1.born": ["i fjol"]})
    case.forge({"s.all.0.ok": ["x"]}, _go="later")
    case.post({"0.born": ["1999"], "1.born": ["1999"], "1.ok": ["d"]})

    assert [one["ok"] for one in case.answers()] == ["a", "d", "c"]
    assert case.answers()[0]["born"] == 1999


def test_what_no_text_can_be_stays_just_as_it_is(city: City) -> None:
    cells: dict[str, Json] = {
        "list": {"type": "string", "enum": ["a"], "title": "Vald"},
        "text": {"type": "string", "title": "Text"},
        "sum": {"type": "number", "title": "Summa"},
    }
    then = {"properties": {name: {"readOnly": True} for name in cells}}
    known = {"done": True, "list": "gone", "text": "  två\nrader ", "sum": 0.1}
    case = case_of(city, table(row(then, **cells)), [known, {"done": False}])
    boxes = case.filler.page.form(field_name="_shown").fields
    case.post({"0.born": ["1999"]})

    assert not [name for name in cells if f"s.all.0.{name}" in boxes]
    assert case.answers()[0] == {**known, "born": 1999}


def test_rows_in_a_row_are_shut_with_it(city: City) -> None:
    pets = table({"type": "object", "properties": {"ok": OK}})
    asked = table(row({"properties": {"pets": {"readOnly": True}}}, pets=pets))
    known = [{"done": one, "pets": [{"ok": "x"}]} for one in (True, False)]
    case = case_of(city, asked, known)
    case.post({"1.pets.0.ok": ["y"]})
    forged = {"s.all.0.pets.0.ok": ["z"], "s.all.0.pets.1.ok": ["z"]}
    case.forge(forged, _add="/s/all/0/pets")

    assert [one["pets"] for one in case.answers()] == [[{"ok": "x"}], [{"ok": "y"}]]
    case.post({"0.done": ["false"]})
    case.post({"0.pets.0.ok": ["z"]})
    assert case.answers()[0]["pets"] == [{"ok": "z"}]


def test_rows_in_rows_each_say_their_own(city: City) -> None:
    asked = table({"type": "object", "properties": {"ok": OK, "in": table(row())}})
    known = [{"ok": one, "in": KNOWN[:2]} for one in "xy"]
    case = case_of(city, asked, known)
    case.post({}, "_up", "/1")
    case.post({}, "_up", "/0/in/1")
    case.post({"0.in.0.ok": ["d"], "1.in.1.ok": ["e"]})
    case.forge({"s.all.0.in.1.ok": ["f"]}, _go="later")
    case.post({}, "_add", "/1/in")
    case.post({"1.in.2.ok": ["g"]})

    assert case.answers() == [
        {"ok": "y", "in": [{"done": False, "ok": "d"}, KNOWN[0]]},
        {"ok": "x", "in": [KNOWN[0], {"done": False, "ok": "e"}, {"ok": "g"}]},
    ]


def test_an_outer_row_shuts_what_is_in_its_rows(city: City) -> None:
    inner = table({"type": "object", "properties": {"ok": OK, "born": BORN}})
    then = {"properties": {"in": {"items": SHUT}}}
    known = [{"done": one, "in": [{"ok": "x"}]} for one in (True, False)]
    case = case_of(city, table(row(then, **{"in": inner})), known)
    case.post({"0.in.0.born": ["1"], "1.in.0.ok": ["y"]})
    case.post({}, "_add", "/0/in")
    case.forge({"s.all.0.in.1.ok": ["z"], "s.all.0.in.1.born": ["2"]}, _go="later")

    assert case.answers() == [
        {"done": True, "in": [{"ok": "x", "born": 1}, {"born": 2}]},
        {"done": False, "in": [{"ok": "y"}]},
    ]


def test_a_fixed_table_says_it_line_by_line(city: City) -> None:
    grid = {"type": "object", "title": "Vecka", "properties": {"mon": row(), "tue": row()}}  # fmt: skip
    known = {"mon": KNOWN[0], "tue": KNOWN[1]}
    case = case_of(city, grid, known, "grid")
    case.post({"tue.ok": ["d"]})
    case.forge({"s.all.mon.ok": ["x"]}, _go="later")

    assert case.answers() == {"mon": KNOWN[0], "tue": {"done": False, "ok": "d"}}


def test_rows_of_several_kinds_say_it_where_they_are_of_that_kind(city: City) -> None:
    one = {"title": "Namn", "type": "string"}
    kinds = table({"oneOf": [one, {**row(), "title": "Person"}]})
    case = case_of(city, kinds, ["x", *KNOWN[:2]])
    case.post({"2.~0as1.ok": ["d"]})
    case.forge({"s.all.1.~0as1.ok": ["y"]}, _up="/s/all/1")

    assert case.answers() == [KNOWN[0], "x", {"done": False, "ok": "d"}]


def test_what_the_form_makes_read_only_in_all_rows_is_so_in_all(city: City) -> None:
    """A condition outside of the rows counts for each, also for a new one."""
    cells = {"type": "object", "properties": {"ok": OK, "born": BORN}}
    section = {"if": IS_DONE, "then": {"properties": {"all": {"items": SHUT}}}}
    form = one_section(
        "ute", "s", {"done": DONE, "all": table(cells)}, required=["done"]
    )
    form["sections"][0]["schema"] |= section
    filler = Filler.begin(city, form)
    filler.post({}, ("_add", "/s/all"))
    filler.post({"s.all.0.ok": ["b"], "s.done": ["true"]}, ("_add", "/s/all"))
    boxes = filler.page.form(field_name="_shown").fields
    filler.post({"s.all.0.born": ["1"], "s.all.1.born": ["2"]}, ("_go", "later"))

    assert {"s.all.0.ok", "s.all.1.ok"}.isdisjoint(boxes)
    rows = only_draft(city).answers["s"]["all"]
    assert rows == [{"ok": "b", "born": 1}, {"born": 2}]


def test_nobody_detaches_a_file_that_is_read_only(city: City) -> None:
    paper = {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf"}
    then = {"properties": {"paper": {"readOnly": True}}}
    case = Case(city, table(row(then, paper=paper)), [{"done": False, "ok": "a"}])
    assert "s.all.0.paper-new" in case.filler.page.form(field_name="_shown").files
    form = case.filler.page.form(field_name="_shown")
    upload = Upload("intyg.pdf", "application/pdf", b"%PDF-1.7\n")
    case.filler.visitor.submit(
        form, {"s.all.0.done": ["true"]}, button=("_go", "later"), uploads=[("s.all.0.paper-new", upload)]
    )  # fmt: skip
    case.filler.page = case.filler.visitor.get(case.filler.address)
    stored = case.answers()
    case.forge({}, _detach="/s/all/0/paper/0")

    assert stored[0]["paper"].startswith("sha256:")
    assert case.answers() == stored
    assert "intyg.pdf" in case.filler.page.text


UNTYPED: Final = [
    ({"format": "date"}, "2024-1-1"),
    ({"enum": ["a"]}, "gone"),
    ({"format": "email"}, "x"),
    ({}, "  två\nrader "),
]
"""Kinds of text, and a value that could not be typed."""


@pytest.mark.parametrize(("kind", "value"), UNTYPED)
def test_a_page_that_is_shown_again_keeps_what_is_shut(
    city: City, kind: Json, value: str
) -> None:
    """Something else on the page is wrong at first."""
    cell = {"type": "string", "title": "Känt", **kind}
    asked = table(row({"properties": {"x": {"readOnly": True}}}, x=cell))
    known = [{"done": True, "x": value}, {"done": False}]
    know(city, known)
    form = form_of(asked)
    form["sections"][0]["schema"]["properties"]["need"] = {**OK, "title": "Krav"}
    form["sections"][0]["schema"]["required"] = ["need"]
    filler = Filler.begin(city, form)
    filler.post({})
    filler.post({"s.need": ["x"]})

    assert only_draft(city).answers["s"] == {"all": known, "need": "x"}


INNER: Final = {
    "in": (table({"type": "object", "properties": {"a": OK, "born": BORN}}), {"items": {"properties": {"a": {"readOnly": True}}}}),
    "pos": ({"title": "Par", "type": "array", "prefixItems": [OK, BORN]}, {"prefixItems": [{"readOnly": True}]}),
}  # fmt: skip


@pytest.mark.parametrize("name", INNER)
@pytest.mark.parametrize("button", [(), ("_add", "")])
def test_an_empty_cell_within_is_shut_with_its_row(
    city: City, name: str, button: tuple[str, ...]
) -> None:
    asked, then = INNER[name]
    shut = {"properties": {**SHUT["properties"], name: then}}
    known: Json = {"done": False, "ok": "a"}
    known |= {"in": [{"born": 1}]} if name == "in" else {}
    case = case_of(city, table(row(shut, **{name: asked})), [known])
    case.post({"0.done": ["true"]}, *button)
    case.post({"0.born": ["5"]})

    assert case.answers() == [{**known, "done": True, "born": 5}]


def again(case: Case, answers: dict[str, list[str]]) -> None:
    """Post the same page twice, as by a second click."""
    page = case.filler.page
    for _ in range(2):
        case.filler.page = page
        case.post(answers)


def test_a_page_that_is_posted_twice_loses_nothing(city: City) -> None:
    case = case_of(city)
    again(case, {"0.done": ["false"], "1.done": ["true"], "2.born": ["5"]})

    assert case.answers() == [
        {"done": False, "ok": "a"},
        {"done": True, "ok": "b"},
        {"done": True, "ok": "c", "born": 5},
    ]


def test_who_goes_back_and_goes_on_loses_nothing(city: City) -> None:
    case = case_of(city, known=KNOWN[:2])
    before = case.filler.page
    case.post({"0.done": ["false"], "1.done": ["true"]})
    case.filler.page = before
    case.post({"0.done": ["false"], "0.born": ["5"], "1.done": ["true"]})

    assert case.answers() == [
        {"done": False, "ok": "a", "born": 5},
        {"done": True, "ok": "b"},
    ]


def test_a_second_click_is_no_hand_made_post(city: City) -> None:
    case = case_of(city)
    with capture_logs() as logged:
        again(case, {"0.done": ["false"], "1.done": ["true"]})

    assert not [one for one in logged if one["event"] == "read_only_posted"]


def test_a_row_that_was_removed_meanwhile_takes_nothing_from_another(
    city: City,
) -> None:
    known = [{"done": True, "ok": one} for one in "ab"]
    case = case_of(city, table({**row({}), "else": SHUT}), known)
    before = case.filler.page
    case.post({}, "_remove", "/0")
    case.filler.page = before
    case.post({})

    assert case.answers() == [{"done": True}, known[1]]


def test_a_button_that_is_pressed_twice_loses_nothing(city: City) -> None:
    case = case_of(city)
    page = case.filler.page
    for _ in range(2):
        case.filler.page = page
        case.post({"0.done": ["false"]}, "_remove", "/2")

    assert case.answers() == [{"done": False, "ok": "a"}, KNOWN[1]]


def test_what_nobody_can_tell_apart_gets_nothing_of_another(city: City) -> None:
    known = [{"done": True, "ok": one} for one in "ab"]
    case = case_of(city, known=known)
    before = case.filler.page
    case.post({}, "_remove", "/0")
    case.post({"0.done": ["false"], "0.born": ["1"]})
    case.filler.page = before
    case.post({"1.born": ["2"]})

    assert case.answers()[0] == {"done": True}


def test_rows_that_are_there_at_least_have_shut_what_an_empty_one_has(
    city: City,
) -> None:
    case = case_of(city, table({**row({}), "else": SHUT}, minItems=3), KNOWN[:1])
    boxes = case.filler.page.form(field_name="_shown").fields
    case.forge({"s.all.1.ok": ["x"], "s.all.1.born": ["1"]}, _go="later")

    assert {f"s.all.{number}.born" for number in range(3)} <= boxes.keys()
    assert [f"s.all.{number}.ok" in boxes for number in range(3)] == [
        True,
        False,
        False,
    ]
    assert case.answers() == [KNOWN[0], {"born": 1}]


def test_nobody_sets_ahead_what_is_never_open(city: City) -> None:
    """What a row does not ask is posted unseen, so a hand-made post could."""
    note = {"allOf": [OK], "title": "Not", "readOnly": True}
    case = case_of(city, table(row({"properties": {"note": note}})), KNOWN[1:2])
    case.forge({"s.all.0.note": ["x"]}, _go="later")
    case.post({"0.done": ["true"]})

    assert case.answers() == [{"done": True, "ok": "b"}]


def test_rows_that_are_read_only_are_no_hand_made_posts(city: City) -> None:
    pair = {
        "type": "array",
        "title": "Par",
        "prefixItems": [OK, BORN],
        "readOnly": True,
    }
    asked = {
        "type": "object",
        "title": "Allt",
        "properties": {"in": table(pair), "ok": OK},
    }
    case = Case(city, asked, {"in": [["a", 1]]})
    with capture_logs() as logged:
        case.post({"ok": ["x"]}, "_up", "/in/0")

    assert case.answers() == {"in": [["a", 1]], "ok": "x"}
    assert not [one for one in logged if one["event"] == "read_only_posted"]


def test_rows_that_are_open_at_once_are_posted_twice(city: City) -> None:
    inner = table({"type": "object", "properties": {"ok": OK}})
    asked = {"type": "object", "title": "Allt", "if": IS_DONE}
    then = {"properties": {"in": {"items": SHUT}}}
    asked |= {"properties": {"done": DONE, "in": inner}, "then": then}
    case = case_of(city, asked, {"done": True, "in": [{"ok": "a"}, {"ok": "b"}]})
    again(case, {"done": ["false"]})

    assert case.answers() == {"done": False, "in": [{"ok": "a"}, {"ok": "b"}]}


def test_a_page_of_before_keeps_what_its_other_rows_say(city: City) -> None:
    way = {**row({}), "else": SHUT}
    known = [{"done": True, "ok": one} for one in "ab"]
    case = case_of(city, table(way), known)
    before = case.filler.page
    case.post({"0.done": ["false"]})
    case.filler.page = before
    case.post({"1.born": ["1999"]})

    assert case.answers()[1] == {"done": True, "ok": "b", "born": 1999}


@pytest.mark.parametrize("is_by_script", [True, False])
def test_a_kind_comes_back_with_what_may_be_shut_in_it(
    city: City, is_by_script: bool
) -> None:
    one = {"title": "Namn", "type": "string"}
    person = {**row(), "title": "Person"}
    known = [{"done": done, "ok": "b", "born": 5} for done in (False, True)]
    case = case_of(city, table({"oneOf": [one, person]}), known)
    for number in ("0", "1"):
        kind, said = f"s.all.{number}.~0as", {f"s.all.{number}.~0as0": ["y"]}
        for chosen in (
            [{kind: ["0"]}, said] if is_by_script else [{kind: ["0"], **said}]
        ):
            case.forge(chosen, _go="later")
        case.forge({kind: ["1"]}, _go="later")

    assert case.answers() == known


@pytest.mark.parametrize("shut", [{}, {"readOnly": True}])
def test_what_may_be_of_several_kinds_is_read_only_as_one(
    city: City, shut: Json
) -> None:
    number = {"n": {"type": "integer", "title": "Antal"}}
    pair = {"title": "Par", "type": "object", "properties": number, "required": ["n"]}
    cell = {
        "title": "Sort",
        "oneOf": [{"title": "Ord", "type": "string"}, pair],
        **shut,
    }
    then = {"properties": {"k": {"readOnly": True}}}
    known = [{"done": False, "k": "x"}, {"done": True, "k": {"n": 3}}]
    case = case_of(city, table(row(then, k=cell)), known)
    boxes = case.filler.page.form(field_name="_shown").fields
    forged = {f"s.all.{row}.k.~0as1.n": ["5"] for row in (0, 1)}
    kinds = {f"s.all.{row}.k.~0as": ["1"] for row in (0, 1)}
    case.forge({**forged, **kinds}, _go="later")

    assert ("s.all.0.k.~0as" in boxes) is not bool(shut)
    assert "s.all.1.k.~0as" not in boxes
    assert case.answers()[1] == known[1]
    assert case.answers()[0]["k"] == ("x" if shut else {"n": 5})


def test_no_row_is_made_of_what_a_hand_made_post_calls_new(city: City) -> None:
    cells = {"nr": NR, "ok": OK, "born": BORN}
    known = [{"nr": 7, "ok": "a"}, {"nr": 8, "ok": "b"}]
    case = case_of(city, table({"type": "object", "properties": cells}), known)
    case.forge({"s.all.0.~new": [""], "s.all.1.born": ["i fjol"]}, _go="later")
    more = {f"s.all.{row}.ok": ["ny"] for row in (2, 3)}
    case.forge({**more, "s.all.1.born": ["1"]}, _go="later")

    assert [one.get("nr") for one in case.answers()] == [7, 8, None, None]


@pytest.mark.parametrize("button", ["_up", "_remove"])
def test_the_positions_of_a_tuple_are_no_rows(city: City, button: str) -> None:
    pair = {"type": "array", "title": "Par", "prefixItems": [{**OK, "readOnly": True}, OK, DONE]}  # fmt: skip
    case = case_of(city, pair, ["känt", "mitt", True])
    case.forge({"s.all.1": ['"x"']}, **{button: "/s/all/1"})

    assert case.answers() == ["känt", '"x"', True]


def test_rows_of_several_kinds_are_no_hand_made_posts(city: City) -> None:
    one = {"title": "Namn", "type": "string"}
    case = case_of(city, table({"oneOf": [one, {**row(), "title": "Person"}]}))
    with capture_logs() as logged:
        case.post({"1.~0as1.ok": ["d"]})

    assert not [one for one in logged if one["event"] == "read_only_posted"]


def test_an_uploaded_file_that_nobody_may_attach_is_not_kept(city: City) -> None:
    paper = {"title": "Intyg", "type": "string", "contentMediaType": "application/pdf"}
    asked = table(row({"properties": {"paper": {"readOnly": True}}}, paper=paper))
    case = case_of(city, asked, KNOWN[:1])
    form = case.filler.page.form(field_name="_shown")
    file = {"s.all.0.paper-new": ("x.pdf", b"%PDF-1.7\n", "application/pdf")}
    case.filler.visitor.client.post(form.action, data={**form.fields, "_go": ["later"]}, files=file)  # fmt: skip

    assert case.answers() == KNOWN[:1]
    with city.town.database.read("ekvalla") as tc:
        assert tc.execute(select(tables.uploads)).all() == []


def test_a_list_is_open_where_its_items_are_shut_by_their_own_condition(
    city: City,
) -> None:
    item = {"type": "string", "if": {"const": "x"}, "then": {"readOnly": True}}
    asked = {"type": "object", "title": "Allt", "properties": {"list": table(item)}}
    case = case_of(city, asked, {"list": ["a"]})
    case.post({"list": ["b"]})

    assert case.answers() == {"list": ["b"]}


@pytest.mark.parametrize(("was", "now"), [(True, False), (False, True)])
def test_half_typed_rows_are_carried_to_a_version_that_shuts_otherwise(
    city: City, was: bool, now: bool
) -> None:
    def asked(*, always: bool) -> Json:
        cells = {"done": DONE, "ok": {**OK, "readOnly": True}, "born": BORN}
        return table({"type": "object", "properties": cells} if always else row())

    case = Case(city, asked(always=was), KNOWN, by=SARA)
    case.post({"0.born": ["i fjol"]})
    about = {"identity": {"assurance": "substantial", "about": "self"}}
    publish(city, {**form_of(asked(always=now)), **about})
    [way] = case.filler.visitor.get("/mina").links("/mina/utkast/")
    told = case.filler.visitor.get(way)
    if "/ny-version" in told.url:
        case.filler.visitor.submit(told.form(action="/ny-version"))
    case.filler.page = case.filler.visitor.get(case.filler.address)
    case.post({"0.born": ["1"]})

    assert case.answers() == [{**KNOWN[0], "born": 1}, *KNOWN[1:]]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
@pytest.mark.parametrize("way", WAYS)
def test_with_script_a_cell_shuts_and_opens_where_one_stands(
    window: Window, way: str
) -> None:
    know(window.city, [{"nr": 1, "ok": "a"}, {"nr": 2, "ok": "b"}])
    publish(window.city, form_of(table(row(nr=NR)), way))
    window.open("shut", "s")
    seen = []
    for answer in ("Ja", "Nej"):
        if way == "summary" and not seen:
            window.page.locator("button[name=_edit][value='/s/all/0']").click()
            window.rest()
        window.page.locator("[data-question='s.all.0.done']").get_by_label(answer).check()  # fmt: skip
        window.rest()
        seen.append(window.page.locator("input[name='s.all.0.ok']:not([type=hidden])").count())  # fmt: skip
    window.page.locator("[name='s.all.0.ok']").fill("c")
    window.page.locator("[name='s.all.0.ok']").blur()
    window.rest()

    assert seen == [0, 1]
    answers = only_draft(window.city).answers["s"]["all"]
    assert answers == [{"nr": 1, "done": False, "ok": "c"}, {"nr": 2, "ok": "b"}]
