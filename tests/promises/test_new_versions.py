"""A form that gets a new version breaks nobody who is in the middle of answering it."""

import json
from typing import Any

from household import ELIS, JOHAN, SARA
from school_start import PLAIN
from town import written

from formbuilder.filling import fill
from formbuilder.visitor import Page, Visitor
from schemas.parsing import definition_from
from tests.promises.city import City

FORM = "bygglovsfraga"


def half_filled(city: City) -> tuple[Visitor, Page]:
    """Answer everything and do not send it; return where one checks it."""
    visitor, page = city.logged_in(to=f"/e/{FORM}")
    page = visitor.submit(page.form(action="/borja"))
    form = city.form(FORM)
    said = next(s.answers for s in form.definition.scenarios if s.expect.get("valid"))
    return visitor, fill(visitor, page, form, dict(said), {})


def publish(city: City, before: str, after: str) -> None:
    """Publish the form with other words."""
    text = json.dumps(written(FORM).document, ensure_ascii=False)
    assert before in text
    city.town.publish_definition(definition_from(text.replace(before, after)))


def resumed(visitor: Visitor) -> Page:
    [way] = visitor.get("/mina").links("/mina/utkast/")
    return visitor.get(way)


def test_who_signs_a_newer_version_than_the_other_joins_what_was_sent(
    city: City,
) -> None:
    school = city.town
    first = school.session(SARA)
    older = school.answered(first, ELIS, PLAIN)
    text = json.dumps(written("skolstart").document, ensure_ascii=False)
    newer = text.replace(question_of("enrolment", "choosing"), "Vill ni välja skola?")
    school.publish_definition(definition_from(newer))
    visitor, page = city.answered(JOHAN, PLAIN)
    school.sign(first, older)

    told = visitor.submit(page.form(action="/granska"))
    after = visitor.submit(told.form(action="/ny-version"))
    case = school.services.mine.overview(first).cases[0]

    assert "Vill ni välja skola?" in told.text
    assert "/granska" in after.url
    assert case.form_version == older.form.definition.version


def question_of(section: str, name: str) -> str:
    """Return the words of a question of the school start."""
    [found] = [
        s for s in written("skolstart").document["sections"] if s["id"] == section
    ]
    return str(found["schema"]["properties"][name]["title"])


def question() -> str:
    """Return the words of a question that is answered."""
    document: Any = written(FORM).document
    [first, *_] = document["sections"][0]["schema"]["required"]
    return str(document["sections"][0]["schema"]["properties"][first]["title"])


def test_a_draft_goes_on_in_the_new_version_when_nothing_it_says_has_changed(
    city: City,
) -> None:
    visitor, _ = half_filled(city)
    publish(city, written(FORM).title, "Fråga oss om bygglov")

    page = resumed(visitor)

    assert "/granska" in page.url
    assert "Fråga oss om bygglov" in page.content.decode()


def test_who_goes_on_is_told_which_answers_to_look_at_again(city: City) -> None:
    visitor, _ = half_filled(city)
    publish(city, json.dumps(question(), ensure_ascii=False), '"Vad vill du veta?"')

    told = resumed(visitor)
    after = visitor.submit(told.form(action="/ny-version"))

    assert "Formuläret har ändrats sedan du började" in told.text
    assert f"Frågan ”{question()}” har ändrats till ”Vad vill du veta?”" in told.text
    assert "/granska" in after.url
    assert "Vad vill du veta?" in after.text


def test_who_has_the_page_open_sends_what_they_see(city: City) -> None:
    visitor, page = half_filled(city)
    publish(city, json.dumps(question(), ensure_ascii=False), '"Vad vill du veta?"')

    receipt = city.signed(visitor, page)

    assert "/kvitto/" in receipt.url
