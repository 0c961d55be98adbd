"""A Swedish postal code."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first
from schemas.formats import is_postal_code
from schemas.pointers import ABSENT


class PostalCode:
    """Five digits, stored and shown as `123 45`."""

    key: ClassVar[str] = "postal_code"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("format") == "postal-code"

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={
                "input_type": "text",
                "inputmode": "numeric",
                "autocomplete": question.ui.get("autocomplete", "postal-code"),
                "width": "5",
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        text = first(raw)
        if not text:
            return ABSENT
        digits = text.upper().removeprefix("SE-").replace(" ", "")
        code = f"{digits[:3]} {digits[3:]}"
        if not is_postal_code(code):
            raise InvalidAnswer("postal-code")
        return code

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)
