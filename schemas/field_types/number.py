"""A number, whole or with a decimal comma."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, first, has_options, types
from schemas.numbers import parse_number, written_number
from schemas.pointers import ABSENT


class Number:
    """Digits with Swedish decimal comma; blanks between thousands are allowed."""

    key: ClassVar[str] = "number"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        named = types(schema)
        return (
            bool(named) and named <= {"integer", "number"} and not has_options(schema)
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
        if not first(raw):
            return ABSENT
        return parse_number(first(raw), is_whole=types(question.schema) == {"integer"})

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [written_number(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        suffix = question.said("suffix", language, question.ui.get("suffix", ""))
        return f"{written_number(value)} {suffix}".rstrip()
