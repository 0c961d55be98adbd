"""One line of text."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, first, has_options, types
from schemas.pointers import ABSENT
from schemas.typed_text import typed_text


class Text:
    """Text without line breaks; anything else visible is allowed."""

    key: ClassVar[str] = "text"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return (types(schema) == {"string"} or not types(schema)) and not has_options(
            schema
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
        return typed_text(first(raw), question.schema) or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)
