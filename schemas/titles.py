"""The author's words around the questions, in a language: forms, sections, pages."""

from schemas.definition import FormDefinition, Page, Section
from schemas.pointers import join
from schemas.tongues import said_in


def form_text(form: FormDefinition, what: str, language: str) -> str:
    """Return the form's `title`, `description` or `declaration`."""
    found = form.translations.get(language, {}).get(f"/{what}")
    return found or said_in(str(getattr(form, what)), form.language, language)


def section_text(
    form: FormDefinition, section: Section, what: str, language: str
) -> str:
    """Return a section's `title`, `description`, `purpose` and the like."""
    own = section.translations.get(language, {}).get(f"/{what}")
    above = form.translations.get(language, {})
    return (
        own
        or above.get(join("sections", section.id, what))
        or said_in(str(getattr(section, what)), form.language, language)
    )


def page_text(
    form: FormDefinition, section: Section, page: Page, what: str, language: str
) -> str:
    """Return a page's `title` or `description`."""
    own = section.translations.get(language, {}).get(join("pages", page.id, what))
    above = form.translations.get(language, {})
    place = join("sections", section.id, "pages", page.id, what)
    source = said_in(str(getattr(page, what)), form.language, language)
    return own or above.get(place) or source


def unit_text(
    form: FormDefinition, section_id: str, part_id: str, language: str
) -> str:
    """Return what a unit is called: its part's title, else its section's."""
    section = form.section(section_id)
    for part in section.parts:
        if part.id == part_id and part.title:
            key = join("parts", part.id, "title")
            found = section.translations.get(language, {}).get(key)
            return found or said_in(part.title, form.language, language)
    return section_text(form, section, "title", language)
