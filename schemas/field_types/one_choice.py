"""One of several alternatives."""

from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import (
    Control,
    Question,
    Raw,
    first,
    has_options,
    raw_value,
)
from schemas.pointers import ABSENT

MANY: Final = 8
"""More alternatives than this are a list to pick from."""


class OneChoice:
    """Radio buttons, or a list when there are many alternatives."""

    key: ClassVar[str] = "one_choice"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return has_options(schema)

    def control(self, question: Question, language: str) -> Control:
        options = [
            {
                "value": option.raw,
                "title": option.title,
                "description": option.description,
            }
            for option in question.options(language)
        ]
        widget = question.ui.get("widget", "")
        if widget not in ("radios", "select"):
            widget = "select" if len(options) > MANY else "radios"
        return Control(widget=widget, data={"options": options})

    def parse(self, raw: Raw, question: Question) -> Json:
        answered = first(raw)
        if not answered:
            return ABSENT
        for option in question.options():
            if option.raw == answered:
                return option.value
        raise InvalidAnswer("choice")

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [raw_value(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        titles = {option.raw: option.title for option in question.options(language)}
        return titles.get(raw_value(value), raw_value(value))
