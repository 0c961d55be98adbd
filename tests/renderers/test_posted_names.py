"""Whatever members are called, and whatever names are posted, each answer finds home."""

import time
from typing import Self

import pytest
from lxml import html
from sample_pages import THEME
from sample_questions import question
from werkzeug.datastructures import MultiDict

from renderers.html.fields import Filling, shown_field
from renderers.html.forms import page_form
from renderers.html.posted_names import posted_raws
from renderers.html.rearranging import (
    close_row,
    newest_row,
    open_row,
    raised,
    with_row,
    without,
)
from renderers.html.site import Site
from schemas.definition import Json
from schemas.field_names import name_of, pointer_of
from schemas.field_type import Question
from schemas.pointers import covers, join, parts

SITE = Site(THEME)
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
ODD = ("v.1", "a/b", "a~b", "~2", "a.b/c~d")


class Watched(str):
    """A name that counts how often it is cut or looked into."""

    __slots__ = ("looks",)
    looks: int

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        made.looks = 0
        return made

    def __getitem__(self, at: object) -> str:
        self.looks += 1
        return super().__getitem__(at)  # type: ignore[index]  # just what str takes


def drawn(asked: Question, answer: Json) -> html.HtmlElement:
    raws = {asked.pointer: asked.field_type.raw(answer, asked)}
    shown = shown_field(asked, Filling(raws=raws), "sv")
    return html.fromstring(SITE.show_field(shown, language="sv"))


@pytest.mark.parametrize("segment", ODD)
def test_a_name_is_of_one_pointer_only(segment: str) -> None:
    pointer = join("s", segment, 0, segment)

    assert pointer_of(name_of(pointer)) == pointer
    assert name_of(pointer).count(".") == 3


def test_a_hostile_name_is_looked_at_no_further_than_the_longest_there_is() -> None:
    name = Watched("." * 500_000)

    found = posted_raws(MultiDict({name: "x"}), {"a.b": None, "a": None})

    assert (found, name.looks <= 2 * len("a.b")) == ({}, True)


@pytest.mark.parametrize("name", ODD)
def test_a_cell_of_a_grid_holds_its_answer_whatever_it_is_called(name: str) -> None:
    cell = question(join("a", "g", name), TEXT, title="Antal")
    schema = {"type": "object", "properties": {name: TEXT}}
    grid = question("/a/g", schema, ui={"widget": "grid"}, parts=(cell,))
    tree = drawn(grid, {name: "Svar"})
    (box,) = tree.xpath("//input")
    form = page_form([grid])(MultiDict({box.get("name"): box.get("value")}))

    assert form.validate()
    assert form.answers() == {"/a/g": {name: "Svar"}}
    assert tree.xpath("string(//th[@scope='row'])") == "Antal"


def test_a_line_of_a_grid_has_the_title_of_its_member() -> None:
    cell = question("/a/g/v.1/m.2", TEXT, title="Måndag")
    member = {"title": "Vecka 1", "type": "object", "properties": {"m.2": TEXT}}
    schema = {"type": "object", "properties": {"v.1": member}}
    tree = drawn(
        question("/a/g", schema, ui={"widget": "grid"}, parts=(cell,)),
        {"v.1": {"m.2": "Svar"}},
    )

    assert tree.xpath("string(//th[@scope='row'])") == "Vecka 1"
    assert tree.xpath("string(//th[@scope='col'])") == "Måndag"
    assert tree.xpath("//input/@value") == ["Svar"]


@pytest.mark.parametrize("name", ODD)
def test_a_wrong_cell_is_told_of_where_it_stands(name: str) -> None:
    cell = question(join("a", "r", "*", name), NUMBER)
    schema = {"type": "array", "items": {"type": "object"}}
    rows = question("/a/r", schema, parts=(cell,))
    there = cell.pointer.replace("*", "0")
    form = page_form([rows])(MultiDict({name_of(there): "många"}))

    assert not form.validate()
    assert list(form.refusals()) == [there]


@pytest.mark.parametrize("name", ODD)
def test_a_cell_that_was_not_asked_is_known_by_its_name(name: str) -> None:
    cell = question(join("a", "r", "*", name), TEXT)
    other = question("/a/r/*/other", TEXT)
    schema = {"type": "array", "items": {"type": "object"}}
    form = page_form([question("/a/r", schema, parts=(cell, other))])(
        MultiDict({"a.r.3.other": "x"})
    )
    form.validate()

    assert form.unasked([name_of(join("a", "r", 3, name))]) == {join("a", "r", 0, name)}


@pytest.mark.parametrize("act", [with_row, open_row, close_row, without, raised])
def test_what_a_button_posted_is_remembered_nowhere(act: object) -> None:
    assert callable(act)
    posted = f"/a/r/{act.__name__}/7"
    known = [one.cache_info().currsize for one in (parts, join, covers)]

    act({"/a/r": {"0.x": ["1"]}}, posted)
    newest_row({"/a/r": {"0.x": ["1"]}}, posted)

    assert [one.cache_info().currsize for one in (parts, join, covers)] == known


def test_a_row_that_is_a_list_is_not_taken_away_when_it_is_closed() -> None:
    raws = {"/s/all": {"0": ["", "Rut"], "0.~open": ["1"], "1": [""]}}

    closed = close_row(raws, "/s/all/0")

    assert closed == {"/s/all": {"0": ["", "Rut"], "1": [""]}}
    assert close_row(closed, "/s/all/1") == {"/s/all": {"0": ["", "Rut"]}}


def test_many_rows_are_moved_in_a_moment() -> None:
    """A post may have tens of thousands: each is looked at once."""
    raws = {"/s/all": {f"{number}.a": [str(number)] for number in range(20_000)}}
    begun = time.process_time()

    moved = raised(raws, "/s/all/19999")["/s/all"]

    assert [moved["19998.a"], moved["19999.a"]] == [["19999"], ["19998"]]
    assert time.process_time() - begun < 5
