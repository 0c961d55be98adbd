"""Any number of several alternatives."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, has_options, raw_value, types
from schemas.pointers import ABSENT
from schemas.tongues import listed


class ManyChoices:
    """Boxes to tick; stored in the author's order, each once."""

    key: ClassVar[str] = "many_choices"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        items = schema.get("items")
        return (
            types(schema) == {"array"}
            and isinstance(items, Mapping)
            and has_options(items)
        )

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="checkboxes",
            data={
                "options": [
                    {
                        "value": option.raw,
                        "title": option.title,
                        "description": option.description,
                    }
                    for option in question.options(language)
                ]
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        ticked = {value.strip() for value in raw.get("", [])} - {""}
        chosen = [o for o in question.options() if o.raw in ticked]
        if ticked - {option.raw for option in chosen}:
            raise InvalidAnswer("choice")
        return [option.value for option in chosen] or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        chosen = {raw_value(one) for one in value} if isinstance(value, list) else ()
        return {"": [o.raw for o in question.options() if o.raw in chosen]}

    def display(self, value: Json, question: Question, language: str) -> str:
        chosen = value if isinstance(value, list) else [value]
        titles = {option.raw: option.title for option in question.options(language)}
        words = (titles.get(raw_value(one), raw_value(one)) for one in chosen)
        return listed(words, language)
