"""A Swedish personal or coordination number."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw
from schemas.personal_number import parse_personal_number
from schemas.pointers import ABSENT

DIGITS: Final = 12


class PersonalNumberField:
    """Twelve digits: with the century typed, no clock is needed to read it."""

    key: ClassVar[str] = "personal_number"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("format") == "personal-number"

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={
                "input_type": "text",
                "inputmode": "numeric",
                "width": "20",
                "spellcheck": False,
                "placeholder": "ÅÅÅÅMMDD-NNNN",
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        # Only spaces are forgiven: a trailing newline was pasted from elsewhere.
        text = (raw.get("") or [""])[0].strip(" ")
        if not text.strip():
            return ABSENT
        compact = text.replace(" ", "").replace("-", "")
        if not (compact.isascii() and compact.isdigit()) or len(compact) != DIGITS:
            raise InvalidAnswer("personal-number-format")
        last_day = date(max(int(compact[:4]), 1), 12, 31)
        return parse_personal_number(text, today=last_day).value

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [_separated(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return _separated(value)


def _separated(value: Json) -> str:
    text = str(value)
    return f"{text[:8]}-{text[8:]}" if len(text) == DIGITS else text
