"""What cannot be a question: kept last, so that it is found and named."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, types


class Unsupported:
    """A schema no other field type takes; `check` refuses it with advice."""

    key: ClassVar[str] = "unsupported"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return types(schema) != {"object"}

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="text", data={"input_type": "text"})

    def parse(self, raw: Raw, question: Question) -> Json:
        raise InvalidAnswer("unsupported")

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)
