"""Several lines of text."""

from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, first, has_options, types
from schemas.pointers import ABSENT
from schemas.typed_text import typed_text

LONG: Final = 200
"""From this many characters on, a text is worth several lines."""


class LongText:
    """Text that may have line breaks, stored as single newlines."""

    key: ClassVar[str] = "long_text"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        if types(schema) != {"string"} or has_options(schema) or "format" in schema:
            return False
        if "widget" in ui:
            return bool(ui["widget"] == "textarea")
        return "pattern" not in schema and bool(schema.get("maxLength", 0) >= LONG)

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="textarea",
            data={
                "maxlength": question.schema.get("maxLength"),
                "rows": question.ui.get("rows", 5),
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        text = first(raw).replace("\r\n", "\n").replace("\r", "\n")
        return typed_text(text, question.schema, breaks="\n\t") or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)
