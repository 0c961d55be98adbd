"""A telephone number, Swedish unless it starts with + or 00."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first
from schemas.formats import is_phone
from schemas.pointers import ABSENT

# U+2011 and U+2013 are what word processors make of a hyphen.
SEPARATORS: Final = re.compile(r"[ ()\-‑–./\u00a0]")
COUNTRY: Final = "+46"
AREA: Final = 3
"""Digits before the hyphen when a Swedish number is shown; right for mobiles."""


class Phone:
    """Digits as dialled, without separators; `+46` is written `0`."""

    key: ClassVar[str] = "phone"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("format") == "phone"

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={
                "input_type": "tel",
                "autocomplete": question.ui.get("autocomplete", "tel"),
                "inputmode": "tel",
                "width": "20",
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        text = first(raw)
        if not text:
            return ABSENT
        digits = SEPARATORS.sub("", text.replace("(0)", ""))
        if digits.startswith("00"):
            digits = "+" + digits[2:]
        if digits.startswith(COUNTRY):
            digits = "0" + digits.removeprefix(COUNTRY).removeprefix("0")
        if not is_phone(digits):
            raise InvalidAnswer("phone")
        return digits

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        text = str(value)
        if text.startswith("07") and is_phone(text):
            return f"{text[:AREA]}-{_grouped(text[AREA:])}"
        return text


def _grouped(digits: str) -> str:
    """Group a mobile number as Swedes read it: 174 06 05."""
    return " ".join(
        [digits[:3], *(digits[i : i + 2] for i in range(3, len(digits), 2))]
    )
