"""The part of a page that follows from the answers, for a script to put in place."""

from dataclasses import dataclass, fields
from typing import ClassVar

from renderers.html.views import FormPage


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart(FormPage):
    """The questions of a page as they are now, without what stands around them."""

    template: ClassVar[str] = "form_part.html"
    said: str = ""  # told beside the buttons


def part_of(page: FormPage, said: str) -> FormPart:
    """Return only the questions of the page, and what is told beside them."""
    known = {one.name: getattr(page, one.name) for one in fields(page)}
    return FormPart(**known | {"said": said})
