"""The author's words around the questions, in a language: forms, sections, pages."""

from schemas.definition import FormDefinition, Page, Section
from schemas.pointers import join


def form_text(form: FormDefinition, what: str, language: str) -> str:
    """Return the form's `title`, `description` or `declaration`."""
    source = str(getattr(form, what))
    return form.translations.get(language, {}).get(f"/{what}", source)


def section_text(
    form: FormDefinition, section: Section, what: str, language: str
) -> str:
    """Return a section's `title`, `description`, `purpose` and the like."""
    own = section.translations.get(language, {}).get(f"/{what}")
    above = form.translations.get(language, {})
    return (
        own
        or above.get(join("sections", section.id, what))
        or str(getattr(section, what))
    )


def page_text(
    form: FormDefinition, section: Section, page: Page, what: str, language: str
) -> str:
    """Return a page's `title` or `description`."""
    own = section.translations.get(language, {}).get(join("pages", page.id, what))
    above = form.translations.get(language, {})
    place = join("sections", section.id, "pages", page.id, what)
    return own or above.get(place) or str(getattr(page, what))


def unit_text(
    form: FormDefinition, section_id: str, part_id: str, language: str
) -> str:
    """Return what a unit is called: its part's title, else its section's."""
    section = form.section(section_id)
    for part in section.parts:
        if part.id == part_id and part.title:
            key = join("parts", part.id, "title")
            return section.translations.get(language, {}).get(key, part.title)
    return section_text(form, section, "title", language)
