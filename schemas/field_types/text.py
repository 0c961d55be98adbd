"""One line of text."""

import unicodedata
from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first, has_options, types
from schemas.pointers import ABSENT


class Text:
    """Text without line breaks; anything else visible is allowed."""

    key: ClassVar[str] = "text"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return (
            types(schema) == {"string"}
            and not has_options(schema)
            and "const" not in schema
        )

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={
                "input_type": "text",
                "maxlength": question.schema.get("maxLength"),
                "autocomplete": question.ui.get("autocomplete", ""),
                "inputmode": question.ui.get("inputmode", ""),
                "width": question.ui.get("width", ""),
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        text = unicodedata.normalize("NFC", first(raw))
        if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
            raise InvalidAnswer("text-control")
        return text or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)
