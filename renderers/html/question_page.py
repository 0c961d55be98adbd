"""A page of a form's questions as a view: what the definition says of it, filled in."""

from renderers.html.fields import Filling, faults, is_heading, shown_fields
from renderers.html.surroundings import Surroundings
from renderers.html.views import FormPage
from schemas.compiling import CompiledForm
from schemas.journey import JourneyPage
from schemas.titles import form_text, page_text, section_text


def question_page(
    form: CompiledForm,
    shown: JourneyPage,
    filling: Filling,
    language: str,
    *,
    is_first: bool,
) -> FormPage:
    """Return the page; where it is and where it leads is for whoever serves it.

    The first page of a section tells what the section is about, unless it has words
    of its own.
    """
    definition, section, page = form.definition, shown.section, shown.page
    fields = shown_fields(shown.questions, filling, language)
    # All that the form may ask, so that the total stays as it is while one answers.
    sections = [one.id for one in definition.sections]
    description = page_text(definition, section, page, "description", language)
    if not description and is_first:
        description = section_text(definition, section, "description", language)
    title = page_text(definition, section, page, "title", language)
    paragraphs = tuple(description.split("\n\n")) if description else ()
    return FormPage(
        title=title,
        around=Surroundings(service=form_text(definition, "title", language)),
        action="",
        fields=fields,
        section=section_text(definition, section, "title", language),
        number=sections.index(section.id) + 1,
        count=len(sections),
        description=paragraphs,
        faults=faults(fields, filling.messages),
        takes_files=any(question.kind == "file" for question in shown.questions),
        is_heading=is_heading(fields, title, paragraphs),
    )
