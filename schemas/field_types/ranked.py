"""Distinct alternatives in order of preference."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import (
    Control,
    Question,
    Raw,
    first,
    raw_value,
)
from schemas.pointers import ABSENT
from schemas.positions import is_ranked
from schemas.tongues import like, listed


class Ranked:
    """One list per place: first choice, second choice, and so on.

    Gaps close up: who leaves the first place empty has put the second first.
    """

    key: ClassVar[str] = "ranked"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return is_ranked(schema)

    def control(self, question: Question, language: str) -> Control:
        options = [
            {
                "value": option.raw,
                "title": option.title,
                "description": option.description,
            }
            for option in question.options(language)
        ]
        return Control(
            widget="ranked",
            data={
                "options": options,
                "places": [
                    {
                        "name": str(index),
                        "title": question.said(
                            f"place:{index}",
                            language,
                            place.get("title", str(index + 1)),
                        ),
                        "required": index < question.schema.get("minItems", 0),
                    }
                    for index, place in enumerate(question.schema["prefixItems"])
                ],
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        values = {option.raw: option.value for option in question.options()}
        chosen = []
        for index in range(len(question.schema["prefixItems"])):
            answered = first(raw, str(index))
            if answered and answered not in values:
                raise InvalidAnswer("choice")
            if answered:
                chosen.append(values[answered])
        if len({str(one) for one in chosen}) < len(chosen):
            raise InvalidAnswer("ranked-twice")
        return chosen or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        chosen = value if isinstance(value, list) else []
        return {str(index): [raw_value(one)] for index, one in enumerate(chosen)}

    def display(self, value: Json, question: Question, language: str) -> str:
        chosen = value if isinstance(value, list) else [value]
        titles = {option.raw: option.title for option in question.options(language)}
        words = (titles.get(raw_value(one), raw_value(one)) for one in chosen)
        numbered = (like(f"{n}. {said}", said) for n, said in enumerate(words, 1))
        return listed(numbered, language)
