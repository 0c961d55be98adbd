"""A page says what its author wrote, in its own language, whoever looked before."""

import json
from typing import Any

from renderers.html.fields import Filling, raws_of
from renderers.html.question_page import question_page
from renderers.html.views import FormPage
from schemas.compiling import CompiledForm, compile_form
from schemas.journey import pages
from schemas.parsing import parse_definition
from schemas.settling import settle

DEFINITION: dict[str, Any] = {
    "$schema": "urn:formbuilder:form-definition:1",
    "id": "prov",
    "language": "sv",
    "title": "Prov",
    "schema": {"type": "object"},
    "sections": [
        {
            "id": "diet",
            "title": "Kost",
            "description": "Om maten i skolan.",
            "schema": {
                "type": "object",
                "properties": {
                    "avoid": {"title": "Vad?", "type": "string"},
                    "drink": {"title": "Dryck?", "type": "string"},
                },
            },
            "pages": [
                {"id": "mat", "title": "Mat", "fields": ["/diet/avoid"]},
                {"id": "dryck", "title": "Dryck", "fields": ["/diet/drink"]},
            ],
            "translations": {"en": {"/title": "Diet", "/pages/mat/title": "Food"}},
        }
    ],
}


def form() -> CompiledForm:
    parsed = parse_definition(json.dumps(DEFINITION), draft=True)
    assert parsed.definition is not None, parsed.problems
    return compile_form(parsed.definition)


def page(
    of: CompiledForm,
    language: str = "sv",
    *,
    number: int = 0,
    avoid: str = "",
    is_first: bool = True,
) -> FormPage:
    settled = settle(of, {"diet": {"avoid": avoid}} if avoid else {})
    shown = pages(of, settled, ())[number]
    filling = Filling(raws=raws_of(shown.questions, settled.shown, language))
    return question_page(of, shown, filling, language, is_first=is_first)


def test_each_language_and_page_has_its_own_words() -> None:
    of = form()

    found = [
        (one.section, one.title, one.description)
        for one in (
            page(of),
            page(of, "en"),
            page(of, is_first=False),
            page(of, number=1, is_first=False),
        )
    ]

    assert found == [
        ("Kost", "Mat", ("Om maten i skolan.",)),
        ("Diet", "Food", ("Om maten i skolan.",)),
        ("Kost", "Mat", ()),
        ("Kost", "Dryck", ()),
    ]


def test_a_page_keeps_nothing_of_who_saw_it_before() -> None:
    of = form()
    before = page(of, avoid="Nötter")

    assert page(of).fields != before.fields
