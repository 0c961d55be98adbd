"""A Swedish organisation number."""

from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first
from schemas.formats import is_organisation_number
from schemas.pointers import ABSENT

DIGITS: Final = 10


class OrganisationNumber:
    """Ten digits with a hyphen before the last four, check digit included."""

    key: ClassVar[str] = "organisation_number"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("format") == "organisation-number"

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={"input_type": "text", "inputmode": "numeric", "width": "20"},
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        text = first(raw)
        if not text:
            return ABSENT
        digits = text.replace(" ", "").replace("-", "")
        if len(digits) == DIGITS + 2 and digits.startswith("16"):
            digits = digits[2:]  # Skatteverket's files write them with 16 before.
        number = f"{digits[:6]}-{digits[6:]}"
        if not is_organisation_number(number):
            raise InvalidAnswer("organisation-number")
        return number

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)
