"""A box to tick: true or nothing."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.catalogue import text
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first, types
from schemas.pointers import ABSENT


class Consent:
    """A boolean that can only be true; unticked is unanswered."""

    key: ClassVar[str] = "consent"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("const") is True or (
            types(schema) == {"boolean"} and ui.get("widget") == "checkbox"
        )

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="checkbox",
            data={"value": "true", "label": question.title_in(language)},
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        answered = first(raw)
        if answered not in ("", "true"):
            raise InvalidAnswer("choice")
        return True if answered else ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": ["true"]} if value is True else {}

    def display(self, value: Json, question: Question, language: str) -> str:
        return text("Ja", language) if value is True else text("Nej", language)
