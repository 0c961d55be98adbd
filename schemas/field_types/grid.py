"""A fixed table: an object of equal objects, one row each."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, types
from schemas.inside import display_parts, parse_parts, part_data, raw_parts
from schemas.pointers import ABSENT


class Grid:
    """Weekdays by weeks and the like; posted as `mon.before`."""

    key: ClassVar[str] = "grid"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return types(schema) == {"object"} and ui.get("widget") == "grid"

    def control(self, question: Question, language: str) -> Control:
        cells = part_data(question, language)
        lines = {str(cell["name"]).partition(".")[0]: None for cell in cells}
        members = question.schema.get("properties", {})
        return Control(
            widget="grid",
            data={
                "rows": [
                    {
                        "name": name,
                        "title": question.said(
                            f"row:{name}", language, members[name].get("title", name)
                        ),
                        "cells": [
                            cell
                            for cell in cells
                            if str(cell["name"]).partition(".")[0] == name
                        ],
                    }
                    for name in lines
                ]
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        return parse_parts(raw, question, f"{question.pointer}/") or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        return raw_parts(value, question, f"{question.pointer}/")

    def display(self, value: Json, question: Question, language: str) -> str:
        return display_parts(value, question, f"{question.pointer}/", language)
