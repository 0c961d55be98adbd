"""A page of a form's questions as a view: what the definition says of it, filled in."""

from typing import Any

from renderers.html.fields import (
    Filling,
    faults,
    is_heading,
    kinds_on,
    shown_fields,
)
from renderers.html.legends import frames
from renderers.html.surroundings import Surroundings
from renderers.html.views import FormPage
from schemas.compiling import CompiledForm
from schemas.field_type import Question
from schemas.heading import shown_above
from schemas.journey import JourneyPage, author_pages
from schemas.keeping import kept_with_form
from schemas.titles import form_text, page_text, section_text


def question_page(
    form: CompiledForm,
    shown: JourneyPage,
    filling: Filling,
    language: str,
    *,
    is_first: bool,
    **served: Any,
) -> FormPage:
    """Return the page; where it is and where it leads says whoever serves it.

    The first page of a section tells what the section is about, unless it has words
    of its own.
    """
    words = _words(form, shown.page.id, language, is_first)
    title = words["title"]
    fields = shown_fields(shown.questions, filling, language)
    asked = tuple(shown.questions)
    above = [_above(one, language, title) for one in asked if filling.messages]
    own = {
        "fields": fields,
        "frames": frames(asked, language, title),
        "faults": faults(fields, filling.messages, language, above),
        "takes_files": "file" in kinds_on(shown.questions),
        "is_heading": is_heading(fields, title, words["description"]),
    }
    return FormPage(**{**words, **own, **served})


def _above(question: Question, language: str, title: str) -> str:
    """Return what the innermost legend around a question says."""
    found = shown_above(question.within, language, [title])
    return found[-1].title_in(language) if found else ""


@kept_with_form
def _words(
    form: CompiledForm, page_id: str, language: str, is_first: bool
) -> dict[str, Any]:
    """Return what the author says of the page, as members of it."""
    definition = form.definition
    section, page = next(one for one in author_pages(form) if one[1].id == page_id)
    # All that the form may ask, so that the total stays as it is while one answers.
    sections = [one.id for one in definition.sections]
    description = page_text(definition, section, page, "description", language)
    if not description and is_first:
        description = section_text(definition, section, "description", language)
    return {
        "title": page_text(definition, section, page, "title", language),
        "around": Surroundings(service=form_text(definition, "title", language)),
        "action": "",
        "section": section_text(definition, section, "title", language),
        "number": sections.index(section.id) + 1,
        "count": len(sections),
        "description": tuple(description.split("\n\n")) if description else (),
        "edition": definition.version,
    }
