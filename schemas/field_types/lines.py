"""A list of short texts or of numbers, one on each line."""

from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, first, has_options, types
from schemas.numbers import parse_number, written_number
from schemas.pointers import ABSENT
from schemas.typed_text import typed_text

NUMBERS: Final = frozenset({"integer", "number"})
WRITTEN: Final = NUMBERS | {"string"}


class Lines:
    """An array of scalars that are written, asked as one box."""

    key: ClassVar[str] = "lines"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        items = _items(schema)
        return (
            types(schema) == {"array"}
            and isinstance(items, Mapping)
            and types(items) <= WRITTEN
            and not has_options(items)
        )

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="textarea", data={"rows": 4, "maxlength": None})

    def parse(self, raw: Raw, question: Question) -> Json:
        items = _items(question.schema)
        lines = (typed_text(line.strip(), items) for line in first(raw).splitlines())
        is_number = bool(types(items)) and types(items) <= NUMBERS
        found = [_number(line, items) if is_number else line for line in lines if line]
        return found or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        lines = value if isinstance(value, list) else [value]
        return {"": ["\n".join(map(_written, lines))]}

    def display(self, value: Json, question: Question, language: str) -> str:
        lines = value if isinstance(value, list) else [value]
        return ", ".join(map(_written, lines))


def _items(schema: Mapping[str, Json]) -> Json:
    """Return the schema of each item: where none is given, anything may stand there."""
    items = schema.get("items", True)
    return {} if items is True else items


def _number(line: str, items: Mapping[str, Json]) -> Json:
    return parse_number(line, is_whole=types(items) == {"integer"})


def _written(value: Json) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return written_number(value) if is_number else str(value)
