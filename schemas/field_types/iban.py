"""An international bank account number."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first
from schemas.formats import is_iban
from schemas.pointers import ABSENT


class Iban:
    """Stored without blanks, shown in groups of four."""

    key: ClassVar[str] = "iban"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("format") == "iban"

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={"input_type": "text", "width": "30", "spellcheck": False},
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        number = "".join(first(raw).split()).upper()
        if not number:
            return ABSENT
        if not is_iban(number):
            raise InvalidAnswer("iban")
        return number

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        text = str(value)
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
