"""What nobody has translated says which language it is in (WCAG 2.2 SC 3.1.2)."""

import json
import re
from typing import Any

import pytest
from lxml.html import HtmlElement
from town import written

from formbuilder.filling import fill
from formbuilder.visitor import Page, Visitor
from schemas.parsing import definition_from
from tests.promises.city import City
from tests.promises.places import at

FORM = "bygglovsfraga"
SWEDISH = re.compile("[åäöÅÄÖ]")


def published(city: City, **translations: str) -> None:
    """Publish a form that is offered in Arabic, with these texts alone translated."""
    document: Any = json.loads(json.dumps(written(FORM).document))
    document["languages"] = {"ar": {"state": "reviewed"}}
    document["translations"] = {"ar": dict(translations)}
    for section in document["sections"]:
        section.pop("translations", None)
    city.town.publish_definition(definition_from(json.dumps(document)))


def unsaid(page: Page, answers: str = "") -> list[str]:
    """Return the author's words on a page that do not say that they are Swedish.

    What somebody typed is theirs, and a decision is called what it is called.
    """
    [main] = page.tree.xpath("//main")
    hero: list[HtmlElement] = page.tree.xpath("//*[contains(@class, 'fb-hero')]")
    return [
        text.strip()
        for place in (main, *hero)
        for text in place.xpath(".//text()[not(ancestor::script)]")
        if SWEDISH.search(text)
        and _language(text.getparent(), text) != "sv"
        and text.strip() not in answers
        and "§ 0" not in text
    ]


def _language(element: HtmlElement, text: Any) -> str:
    here = element.getparent() if text.is_tail else element
    [nearest] = here.xpath("ancestor-or-self::*[@lang][1]/@lang")
    return str(nearest)


@pytest.fixture
def visitor(city: City) -> Visitor:
    published(city)
    return city.logged_in(to=f"/e/{FORM}")[0]


def filled(city: City, visitor: Visitor) -> tuple[list[Page], Page]:
    """Walk the form in Arabic; return its pages and the one before sending."""
    page = visitor.get(f"/e/{FORM}?lang=ar")
    seen = [visitor.submit(page.form(action="/borja"))]
    form = city.form(FORM)
    said = next(s.answers for s in form.definition.scenarios if s.expect.get("valid"))
    return seen, fill(visitor, seen[0], form, dict(said), {})


def test_the_first_page_says_which_words_are_swedish(visitor: Visitor) -> None:
    page = visitor.get(f"/e/{FORM}?lang=ar")

    [heading] = page.tree.xpath("//h1/span")
    assert (heading.get("lang"), heading.get("dir")) == ("sv", "ltr")
    assert page.tree.get("lang") == "ar"
    assert unsaid(page) == []


def test_questions_and_answers_say_which_words_are_swedish(
    city: City, visitor: Visitor
) -> None:
    pages, review = filled(city, visitor)

    assert [unsaid(page) for page in pages] == [[] for _ in pages]
    scenarios = city.form(FORM).definition.document["scenarios"]
    assert unsaid(review, json.dumps(scenarios, ensure_ascii=False)) == []
    assert review.tree.xpath("//dt/span[@lang='sv']")


def test_what_is_translated_is_left_alone(city: City) -> None:
    published(city, **{"/title": "سؤال عن البناء"})
    visitor = city.logged_in(to=f"/e/{FORM}")[0]
    page = visitor.get(f"/e/{FORM}?lang=ar")

    assert page.tree.xpath("//h1/text()") == ["سؤال عن البناء"]
    assert page.tree.xpath("//h1/span") == []


def test_no_page_in_swedish_says_so_at_each_word(city: City) -> None:
    visitor = city.logged_in(to=f"/e/{FORM}")[0]
    page = visitor.get(f"/e/{FORM}?lang=sv")

    assert page.tree.xpath("//main//span[@lang]") == []


def test_a_consent_that_has_ended_is_refused_in_words_of_the_page(city: City) -> None:
    visitor, first = city.begun()
    page = visitor.get(f"{at('bildnamn', first)}&lang=en")
    dated = {"photo.until-day": ["16"], "photo.until-month": ["6"]}
    typed = {**dated, "photo.until-year": ["1999"]}
    again = visitor.submit(
        page.form(field_name="_shown"), typed, button=("_go", "next")
    )

    [said] = [text for where, text in again.errors.items() if "photo.until" in where]
    assert "“First day of the school year”" in said


def test_the_line_of_progress_says_which_words_are_swedish(
    city: City, visitor: Visitor
) -> None:
    pages, _ = filled(city, visitor)
    [line] = pages[0].tree.xpath("//*[@class='fb-progress__text']")

    assert [one.get("lang") for one in line.xpath("./span")] == ["sv"]
    assert str(line.text).startswith("الجزء")


def test_what_is_wrong_says_which_words_of_it_are_swedish(visitor: Visitor) -> None:
    page = visitor.get(f"/e/{FORM}?lang=ar")
    page = visitor.submit(page.form(action="/borja"))
    again = visitor.submit(page.form(field_name="_shown"), {}, button=("_go", "next"))
    named = again.tree.xpath("//*[@data-error-summary]//a/span/@lang")

    assert again.status == 422
    assert set(named) == {"sv"}
    assert unsaid(again) == []
