"""Something told, not asked."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, types
from schemas.pointers import ABSENT


class Information:
    """A title and a description among the questions; never an answer."""

    key: ClassVar[str] = "information"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return types(schema) == {"null"}

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="information", data={"tone": question.ui.get("tone", "")})

    def parse(self, raw: Raw, question: Question) -> Json:
        return ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        return {}

    def display(self, value: Json, question: Question, language: str) -> str:
        return ""
