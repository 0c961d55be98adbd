"""A Swedish bankgiro number."""

from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first
from schemas.formats import is_bankgiro
from schemas.pointers import ABSENT

LAST: Final = 4
"""Digits after the hyphen."""


class Bankgiro:
    """Seven or eight digits with a hyphen before the last four."""

    key: ClassVar[str] = "bankgiro"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("format") == "bankgiro"

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={"input_type": "text", "inputmode": "numeric", "width": "10"},
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        digits = first(raw).replace(" ", "").replace("-", "")
        if not digits:
            return ABSENT
        number = f"{digits[:-LAST]}-{digits[-LAST:]}"
        if not is_bankgiro(number):
            raise InvalidAnswer("bankgiro")
        return number

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)
