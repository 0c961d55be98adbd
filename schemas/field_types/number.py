"""A number, whole or with a decimal comma."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first, has_options, types
from schemas.pointers import ABSENT

WHOLE: Final = re.compile(r"-?[0-9]{1,15}\Z")
DECIMAL: Final = re.compile(r"-?[0-9]{1,15}([,.][0-9]{1,10})?\Z")
BLANKS: Final = re.compile(r"[ \u00a0\u202f]")
MINUS: Final = "\u2212"


class Number:
    """Digits with Swedish decimal comma; blanks between thousands are allowed."""

    key: ClassVar[str] = "number"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        named = types(schema)
        return (
            bool(named)
            and named <= {"integer", "number"}
            and not has_options(schema)
            and "const" not in schema
        )

    def control(self, question: Question, language: str) -> Control:
        is_whole = types(question.schema) == {"integer"}
        return Control(
            widget="text",
            data={
                "input_type": "text",
                "inputmode": "numeric" if is_whole else "decimal",
                "width": question.ui.get("width", "5"),
                "prefix": question.said(
                    "prefix", language, question.ui.get("prefix", "")
                ),
                "suffix": question.said(
                    "suffix", language, question.ui.get("suffix", "")
                ),
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        text = BLANKS.sub("", first(raw)).replace(MINUS, "-")
        if not text:
            return ABSENT
        if types(question.schema) == {"integer"}:
            if not WHOLE.match(text):
                raise InvalidAnswer("integer")
            return int(text)
        if not DECIMAL.match(text):
            raise InvalidAnswer("number")
        value = float(text.replace(",", "."))
        return int(value) if value.is_integer() else value

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [_written(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        suffix = question.said("suffix", language, question.ui.get("suffix", ""))
        return f"{_written(value)} {suffix}".rstrip()


def _written(value: Json) -> str:
    """Write a number as Swedes do, never with an exponent."""
    if isinstance(value, float):
        plain = f"{value:.10f}".rstrip("0").rstrip(".")
        return plain.replace(".", ",")
    return str(value)
