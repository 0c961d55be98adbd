"""What the municipality has filled in in a row stays in it, whatever is posted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pytest
from browsing import CHROMIUM
from household import SARA
from sqlalchemy import select
from structlog.testing import capture_logs

from formbuilder.database import tables
from formbuilder.services.content import DraftContent, read_draft
from schemas.definition import Json
from tests.filling.filler import Filler, one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

NR: Final = {"title": "Nummer", "type": "integer", "readOnly": True}
OK: Final = {"title": "Stämmer det?", "type": "string"}
BORN: Final = {"title": "Född", "type": "integer"}
ROW: Final = {"type": "object", "properties": {"nr": NR, "ok": OK, "born": BORN}}
THREE: Final = [{"nr": n, "ok": ok} for n, ok in ((7, "ja"), (8, "b"), (9, "c"))]
WAYS: Final = ("table", "summary")
"""Rows that are all open, and rows of which one at a time is."""


def form_of(asked: Json, way: str = "table") -> dict[str, Json]:
    """Return a form with one question, which the municipality fills in."""
    section = {
        "ui": {"/s/all": {"widget": way}},
        "prefill": {"/s/all": {"from": "settings:known"}},
    }
    return one_section("shut", "s", {"all": asked}, section=section)


class Case:
    """Somebody on a page about what the municipality has filled in."""

    def __init__(
        self,
        city: City,
        asked: Json,
        known: Json,
        way: str = "table",
        by: str = "",
    ) -> None:
        know(city, known)
        self.city, self.filler = city, begun(city, form_of(asked, way), by)
        visitor, page = self.filler.visitor, self.filler.page
        for address in page.links("andra=1")[:1]:  # All of it is answered already.
            page = visitor.get(address.partition("&andra")[0])
        self.filler = Filler(visitor, page)

    def content(self) -> DraftContent:
        """Return what the only draft holds."""
        return only_draft(self.city)

    def answers(self) -> Json:
        """Return what is answered to the question."""
        return self.content().answers.get("s", {}).get("all")

    def post(self, answers: Mapping[str, Sequence[str]], *button: str) -> None:
        """Fill in cells, by what they are called in the question, and press a button."""
        named = {f"s.all.{name}": texts for name, texts in answers.items()}
        pressed = (button[0], f"/s/all{button[1]}") if button else ("_go", "later")
        self.filler.post(named, pressed)
        if not button:
            self.filler.page = self.filler.visitor.get(self.filler.address)

    def forge(self, fields: Mapping[str, Sequence[str]], **more: str) -> None:
        """Post a page with these fields added, as no page would."""
        form = self.filler.page.form(field_name="_shown")
        data = {**form.fields, **fields, **{n: [v] for n, v in more.items()}}
        self.filler.visitor.client.post(form.action, data=data)
        self.filler.page = self.filler.visitor.get(self.filler.address)


def begun(city: City, form: dict[str, Json], by: str) -> Filler:
    """Begin a form, logged in as somebody or as nobody in particular."""
    if not by:
        return Filler.begin(city, form)
    about = {"assurance": "substantial", "about": "self"}
    publish(city, {**form, "identity": about})
    return Filler(*city.logged_in(by, f"/e/{form['id']}/borja"))


def know(city: City, known: Json) -> None:
    """Let the directory of the municipality say what is filled in."""
    directories = city.town.tools.directories
    assert isinstance(directories, dict)
    directory = directories["ekvalla"]
    directories["ekvalla"] = replace(directory, settings={"known": known})


def only_draft(city: City) -> DraftContent:
    """Return what the only draft holds."""
    columns = tables.drafts.c
    with city.town.database.read("ekvalla") as tc:
        [(draft_id, sealed)] = tc.execute(
            select(columns.id, columns.content_sealed)
        ).all()
    return read_draft(
        city.town.tools.keyring.open("drafts", "ekvalla", draft_id, sealed)
    )


def table(row: Json = ROW, **more: Json) -> Json:
    return {"type": "array", "title": "Alla", "items": row, **more}


@pytest.fixture(params=WAYS)
def case(request: pytest.FixtureRequest, city: City) -> Case:
    return Case(city, table(), THREE, request.param)


def edited(case: Case, number: int, **said: str) -> None:
    """Change cells of a row, opened first where it is closed."""
    if f"s.all.{number}.ok" not in case.filler.asks():
        case.post({}, "_edit", f"/{number}")
    case.post({f"{number}.{name}": [one] for name, one in said.items()})


def numbers(answers: Json) -> Json:
    return [(row.get("nr"), row.get("ok")) for row in answers]


def test_a_row_that_is_changed_keeps_what_is_read_only(case: Case) -> None:
    edited(case, 0, ok="nej")

    assert [{"nr": 7, "ok": "nej"}, *THREE[1:]] == case.answers()


def test_rows_keep_theirs_as_they_are_moved_added_and_removed(case: Case) -> None:
    case.post({}, "_up", "/2")
    case.post({}, "_add", "")
    case.post({"3.ok": ["ny"]})
    case.post({}, "_remove", "/0")

    assert [(9, "c"), (8, "b"), (None, "ny")] == numbers(case.answers())


def test_a_row_that_is_done_keeps_its_own_though_nothing_is_answered(
    city: City,
) -> None:
    case = Case(city, table(), [{"nr": 7, "ok": "x"}, {"nr": 8, "ok": "y"}], "summary")
    case.post({}, "_edit", "/0")
    case.post({"0.ok": [""]}, "_close", "/0")

    assert [(7, None), (8, "y")] == numbers(case.answers())


def test_what_is_half_typed_in_a_row_loses_nothing_read_only(case: Case) -> None:
    edited(case, 1, born="i fjol")
    half = case.content().typed
    case.post({}, "_up", "/1")
    case.post({"0.born": ["1999"]})

    assert list(half) == ["/s/all"]
    assert [{"nr": 8, "ok": "b", "born": 1999}, THREE[0], THREE[2]] == case.answers()


def test_a_hand_made_post_sets_nothing_read_only(case: Case) -> None:
    with capture_logs() as logged:
        case.forge({"s.all.0.nr": ["666"], "s.all.1.nr": ["667"]}, _go="later")

    assert THREE == case.answers()
    ignored = [one for one in logged if one["event"] == "read_only_posted"]
    assert [one["pointers"] for one in ignored] == [["/s/all/*/nr"]]


def test_a_hand_made_post_sets_nothing_read_only_in_a_row_that_is_new(
    case: Case,
) -> None:
    case.post({}, "_add", "")
    case.forge({"s.all.3.nr": ["666"], "s.all.3.ok": ["ny"]}, _go="later")

    assert numbers(case.answers())[-1] == (None, "ny")


def test_a_mark_gives_one_row_what_is_read_only_and_a_made_up_one_none(
    case: Case,
) -> None:
    marks = [case.filler.holds(f"s.all.{row}.~was") for row in range(3)]
    case.forge({"s.all.1.~was": marks[0], "s.all.2.~was": ["9"]}, _go="later")

    assert [(7, "ja"), (None, "b"), (None, "c")] == numbers(case.answers())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("button", [("_go", "next"), ("_up", "/s/all/2")])
def test_what_comes_after_the_session_ended_keeps_what_is_read_only(
    city: City, way: str, button: tuple[str, str]
) -> None:
    case = Case(city, table(), THREE, way, by=SARA)
    if way == "summary":
        case.post({}, "_edit", "/0")
    city.town.clock.pass_(minutes=61)
    case.filler.post({"s.all.0.ok": ["nej"], "s.all.0.born": ["1999"]}, button)
    before = case.answers()
    city.approve(case.filler.visitor, case.filler.page)
    order = (0, 1, 2) if button[0] == "_go" else (0, 2, 1)
    changed = [{"nr": 7, "ok": "nej", "born": 1999}, *THREE[1:]]

    assert before == THREE
    assert [changed[row] for row in order] == case.answers()


def test_what_is_half_typed_after_the_session_ended_comes_back_with_its_rows(
    city: City,
) -> None:
    case = Case(city, table(), THREE, by=SARA)
    city.town.clock.pass_(minutes=61)
    case.filler.post({"s.all.1.born": ["i fjol"], "s.all.1.ok": ["nej"]})
    case.filler.page = city.approve(case.filler.visitor, case.filler.page)
    held = case.filler.holds("s.all.1.born")
    case.filler.post({"s.all.1.born": ["1999"]})

    assert held == ["i fjol"]
    assert [THREE[0], {"nr": 8, "ok": "nej", "born": 1999}, THREE[2]] == case.answers()


def test_a_session_that_is_made_longer_keeps_what_is_read_only(city: City) -> None:
    case = Case(city, table(), THREE, by=SARA)
    client, token = (
        case.filler.visitor.client,
        case.filler.holds("csrf_token"),
    )
    city.town.clock.pass_(minutes=59)
    client.post("/logga-in/tid", data={"csrf_token": token})
    city.town.clock.pass_(minutes=59)
    edited(case, 0, ok="nej")

    assert [{"nr": 7, "ok": "nej"}, *THREE[1:]] == case.answers()


def test_a_page_of_before_puts_nothing_in_another_row(case: Case) -> None:
    before = case.filler.page
    case.post({}, "_remove", "/0")
    case.filler.page = before
    case.forge({}, _go="later")

    assert [(None, "ja"), (8, "b"), (9, "c")] == numbers(case.answers())


def test_what_no_text_can_be_stays_just_as_it_is(city: City) -> None:
    cells = {
        "list": {"type": "string", "enum": ["a"], "title": "Vald", "readOnly": True},
        "text": {"type": "string", "title": "Text", "readOnly": True},
        "nej": {"type": "boolean", "title": "Ja?", "readOnly": True},
        "sum": {"type": "number", "title": "Summa", "readOnly": True},
        "ok": OK,
    }
    known = {"list": "gone", "text": "  två\nrader ", "nej": False, "sum": 0.1}
    case = Case(city, table({"type": "object", "properties": cells}), [known])
    case.post({"0.ok": ["ja"]})

    assert [{**known, "ok": "ja"}] == case.answers()


def test_a_cell_that_is_worked_out_is_worked_out_anew(city: City) -> None:
    worked = {**NR, "type": "number", "calculate": {"sum": "born"}}
    cells = {"nr": NR, "sum": worked, "born": BORN}
    row = {"type": "object", "properties": cells}
    case = Case(city, table(row), [{"nr": 7, "sum": 5, "born": 5}])
    case.post({"0.born": ["6"]})

    assert [{"nr": 7, "born": 6}] == case.answers()
    assert case.filler.page.tree.xpath("//dd//bdi/text()") == ["7", "6"]


def test_rows_in_rows_keep_theirs_wherever_both_are_moved(city: City) -> None:
    pet = {"type": "object", "properties": {"nr": NR, "ok": OK}}
    row = {"type": "object", "properties": {"ok": OK, "pets": table(pet)}}
    known = [
        {"ok": name, "pets": [{"nr": n, "ok": "x"} for n in own]}
        for name, own in (("A", (1, 2)), ("B", (3, 4)))
    ]
    case = Case(city, table(row), known)
    case.post({}, "_up", "/1")
    case.post({}, "_up", "/0/pets/1")
    case.post({}, "_remove", "/1/pets/0")
    case.post({"0.pets.0.ok": ["y"]})

    assert case.answers() == [
        {"ok": "B", "pets": [{"nr": 4, "ok": "y"}, {"nr": 3, "ok": "x"}]},
        {"ok": "A", "pets": [{"nr": 2, "ok": "x"}]},
    ]


def test_closed_rows_keep_the_rows_in_them(city: City) -> None:
    pet = {"type": "object", "properties": {"nr": NR, "ok": OK}}
    row = {"type": "object", "properties": {"ok": OK, "pets": table(pet)}}
    known = [{"ok": n, "pets": [{"nr": ord(n), "ok": "x"}]} for n in "ABC"]
    case = Case(city, table(row), known, "summary")
    case.post({}, "_up", "/2")
    edited(case, 0, ok="nej")

    assert [{**known[0], "ok": "nej"}, known[2], known[1]] == case.answers()


def test_tuples_in_rows_keep_their_read_only_positions(city: City) -> None:
    pair = {"type": "array", "title": "Par", "prefixItems": [NR, OK], "items": False}
    row = {"type": "object", "properties": {"pair": pair, "ok": OK}}
    known = [{"pair": [n, "x"], "ok": "y"} for n in (1, 2)]
    case = Case(city, table(row), known)
    case.post({}, "_up", "/1")
    case.post({"0.pair.1": ["z"]})

    assert [{"pair": [2, "z"], "ok": "y"}, known[0]] == case.answers()


def test_rows_that_are_tuples_keep_their_read_only_positions(city: City) -> None:
    pair = {"type": "array", "title": "Par", "prefixItems": [NR, OK], "items": False}
    case = Case(city, table(pair), [[1, "x"], [2, "y"]])
    case.post({}, "_up", "/1")
    case.post({"0.1": ["z"]})

    assert [[2, "z"], [1, "x"]] == case.answers()


def test_rows_after_a_tuple_s_positions_keep_theirs(city: City) -> None:
    more = {"type": "object", "properties": {"nr": NR, "ok": OK}}
    asked = {"type": "array", "title": "Par", "prefixItems": [OK], "items": more}
    case = Case(city, asked, ["x", {"nr": 1, "ok": "a"}, {"nr": 2, "ok": "b"}])
    case.post({}, "_up", "/~0from1/1")
    case.post({"~0from1.0.ok": ["c"]})

    assert ["x", {"nr": 2, "ok": "c"}, {"nr": 1, "ok": "a"}] == case.answers()


def test_rows_of_several_kinds_keep_theirs(city: City) -> None:
    one = {"title": "Namn", "type": "string"}
    pair = {"title": "Par", "type": "array", "prefixItems": [NR, OK], "items": False}
    case = Case(city, table({"oneOf": [one, pair]}), ["a", [1, "b"], [2, "c"]])
    case.post({}, "_up", "/2")
    case.post({"1.~0as1.1": ["d"]})

    assert ["a", [2, "d"], [1, "b"]] == case.answers()


def test_a_row_whose_other_kind_was_only_looked_at_keeps_its_own(city: City) -> None:
    one = {"title": "Namn", "type": "string"}
    pair = {"title": "Par", "type": "array", "prefixItems": [NR, OK], "items": False}
    case = Case(city, table({"oneOf": [one, pair]}), [[1, "b"], "a"])
    case.post({"0.~0as": ["0"]})
    case.post({}, "_up", "/1")
    case.post({"1.~0as": ["1"], "1.~0as1.1": ["d"]})

    assert ["a", [1, "d"]] == case.answers()


def test_a_kind_that_is_saved_again_has_what_was_read_only_in_it(city: City) -> None:
    one = {"title": "Namn", "type": "string"}
    pair = {"title": "Par", "type": "array", "prefixItems": [NR, OK], "items": False}
    case = Case(city, table({"oneOf": [one, pair]}), [[1, "b"], [2, "c"]])
    case.post({"0.~0as": ["0"]})
    case.post({"0.~0as0": ["a"]})
    case.post({}, "_up", "/1")

    assert [[2, "c"], "a"] == case.answers()

    case.post({"1.~0as": ["1"]})
    assert case.answers() == [[2, "c"], [1, "b"]]


def test_a_fixed_table_keeps_its_read_only_cells(city: City) -> None:
    line = {"type": "object", "properties": {"nr": NR, "ok": OK}}
    grid = {"type": "object", "title": "Vecka", "properties": {"mon": line}}
    case = Case(city, grid, {"mon": {"nr": 1, "ok": "a"}}, "grid")
    case.post({"mon.ok": ["b"]})

    assert case.answers() == {"mon": {"nr": 1, "ok": "b"}}


@pytest.mark.parametrize("way", ["tuple", "grid"])
def test_what_is_read_only_stays_where_nothing_beside_it_is_answered(
    city: City, way: str
) -> None:
    """Choices that nobody has made post nothing, so the question posts nothing."""
    choice = {"title": "Val", "type": "string", "enum": ["a", "b"]}
    pair = {"type": "array", "prefixItems": [NR, choice], "items": False}
    line = {"type": "object", "properties": {"nr": NR, "ok": choice}}
    grid = {"type": "object", "properties": {"mon": line, "tue": line}}
    asked, known = (pair, [7]) if way == "tuple" else (grid, {"mon": {"nr": 7}})
    case = Case(city, {"title": "Alla", **asked}, known, way)
    case.post({})

    assert case.answers() == known


def test_an_address_keeps_its_read_only_member(city: City) -> None:
    cells = {name: {"title": name, "type": "string"} for name in ("street", "city")}
    cells["city"]["readOnly"] = True
    code = {"title": "Postnummer", "type": "string", "format": "postal-code"}
    asked = {"type": "object", "title": "Adress"}
    known = {"street": "A 1", "postal_code": "123 45", "city": "Ekvalla"}
    asked["properties"] = {**cells, "postal_code": code}
    case = Case(city, asked, known, "address")
    case.post({"street": ["B 2"]})
    case.forge({"s.all.city": ["C"]}, _go="later")

    assert {**known, "street": "B 2"} == case.answers()


@pytest.mark.parametrize("inside", [{"a": OK}, {"a": OK, "b": table()}])
def test_nobody_answers_in_an_object_that_is_read_only(
    city: City, inside: Json
) -> None:
    shut = {"type": "object", "title": "Känt", "readOnly": True, "properties": inside}
    asked = {"type": "object", "properties": {"known": shut, "ok": OK}}
    case = Case(city, asked, {"known": {"a": "x"}})
    forged = {f"s.all.known.{name}": ["y"] for name in ("a", "b.0.ok")}
    case.forge(forged, _go="later")

    assert case.answers() == {"known": {"a": "x"}}
    assert "s.all.known.a" not in case.filler.page.form(field_name="_shown").fields


def test_nobody_answers_in_rows_that_are_read_only(city: City) -> None:
    line = {"type": "object", "title": "Mer", "properties": {"ok": OK}}
    row = {"type": "object", "readOnly": True, "properties": {"ok": OK, "line": line}}
    known = [{"ok": one, "line": {"ok": one}} for one in "ab"]
    case = Case(city, table(row), known)
    case.forge({"s.all.0.ok": ["y"], "s.all.0.line.ok": ["y"]}, _up="/s/all/1")

    assert [known[1], known[0]] == case.answers()


def test_a_cell_that_its_row_does_not_ask_is_kept_for_when_it_does(
    city: City,
) -> None:
    row = {
        "type": "object",
        "properties": {"ok": OK},
        "if": {"required": ["ok"], "properties": {"ok": {"const": "ja"}}},
        "then": {"properties": {"nr": NR}},
    }
    case = Case(city, table(row), THREE)
    seen = []
    for said in ("nej", "ja"):
        case.post({"0.ok": [said]})
        seen.append("s.all.0.nr" in case.filler.asks())

    assert ([False, True], 7) == (seen, case.answers()[0]["nr"])


def test_rows_that_are_padded_have_no_mark(city: City) -> None:
    case = Case(city, table(minItems=3), THREE[:1])
    case.post({"0.ok": ["nej"], "2.ok": ["ny"]})

    assert [(7, "nej"), (None, "ny")] == numbers(case.answers())


@pytest.mark.parametrize("item", [OK, {"type": "integer"}, {"enum": ["a", "b"]}])
def test_nobody_changes_a_plain_list_whose_items_are_read_only(
    city: City, item: Json
) -> None:
    known = [1, 2] if item.get("type") == "integer" else ["a"]
    listed = table({**item, "readOnly": True})
    asked = {"type": "object", "properties": {"known": listed, "ok": OK}}
    case = Case(city, asked, {"known": known})
    boxes = case.filler.page.form(field_name="_shown").fields
    case.forge({"s.all.known": ["b"], "s.all.ok": ["x"]}, _go="later")

    assert not [name for name in boxes if name.startswith("s.all.known")]
    assert case.answers() == {"known": known, "ok": "x"}


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
@pytest.mark.parametrize("way", WAYS)
def test_with_script_rows_keep_theirs_as_they_are_moved_and_removed(
    window: Window, way: str
) -> None:
    know(window.city, THREE)
    cells = {"ok": {**OK, "minLength": 3}, "nr": NR}
    publish(window.city, form_of(table({"type": "object", "properties": cells}), way))
    window.open("shut", "s")
    for name, value in (("_up", "/s/all/2"), ("_remove", "/s/all/0")):
        window.page.locator(f"button[name={name}][value='{value}']").first.click()
        window.rest()
    if way == "summary":
        window.page.locator("button[name=_edit][value='/s/all/0']").click()
        window.rest()
    window.page.locator("[name='s.all.0.ok']").fill("nej")
    window.rest()

    answers = only_draft(window.city).answers["s"]["all"]
    assert [(9, "nej"), (8, "b")] == numbers(answers)
