"""One uploaded file, or several."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.catalogue import text
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, types
from schemas.file_limits import ACCEPTED, LARGEST, kinds_in_words, limit_in_words
from schemas.pointers import ABSENT

REFERENCE: Final = re.compile(r"sha256:[0-9a-f]{64}\Z")
PREFIX: Final = "sha256:"


class File:
    """The answer is the digest of the bytes, which are stored apart."""

    key: ClassVar[str] = "file"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        items = schema.get("items")
        if types(schema) == {"array"} and isinstance(items, Mapping):
            return _is_file(items, ui)
        return types(schema) == {"string"} and _is_file(schema, ui)

    def control(self, question: Question, language: str) -> Control:
        accept = list(question.ui.get("accept", ACCEPTED))
        return Control(
            widget="file",
            data={
                "accept": accept,
                "kinds": kinds_in_words(accept),
                "largest": limit_in_words(question.ui.get("max_bytes", LARGEST)),
                "multiple": takes_many(question),
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        found = [one.strip() for one in raw.get("", []) if one.strip()]
        found = list(dict.fromkeys(found))
        if not all(REFERENCE.match(one) for one in found):
            raise InvalidAnswer("file")
        if not found:
            return ABSENT
        if takes_many(question):
            return found
        return found[-1]

    def raw(self, value: Json, question: Question) -> Raw:
        return {
            "": [str(one) for one in value] if isinstance(value, list) else [str(value)]
        }

    def display(self, value: Json, question: Question, language: str) -> str:
        count = len(value) if isinstance(value, list) else 1
        if count == 1:
            return text("En bifogad fil", language)
        return text("{count} bifogade filer", language, count=count)


def _is_file(schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
    return (
        "contentMediaType" in schema
        or ui.get("widget") == "file"
        or str(schema.get("pattern", "")).lstrip("^").startswith(PREFIX)
    )


def takes_many(question: Question) -> bool:
    """Tell whether several files may be attached to a question."""
    return types(question.schema) == {"array"}
