"""A repeating table: any number of rows with the same questions."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, types
from schemas.inside import display_parts, parse_parts, part_data, raw_parts, within
from schemas.pointers import ABSENT


class Rows:
    """An array of objects; posted as `0.name`, `1.name`, … and closed up."""

    key: ClassVar[str] = "rows"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        items = schema.get("items")
        return (
            types(schema) == {"array"}
            and isinstance(items, Mapping)
            and types(items) == {"object"}
        )

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="rows",
            data={
                "columns": part_data(question, language),
                "min": question.schema.get("minItems", 0),
                "max": question.schema.get("maxItems"),
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        indexes = {key.partition(".")[0] for key in raw}
        known = sorted(int(i) for i in indexes if i.isascii() and i.isdigit())
        rows = (
            parse_parts(within(raw, f"{index}."), question, f"{question.pointer}/*/")
            for index in known
        )
        return [row for row in rows if row] or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        rows = value if isinstance(value, list) else []
        return {
            f"{index}.{key}": values
            for index, row in enumerate(rows)
            for key, values in raw_parts(
                row, question, f"{question.pointer}/*/"
            ).items()
        }

    def display(self, value: Json, question: Question, language: str) -> str:
        rows = value if isinstance(value, list) else [value]
        return "; ".join(
            display_parts(row, question, f"{question.pointer}/*/", language)
            for row in rows
        )
