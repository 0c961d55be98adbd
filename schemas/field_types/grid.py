"""A fixed table: an object of equal objects, one row each."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, types
from schemas.inside import display_parts, parse_parts, raw_parts
from schemas.pointers import ABSENT


class Grid:
    """Weekdays by weeks and the like; posted as `mon.before`."""

    key: ClassVar[str] = "grid"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return types(schema) == {"object"} and ui.get("widget") == "grid"

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="grid")

    def parse(self, raw: Raw, question: Question) -> Json:
        return parse_parts(raw, question) or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        return raw_parts(value, question)

    def display(self, value: Json, question: Question, language: str) -> str:
        shown = (
            _shown_line(value, name, question, language)
            for name in question.schema.get("properties", {})
            if isinstance(value, Mapping) and name in value
        )
        return "; ".join(line for line in shown if line)


def _shown_line(value: Json, name: str, question: Question, language: str) -> str:
    """Write one line: what it is called, then its cells."""
    said = display_parts({name: value[name]}, question, language)
    place = f"{question.pointer}/{name}"
    is_one_cell = any(part.pointer == place for part in question.parts)
    if is_one_cell or not said:
        return said
    return f"{_line(question, name, language)}: {said}"


def _line(question: Question, name: str, language: str) -> str:
    """Return what a line of the table is called."""
    members = question.schema.get("properties", {})
    title = members[name].get("title", name) if name in members else name
    return question.said(f"row:{name}", language, str(title))
