"""A list of short texts, one on each line."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, first, has_options, types
from schemas.pointers import ABSENT
from schemas.typed_text import typed_text


class Lines:
    """An array of free texts, asked as one box."""

    key: ClassVar[str] = "lines"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        items = schema.get("items")
        return (
            types(schema) == {"array"}
            and isinstance(items, Mapping)
            and types(items) == {"string"}
            and not has_options(items)
        )

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="textarea", data={"rows": 4, "maxlength": None})

    def parse(self, raw: Raw, question: Question) -> Json:
        items = question.schema["items"]
        lines = (typed_text(line.strip(), items) for line in first(raw).splitlines())
        return [line for line in lines if line] or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        lines = value if isinstance(value, list) else [value]
        return {"": ["\n".join(map(str, lines))]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
