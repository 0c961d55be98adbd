"""An e-mail address."""

from collections.abc import Mapping
from typing import ClassVar, Final

import jsonschema_rs

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first
from schemas.pointers import ABSENT

ADDRESS: Final = jsonschema_rs.validator_for(
    {"type": "string", "format": "email"}, validate_formats=True, offline=True
)


class Email:
    """An address as RFC 5321 writes it, with a dot in its host."""

    key: ClassVar[str] = "email"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("format") in ("email", "idn-email")

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={
                "input_type": "email",
                "autocomplete": question.ui.get("autocomplete", "email"),
                "inputmode": "email",
                "maxlength": question.schema.get("maxLength"),
                "width": question.ui.get("width", ""),
                "spellcheck": False,
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        text = first(raw)
        if not text:
            return ABSENT
        host = text.rpartition("@")[2]
        if not ADDRESS.is_valid(text) or "." not in host:
            raise InvalidAnswer("email")
        return text

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)
