"""Questions of a titled object stand under its title, in a fieldset of their own."""

import json
from typing import Any

import pytest
from lxml import html
from sample_pages import THEME

from renderers.html.fields import Filling
from renderers.html.question_page import question_page
from renderers.html.row_conditions import Asked
from renderers.html.site import Site
from renderers.html.views import FormPage
from renderers.summary import summary
from schemas.compiling import CompiledForm, compile_form
from schemas.definition import Json
from schemas.journey import pages
from schemas.parsing import definition_from
from schemas.settling import settle

TEXT = {"type": "string"}


def named(title: str, **members: Json) -> Json:
    return {"type": "object", "title": title, "properties": members}


HOME = named("Hemmet", street=TEXT, rent=named("Hyran", sum=TEXT, day=TEXT))
JOB = named("Arbetet", place=TEXT, phone=TEXT)


def form(schema: Json, **more: Json) -> CompiledForm:
    document: dict[str, Any] = {
        "$schema": "urn:formbuilder:form-definition:1",
        "id": "prov",
        "language": "sv",
        "title": "Prov",
        "identity": {"assurance": "none", "about": "nobody"},
        "sections": [{"id": "s", "title": "Boende", "schema": schema, **more}],
    }
    return compile_form(definition_from(json.dumps(document)))


def page(of: CompiledForm, language: str = "sv", **more: Any) -> FormPage:
    (shown,) = pages(of, settle(of, {}), ())
    return question_page(of, shown, Filling(**more), language, is_first=True)


def drawn(of: CompiledForm, language: str = "sv", **more: Any) -> html.HtmlElement:
    view = page(of, language, **more)
    return html.document_fromstring(Site(THEME).render(view, language=language))


def legends(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Return what stands in each fieldset of an object, by its legend."""
    return {
        one.xpath("string(./legend)"): one.xpath(".//@data-question")
        for one in tree.xpath("//fieldset[contains(@class, 'fb-group')]")
    }


def test_an_objects_questions_stand_in_a_fieldset_with_its_title() -> None:
    tree = drawn(form(named("Sektionen", name=TEXT, home=HOME, last=TEXT)))

    assert legends(tree) == {
        "Hemmet": ["s.home.street", "s.home.rent.sum", "s.home.rent.day"],
        "Hyran": ["s.home.rent.sum", "s.home.rent.day"],
    }
    headings = tree.xpath("//main//*[self::h1 or self::h2 or self::h3]")
    assert [one.tag for one in headings] == ["h1", "h2", "h3"]


def test_an_objects_description_is_its_hint() -> None:
    told = {**HOME, "description": "Där du bor & sover."}
    (group,) = drawn(form(named("", home=told))).xpath("//*[@id='g-s.home']")

    hint = group.xpath("./*[@id=$id]", id=group.get("aria-describedby"))[0]
    assert hint.text_content() == "Där du bor & sover."


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param(named("", home=named("Hemmet", street=TEXT)), id="one question"),
        pytest.param(named("", home=named("Boende", a=TEXT, b=TEXT)), id="as the page"),
        pytest.param(
            named("", home={"type": "object", "properties": {"a": TEXT, "b": TEXT}}),
            id="no title",
        ),
    ],
)
def test_a_fieldset_that_says_nothing_is_left_out(schema: Json) -> None:
    assert legends(drawn(form(schema))) == {}


def test_a_fieldset_is_there_before_its_other_questions_are() -> None:
    follow_up = {
        "if": {"required": ["a"], "properties": {"a": {"const": "ja"}}},
        "then": {"properties": {"b": {"type": "string", "title": "B"}}},
    }
    tree = drawn(form(named("", home={**named("Hemmet", a=TEXT), **follow_up})))

    assert legends(tree) == {"Hemmet": ["s.home.a"]}


def test_a_row_has_fieldsets_of_its_own() -> None:
    rows = {"type": "array", "title": "Folk", "items": named("", name=TEXT, job=JOB)}
    of = form(named("", home=named("Hemmet", all=rows, street=TEXT)))
    raws = {"/s/home/all": {"0": [""], "1": [""]}}

    tree = drawn(of, raws=raws)

    assert legends(tree) == {
        "Hemmet": tree.xpath("//form//@data-question"),
        "Arbetet": ["s.home.all.1.job.place", "s.home.all.1.job.phone"],
    }
    ids = tree.xpath("//fieldset/@id")
    assert len(ids) == len(set(ids))


def test_a_row_that_does_not_ask_an_object_has_no_fieldset_for_it() -> None:
    rows = {"type": "array", "items": named("", name=TEXT, job=JOB)}
    asked = Asked(pointers={"/s/all/0/name"})

    tree = drawn(form(named("", all=rows)), raws={"/s/all": {"0": [""]}}, asked=asked)

    assert legends(tree) == {}


def test_a_legend_is_translated() -> None:
    texts = {"en": {"/schema/properties/home/title": "The home"}}

    tree = drawn(form(named("", home=HOME), translations=texts), "en")

    assert "The home" in legends(tree)


def test_the_error_summary_names_the_object_too() -> None:
    said = {"/s/home/rent/sum": "Skriv ett belopp."}

    (fault,) = page(form(named("", home=HOME)), messages=said).faults

    assert fault.text == "Hyran, Sum: Skriv ett belopp."


def test_answers_stand_under_their_object() -> None:
    of = form(named("", name=TEXT, home=HOME))

    rows = summary(of, settle(of, {"s": {"home": {"street": "Storgatan 1"}}}))

    assert [(row.group, row.within) for row in rows] == [
        ("", ""),
        ("Hemmet", "Hemmet"),
        ("Hemmet – Hyran", "Hemmet – Hyran"),
        ("Hemmet – Hyran", "Hemmet – Hyran"),
    ]
