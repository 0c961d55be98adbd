"""Somebody without script who fills in a small form."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Self

from formbuilder.visitor import Page, Visitor
from schemas.definition import Json
from schemas.parsing import definition_from
from tests.promises.city import City

NEXT = ("_go", "next")


def one_section(
    form_id: str,
    section_id: str,
    properties: Json,
    *,
    required: Sequence[str] = (),
    section: Mapping[str, Json] | None = None,
    **of_form: Json,
) -> dict[str, Any]:
    """Return a form with one section of these questions, which anybody may fill in."""
    schema = {"type": "object", "required": required, "properties": properties}
    asked = {"id": section_id, "title": section_id.title(), "schema": schema}
    return {
        "$schema": "urn:formbuilder:form-definition:1",
        "id": form_id,
        "language": "sv",
        "title": form_id.title(),
        "identity": {"assurance": "none", "about": "nobody"},
        "sections": [{**asked, **(section or {})}],
        **of_form,
    }


class Filler:
    """Somebody without script on a page of questions, first seen at `address`."""

    def __init__(self, visitor: Visitor, page: Page) -> None:
        self.visitor, self.page, self.address = visitor, page, page.url

    @classmethod
    def begin(cls, city: City, form: Mapping[str, Json]) -> Self:
        """Publish a form and begin to fill it in."""
        publish(city, form)
        visitor = city.visitor()
        start = visitor.get(f"/e/{form['id']}")
        return cls(visitor, visitor.submit(start.form(action="/borja")))

    def post(
        self, answers: Mapping[str, Sequence[str]], button: tuple[str, str] = NEXT
    ) -> None:
        """Fill in controls that are there, and press a button."""
        form = self.page.form(field_name="_shown")
        assert answers.keys() <= form.fields.keys() | form.choices.keys()
        self.page = self.visitor.submit(form, answers, button=button)

    def holds(self, name: str) -> list[str]:
        """Return what a control holds."""
        return list(self.page.form(field_name="_shown").fields.get(name, ()))

    def asks(self, start: str = "") -> list[str]:
        """Return the names of the questions on the page, those that begin so."""
        found: list[str] = self.page.tree.xpath("//@data-question")
        return [name for name in found if name.startswith(start)]


def publish(city: City, form: Mapping[str, Json]) -> None:
    """Publish a form at the city."""
    city.town.publish_definition(definition_from(json.dumps(form)))
