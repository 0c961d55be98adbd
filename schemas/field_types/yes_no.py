"""A question answered yes or no."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.catalogue import text
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first, types
from schemas.pointers import ABSENT


class YesNo:
    """A boolean: no is an answer of its own, so there are two buttons."""

    key: ClassVar[str] = "yes_no"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return types(schema) == {"boolean"}

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="radios",
            data={
                "inline": True,
                "options": [
                    {
                        "value": raw,
                        "title": self.display(value, question, language),
                        "description": "",
                    }
                    for raw, value in (("true", True), ("false", False))
                ],
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        answered = first(raw)
        if not answered:
            return ABSENT
        if answered not in ("true", "false"):
            raise InvalidAnswer("choice")
        return answered == "true"

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": ["true" if value is True else "false"]}

    def display(self, value: Json, question: Question, language: str) -> str:
        titled = {True: "option:true", False: "option:false"}
        titles = question.ui.get("titles", {})
        if value is True:
            yes = question.said(titled[True], language, titles.get("true", ""))
            return yes or text("Ja", language)
        if value is False:
            no = question.said(titled[False], language, titles.get("false", ""))
            return no or text("Nej", language)
        return str(value)
