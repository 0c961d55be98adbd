"""Each question's way from the page and back: drawn, posted, parsed, filled in again."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from sample_pages import THEME
from sample_questions import ANSWERS, PDF, QUESTIONS, question
from werkzeug.datastructures import MultiDict

from renderers.html.fields import (
    Filling,
    StoredFile,
    faults,
    is_heading,
    raws_of,
    shown_field,
    shown_fields,
)
from renderers.html.forms import page_form
from renderers.html.rearranging import detached, raised, with_row, without
from renderers.html.row_conditions import Asked
from renderers.html.site import WIDGETS, Site, in_place
from schemas.definition import Json
from schemas.field_type import FieldType, Question, Raw
from schemas.field_types import BUILT_IN
from schemas.pointers import ABSENT, get
from schemas.reserved_names import OPEN
from schemas.tongues import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    Foreign,
    isolated,
    shortened,
)

SITE = Site(THEME)
ASKED = {
    name: one
    for name, one in QUESTIONS.items()
    if not one.read_only and one.kind != "information"
}


def drawn(
    asked: Question, answers: Json = None, language: str = "sv", **more: Any
) -> html.HtmlElement:
    raws = raws_of([asked], answers, language) if answers else {}
    shown = shown_field(asked, Filling(raws=raws, **more), language)
    return html.fragment_fromstring(
        SITE.show_field(shown, language=language), create_parent=True
    )


def posted(tree: html.HtmlElement) -> MultiDict[str, str]:
    """Return what a browser would post for the controls in the tree."""
    form: MultiDict[str, str] = MultiDict()
    for box in tree.xpath(".//input | .//select | .//textarea"):
        kind = box.get("type", box.tag)
        if kind in ("radio", "checkbox"):
            if box.get("checked") is not None:
                form.add(box.get("name"), box.get("value"))
        elif kind == "select":
            chosen = box.xpath("./option[@selected]/@value") or [""]
            form.add(box.get("name"), chosen[0])
        elif kind == "textarea":
            form.add(box.get("name"), (box.text or "").removeprefix("\n"))
        elif kind != "file":
            form.add(box.get("name"), box.get("value", ""))
    return form


def test_every_widget_a_field_type_names_can_be_drawn() -> None:
    named = {one.field_type.control(one, "sv").widget for one in QUESTIONS.values()} | {
        "read_only"
    }

    assert set(WIDGETS) == named


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.key)
def test_every_field_type_names_a_widget_there_is(kind: FieldType) -> None:
    schema = {"type": "string", "properties": {}, "prefixItems": [], "items": {}}
    plain = question("/a/b", {"type": "string"})
    asked = replace(plain, schema=schema, field_type=kind)

    assert kind.control(asked, "sv").widget in WIDGETS


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_comes_back_as_it_was(name: str) -> None:
    asked = QUESTIONS[name]
    page = page_form([asked])(posted(drawn(asked, ANSWERS)))

    page.validate()

    assert page.refusals() == {}
    assert get(ANSWERS, asked.pointer) == page.answers()[asked.pointer]


@pytest.mark.parametrize("name", ASKED)
def test_an_untouched_question_is_unanswered(name: str) -> None:
    asked = QUESTIONS[name]
    page = page_form([asked])(posted(drawn(asked)))

    page.validate()

    assert ABSENT is page.answers()[asked.pointer]


@pytest.mark.parametrize("name", ASKED)
def test_a_message_stands_at_its_question(name: str) -> None:
    asked = QUESTIONS[name]
    tree = drawn(asked, messages={asked.pointer: "Rätta det här."})

    assert "Rätta det här." in tree.xpath(
        "string(.//p[contains(@class, 'error-message')])"
    )


@pytest.mark.parametrize("name", ASKED)
def test_a_message_can_be_followed_to_a_control(name: str) -> None:
    asked = QUESTIONS[name]
    messages = {asked.pointer: "Rätta det här."}
    shown = shown_fields([asked], Filling(messages=messages), "sv")
    tree = drawn(asked, messages=messages)

    (fault,) = faults(shown, messages, "sv")

    assert tree.xpath(".//*[@id=$id]", id=fault.target)


@pytest.mark.parametrize("name", ASKED)
def test_only_what_need_not_be_answered_is_marked(name: str) -> None:
    marks = drawn(QUESTIONS[name]).xpath(
        ".//legend//*[@class='fb-optional'] | .//label/*[@class='fb-optional']"
    )
    whole = [
        m
        for m in marks
        if m.getparent().tag == "legend"
        or name not in ("rows", "ranked", "tuple", "address")
    ]

    assert bool(whole) is not QUESTIONS[name].required


def test_what_was_typed_wrong_is_kept() -> None:
    asked = QUESTIONS["phone"]
    page = page_form([asked])(MultiDict({"contacts.mobile": "ring hemma"}))

    assert not page.validate()
    assert {"/contacts/mobile"} == set(page.refusals())
    assert page.raws()["/contacts/mobile"] == {"": ["ring hemma"]}


def test_a_wrong_cell_is_found_in_its_row() -> None:
    asked = QUESTIONS["rows"]
    typed = MultiDict(
        {"contacts.ice.0.phone": "0701740605", "contacts.ice.4.phone": "x"}
    )
    page = page_form([asked])(typed)

    assert not page.validate()
    assert list(page.refusals()) == ["/contacts/ice/1/phone"]


def test_a_cell_s_message_leads_to_the_cell() -> None:
    messages = {"/contacts/ice/1/phone": "Skriv telefonnumret med siffror."}
    raws = raws_of([QUESTIONS["rows"]], ANSWERS, "sv")
    shown = shown_fields(
        [QUESTIONS["rows"]], Filling(raws=raws, messages=messages), "sv"
    )

    assert [f.target for f in faults(shown, messages, "sv")] == [
        "q-contacts.ice.1.phone"
    ]


def test_a_message_about_nothing_on_the_page_is_still_told() -> None:
    assert [f.text for f in faults((), {"/x": "Något."}, "sv")] == ["Något."]


def test_questions_whose_names_begin_alike_keep_apart() -> None:
    date = question("/a/when", {"type": "string", "format": "date"})
    other = question("/a/when-day", {"type": "string"})
    page = page_form([date, other])(MultiDict({"a.when-day": "måndag"}))

    page.validate()

    assert page.answers() == {"/a/when": ABSENT, "/a/when-day": "måndag"}


def test_a_question_may_be_called_like_a_method() -> None:
    asked = [
        question(f"/{name}", {"type": "string"})
        for name in ("data", "validate", "errors")
    ]
    page = page_form(asked)(MultiDict({"data": "1", "validate": "2", "errors": "3"}))

    assert page.validate()
    assert list(page.answers().values()) == ["1", "2", "3"]


def test_read_only_questions_take_nothing_from_the_browser() -> None:
    page = page_form([QUESTIONS["read_only"]])(MultiDict({"child.name": "Någon annan"}))

    assert page.validate()
    assert page.answers() == {}


def test_an_empty_row_is_added_and_shown() -> None:
    asked = QUESTIONS["rows"]
    raws = with_row(raws_of([asked], ANSWERS, "sv"), "/contacts/ice")
    shown = shown_field(asked, Filling(raws=raws), "sv")

    assert len(shown.data["rows"]) == 3
    assert shown.data["add"] == "", "three is the most there may be"


def test_a_removed_row_closes_up() -> None:
    raws = raws_of([QUESTIONS["rows"]], ANSWERS, "sv")

    left = without(raws, "/contacts/ice/0")["/contacts/ice"]

    assert left["0.name"] == ["Omar Haddad"]
    assert not [key for key in left if key.startswith("1")]


def test_the_last_required_row_cannot_be_removed() -> None:
    shown = shown_field(QUESTIONS["rows"], Filling(), "sv")

    assert [row["remove"] for row in shown.data["rows"]] == [""]


@pytest.mark.parametrize("parts", [(), (question("/a/r/*/i", {"type": "null"}),)])
@pytest.mark.parametrize(("ui", "count"), [({"widget": "summary"}, 2), ({}, 11)])
def test_rows_that_ask_nothing_are_lines_all_the_same(
    parts: tuple[Question, ...], ui: Json, count: int
) -> None:
    schema = {"type": "array", "items": {"type": "object"}}
    asked = question("/a/r", schema, ui=ui, parts=parts)
    raws = {"/a/r": {str(number): [""] for number in range(count)}}
    shown = shown_field(asked, Filling(raws=raws, asked=Asked(pointers=())), "sv")
    tree = html.fromstring(SITE.show_field(shown, language="sv"))

    assert len(tree.xpath("//tbody/tr")) == count


def test_a_stored_file_is_named_and_can_be_removed() -> None:
    files = {PDF: StoredFile(value=PDF, name="intyg.pdf", size="1 kB")}
    asked = QUESTIONS["file"]
    tree = drawn(asked, ANSWERS, files=files)
    raws = raws_of([asked], ANSWERS, "sv")

    assert "intyg.pdf" in tree.text_content()
    (button,) = tree.xpath(".//button[@name='_detach']")
    assert detached(raws, button.get("value"))[asked.pointer] == {"": []}


def test_a_file_question_says_what_it_takes_where_the_file_is_chosen() -> None:
    ui = {"accept": ["image/png", "application/pdf"], "max_bytes": 2_900_000}
    tree = drawn(replace(QUESTIONS["file"], ui=ui))

    (chooser,) = tree.xpath(".//input[@type='file']")
    (told,) = tree.xpath(".//*[@id=$id]", id=f"{chooser.get('id')}/takes")
    assert told.text == "Tillåtna filer: PDF, PNG. Högst 2 MB per fil."
    assert told.get("id") in chooser.get("aria-describedby").split()


def test_a_file_that_came_with_the_case_is_no_digest_to_its_reader() -> None:
    tree = drawn(QUESTIONS["file"], ANSWERS)

    assert "En bifogad fil" in tree.text_content()
    assert "sha256:" not in tree.text_content()


def test_what_is_to_be_known_of_a_stored_file_stands_beside_it() -> None:
    note = "Filen väntar på viruskontroll."
    files = {PDF: StoredFile(value=PDF, name="intyg.pdf", note=note)}

    tree = drawn(QUESTIONS["file"], ANSWERS, files=files)

    assert [note] == [one.text for one in tree.xpath(".//*[@class='fb-files__note']")]


def test_two_equal_ranks_are_told_at_the_later() -> None:
    asked = QUESTIONS["ranked"]
    typed = {"0": ["havsskolan"], "1": [""], "2": ["havsskolan"]}
    filling = Filling(
        raws={asked.pointer: typed}, messages={asked.pointer: "Välj olika."}
    )

    (fault,) = faults((shown_field(asked, filling, "sv"),), filling.messages, "sv")

    assert fault.target == "q-enrolment.choices/2"


# Tables in tables

NESTED = {
    "/barn": {"0.namn": ["Bo"], "0.djur.0.sort": ["katt"], "0.djur.1.sort": ["häst"]}
}


def test_a_table_in_a_row_gets_a_row_of_its_own() -> None:
    assert with_row(NESTED, "/barn/0/djur")["/barn"] == {
        **NESTED["/barn"],
        "0.djur.2": [""],
        f"0.djur.2.{OPEN}": ["1"],
    }


def test_a_row_of_a_table_in_a_row_is_taken_away_alone() -> None:
    assert without(NESTED, "/barn/0/djur/0")["/barn"] == {
        "0.namn": ["Bo"],
        "0.djur.0.sort": ["häst"],
    }


def test_a_row_goes_with_the_tables_in_it() -> None:
    assert without(NESTED, "/barn/0")["/barn"] == {}


# Groups within rows

CHILDREN = question(
    "/family/homes/*/children",
    {"type": "array", "items": {"type": "object"}, "title": "Barn"},
    parts=(
        question(
            "/family/homes/*/children/*/name", {"type": "string", "title": "Namn"}
        ),
    ),
)
HOMES = question(
    "/family/homes",
    {"type": "array", "items": {"type": "object"}},
    title="Hem",
    parts=(
        question("/family/homes/*/street", {"type": "string", "title": "Gata"}),
        CHILDREN,
    ),
)
TWO_HOMES = [
    {"street": "Storgatan", "children": [{"name": "Åsa"}, {"name": "Bo"}]},
    {"street": "Lillgatan", "children": [{"name": "Cia"}]},
]


def homes(raws: dict[str, Raw]) -> Json:
    """Return the answer after a round by the page."""
    tree = html.fragment_fromstring(
        SITE.show_field(shown_field(HOMES, Filling(raws=raws), "sv"), language="sv"),
        create_parent=True,
    )
    form = page_form([HOMES])(posted(tree))
    form.validate()
    return form.answers()[HOMES.pointer]


def typed_homes() -> dict[str, Raw]:
    return {HOMES.pointer: HOMES.field_type.raw(TWO_HOMES, HOMES)}


def test_a_group_within_a_row_comes_back_as_it_was() -> None:
    assert homes(typed_homes()) == TWO_HOMES


def test_a_row_moves_up_with_all_in_it() -> None:
    assert homes(raised(typed_homes(), "/family/homes/1")) == TWO_HOMES[::-1]


def test_a_row_of_a_group_within_a_row_moves_up() -> None:
    moved = raised(typed_homes(), "/family/homes/0/children/1")

    assert homes(moved)[0]["children"] == [{"name": "Bo"}, {"name": "Åsa"}]


def test_a_row_of_a_group_within_a_row_is_taken_away() -> None:
    left = without(typed_homes(), "/family/homes/0/children/0")

    assert [len(home["children"]) for home in homes(left)] == [1, 1]


def test_a_row_is_added_to_the_group_it_was_asked_for() -> None:
    raws = with_row(typed_homes(), "/family/homes/1/children")
    shown = shown_field(HOMES, Filling(raws=raws), "sv")
    groups = [row["fields"][1] for row in shown.data["rows"]]

    assert [2, 2] == [len(group.data["rows"]) for group in groups]


def test_at_most_fifty_rows_are_added_where_nothing_else_is_said() -> None:
    raws = {HOMES.pointer: {f"{index}": [""] for index in range(50)}}

    assert shown_field(HOMES, Filling(raws=raws), "sv").data["add"] == ""


def hint_of(schema: Json, language: str = "sv", **more: Any) -> str:
    asked = question("/s/name", {"type": "string", "title": "Namn", **schema}, **more)
    found = drawn(asked, language=language).xpath(".//*[@id='q-s.name/hint']")
    return str(found[0].text_content()) if found else ""


def test_an_example_shows_how_one_may_write() -> None:
    assert hint_of({"examples": ["Rut Öberg"]}) == "Till exempel: Rut Öberg"
    assert hint_of({"examples": ["Rut"]}, "en") == "For example: Rut"
    assert hint_of({"type": "number", "examples": [1.5]}) == "Till exempel: 1,5"


def test_an_example_is_left_out_where_it_says_nothing_more() -> None:
    examples = {"examples": ["Rut Öberg"]}
    said = "Som Rut Öberg."

    assert (
        hint_of(examples, ui={"help": "För- och efternamn."}) == "För- och efternamn."
    )
    assert hint_of(examples, description=said) == said
    assert hint_of({"enum": ["a", "b"], "examples": ["a"]}) == ""


def test_a_row_of_endless_figures_is_neither_drawn_nor_taken_away() -> None:
    endless = "9" * 5000
    raws = {"/rows": {"0.name": ["Rut"], f"{endless}.name": ["Bo"]}}

    assert without(raws, f"/rows/{endless}") == raws
    assert with_row(raws, "/rows")["/rows"]["1"] == [""]


def test_a_pages_class_is_made_once_and_keeps_no_answer() -> None:
    asked = question("/a", {"type": "string"})
    page = page_form([asked])
    page(MultiDict({asked.name: "Åsa"})).validate()

    again = page(MultiDict())
    again.validate()

    assert page_form([asked]) is page
    assert again.raws() == {asked.pointer: {}}


# Addresses


def test_an_address_is_asked_in_the_order_of_an_envelope() -> None:
    tree = drawn(QUESTIONS["address"])

    assert tree.xpath(".//fieldset//input/@autocomplete") == [
        "address-line2",
        "address-line1",
        "postal-code",
        "address-level2",
    ]
    assert tree.xpath("string(.//legend)").startswith("Vart flyttar barnet?")


def test_an_author_may_keep_a_browser_from_filling_an_address_in() -> None:
    street = replace(QUESTIONS["address"].parts[1], ui={"autocomplete": "off"})
    asked = replace(QUESTIONS["address"], parts=(street,))

    assert drawn(asked).xpath(".//input/@autocomplete") == ["off"]


def test_a_postal_code_is_stored_with_its_blank() -> None:
    typed = MultiDict({"move.to.postal_code": "12345", "move.to.city": "Lund"})
    page = page_form([QUESTIONS["address"]])(typed)
    page.validate()

    assert page.answers()["/move/to"] == {"postal_code": "123 45", "city": "Lund"}


def test_a_mistake_in_an_address_is_told_at_its_line() -> None:
    asked = QUESTIONS["address"]
    typed = MultiDict({"move.to.postal_code": "12", "move.to.street": "Storgatan 1"})
    page = page_form([asked])(typed)
    page.validate()
    (pointer,) = page.refusals()
    messages = {pointer: "Skriv fem siffror."}

    (fault,) = faults(
        shown_fields([asked], Filling(messages=messages), "sv"), messages, "sv"
    )

    assert (pointer, fault.target) == ("/move/to/postal_code", "q-move.to.postal_code")
    assert fault.text == "Vart flyttar barnet?, Postnummer: Skriv fem siffror."


# Many or large rows


def lines_of(asked: Question, raw: Raw, **more: Any) -> list[tuple[str, ...]]:
    """Return what the table says of each row that is closed."""
    filling = Filling(raws={asked.pointer: raw}, asked=EVERYTHING, **more)
    rows = shown_field(asked, filling, "sv").data["rows"]
    return [row["cells"] for row in rows if not row["is_open"]]


class Everything:
    """All there may be is asked."""

    def has(self, pointer: str) -> bool:
        return True


EVERYTHING: Any = Everything()


def group_of(*parts: Question, **ui: Any) -> Question:
    return question(
        "/s/rows", {"type": "array", "items": {"type": "object"}}, ui=ui, parts=parts
    )


def cell(name: str, schema: Json, **more: Any) -> Question:
    return question(f"/s/rows/*/{name}", schema, title=name, required=False, **more)


@pytest.mark.parametrize(
    ("cells", "count", "widget", "is_summed"),
    [
        (3, 10, "", False),
        (4, 1, "", True),
        (1, 11, "", True),
        (1, 1, "summary", True),
        (4, 11, "table", False),
    ],
)
def test_many_or_large_rows_are_summed_up_unless_the_author_says(
    cells: int, count: int, widget: str, is_summed: bool
) -> None:
    parts = [cell(f"c{number}", {"type": "string"}) for number in range(cells)]
    asked = group_of(*parts, **({"widget": widget} if widget else {}))
    raw = {f"{number}.c0": ["x"] for number in range(count)}
    filling = Filling(raws={asked.pointer: raw}, asked=EVERYTHING)

    assert shown_field(asked, filling, "sv").data["is_summed"] is is_summed


def test_a_line_shows_answers_as_people_read_them() -> None:
    asked = group_of(
        cell("story", {"type": "string", "maxLength": 500}),
        cell("day", {"type": "string", "format": "date"}),
        cell("name", {"type": "string"}),
        widget="summary",
    )
    raw = {"0.day-day": ["17"], "0.name": ["Å" * 80]}
    raw |= {"0.day-month": ["8"], "0.day-year": ["2027"], "0.story": ["Länge sedan"]}

    (told,) = lines_of(asked, raw)

    assert told == ("17 augusti 2027", "Å" * 59 + "…")


def test_a_line_is_cut_in_its_language_and_with_its_isolates_closed() -> None:
    cut = shortened("، ".join(isolated(one * 40, "ar") for one in "ÅÄ"), 60)
    foreign = shortened(Foreign("Ö" * 80, "sv"), 60)

    assert cut.count(FIRST_STRONG_ISOLATE) == cut.count(POP_ISOLATE) == 2
    assert cut.endswith(f"…{POP_ISOLATE}")
    assert isinstance(foreign, Foreign)
    assert (len(foreign), foreign.language) == (60, "sv")


READ: Json = {
    "2027-08-17": {"type": "string", "format": "date"},
    "b": {"oneOf": [{"const": "b", "title": "Buss"}]},
    True: {"type": "boolean"},
    1234.5: {"type": "number"},
}
AS_READ = ["17 augusti 2027", "Buss", "Ja", "1234,5"]


def not_to_be_changed(widget: str) -> tuple[Question, Json]:
    """Return a group of cells that nobody may change, and an answer to it."""
    is_grid = widget == "grid"
    place = "/s/rows" if is_grid else "/s/rows/*"
    cells = tuple(
        question(f"{place}/{name}", schema, title=name, read_only=True)
        for name, schema in zip("abcd", READ.values(), strict=True)
    )
    row = {"type": "object"}
    schema = row if is_grid else {"type": "array", "items": row}
    value: Json = dict(zip("abcd", READ, strict=True))
    group = question("/s/rows", schema, ui={"widget": widget}, parts=cells)
    return group, value if is_grid else [value]


@pytest.mark.parametrize("is_posted", [True, False])
@pytest.mark.parametrize("widget", ["table", "summary", "grid"])
def test_a_cell_that_may_not_be_changed_is_shown_as_people_read_it(
    widget: str, is_posted: bool
) -> None:
    asked, value = not_to_be_changed(widget)
    raw = asked.field_type.raw(value, asked) if is_posted else {"0": [""]}
    answers = {} if is_posted else {"s": {"rows": value}}
    filling = Filling(raws={"/s/rows": raw}, answers=answers, asked=EVERYTHING)
    shown = shown_field(asked, filling, "sv")
    tree = html.fromstring(SITE.show_field(shown, language="sv"))
    told = [one.text_content() for one in tree.xpath("//td//bdi | //dd//bdi")]

    most = 3 if widget == "summary" and is_posted else 4
    assert told[:most] == AS_READ[:most]
    assert not tree.xpath("//input[not(@type='hidden')] | //select")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_page_has_one_heading_whatever_its_only_question_is(
    name: str, language: str
) -> None:
    asked = QUESTIONS[name]
    fields = shown_fields([asked], Filling(), language)
    is_drawn = is_heading(fields, asked.title_in(language), ())
    tree = html.fromstring(in_place(SITE._in(language), fields, is_drawn).decode())

    assert len(tree.xpath("//h1")) == is_drawn
    assert is_drawn is (name not in ("checkbox", "read_only"))


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_id_is_that_of_another_question_s_control(name: str) -> None:
    asked = replace(QUESTIONS[name], description="Så här.")
    said = {asked.pointer: "Rätta det här."}
    ids = drawn(asked, messages=said, saved=[asked.pointer]).xpath(".//@id")

    assert len(ids) == len(set(ids))
    for one in ids:
        begun, slash, _ = one.partition("/")
        assert (
            slash or begun == f"q-{asked.name}" or begun.startswith(f"q-{asked.name}.")
        )


# What a row asks


def test_a_row_where_something_is_to_be_chosen_shows_all_there_may_be() -> None:
    choosing = {"/contacts/ice/0/name", "/@choice/~1contacts~1ice~11"}
    filling = Filling(
        raws=raws_of([QUESTIONS["rows"]], ANSWERS, "sv"),
        asked=Asked(pointers=choosing),
    )
    shown = shown_field(QUESTIONS["rows"], filling, "sv")

    assert [len(row["fields"]) for row in shown.data["rows"]] == [1, 3]


def test_what_is_half_typed_in_a_cell_that_went_is_let_go() -> None:
    typed = {"/contacts/ice": {"0.name": ["Bo"], "0.phone": ["x"]}}
    filling = Filling(raws=typed, asked=Asked(pointers={"/contacts/ice/0/name"}))
    (row,) = shown_field(QUESTIONS["rows"], filling, "sv").data["rows"]

    assert row["aside"] == (
        ("_unasked", "contacts.ice.0.relation"),
        ("_unasked", "contacts.ice.0.phone"),
    )


def test_what_is_wrong_in_a_table_within_a_row_is_told_at_its_cell_alone() -> None:
    name = question("/r/*/i/*/name", {"type": "string", "title": "Namn"})
    listed = {"type": "array", "items": {"type": "object"}}
    inner = question("/r/*/i", {**listed, "title": "Barn"}, parts=(name,))
    outer = question("/r", {**listed, "title": "Hushåll"}, parts=(inner,))
    said = {"/r/0/i/0/name": "Skriv minst tre tecken."}
    filling = Filling(raws={"/r": {"0.i.0.name": ["x"]}}, messages=said)

    fields = shown_fields([outer], filling, "sv")

    [found] = faults(fields, said, "sv")
    assert found.target == "q-r.0.i.0.name"
    assert found.text == "Hushåll 1, Barn 1, Namn: Skriv minst tre tecken."
    [found] = faults(fields, said, "ar")
    assert found.text.startswith("Hushåll 1، Barn 1، Namn")
