"""Every page of a form drawn with all that it may ask, without anybody answering."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from renderers.html.fields import Filling
from renderers.html.question_page import question_page
from renderers.html.site import Site
from renderers.html.theme import Theme
from renderers.html.views import FormPage
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_type import Question, Raw
from schemas.journey import JourneyPage, pages
from schemas.settling import settle

SITE: Final = Site(Theme(municipality="Kommunen"))
ONE_ROW: Final[Raw] = {"0": [""]}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    """A page of a form: what it asks, as a view and as HTML."""

    shown: JourneyPage
    view: FormPage
    html: str


def whole_pages(form: CompiledForm) -> tuple[JourneyPage, ...]:
    """Return every page with all that any answers make it ask."""
    nothing = settle(form, {})
    possible = {p: q for p, q in form.questions.items() if "*" not in p}
    return pages(form, replace(nothing, asked={**nothing.asked, **possible}), ())


def answered_pages(form: CompiledForm, answers: Json) -> tuple[JourneyPage, ...]:
    """Return the pages that these answers show."""
    return pages(form, settle(form, answers), ())


def draw(
    form: CompiledForm,
    shown: tuple[JourneyPage, ...],
    language: str,
    filling: Filling | None = None,
) -> Iterator[DrawnPage]:
    """Yield the pages drawn in a language; unless filled in, tables have one row."""
    begun: set[str] = set()
    for one in shown:
        view = question_page(
            form,
            one,
            filling or Filling(raws=dict(_rows(one.questions))),
            language,
            is_first=one.section.id not in begun,
        )
        begun.add(one.section.id)
        html = SITE.render(view, language=language, csrf_token="-")  # noqa: S106 - nothing is posted
        yield DrawnPage(shown=one, view=view, html=html.decode())


def _rows(questions: tuple[Question, ...]) -> Iterator[tuple[str, Raw]]:
    return ((q.pointer, ONE_ROW) for q in questions if q.kind == "rows")


def all_wrong(questions: tuple[Question, ...], said: str) -> Filling:
    """Return a filling where something is wrong with every control there is."""
    cells = (
        part.pointer.replace("/*", "/0", 1)
        for question in questions
        for part in question.parts
    )
    pointers = [*(question.pointer for question in questions), *cells]
    return Filling(raws=dict(_rows(questions)), messages=dict.fromkeys(pointers, said))
