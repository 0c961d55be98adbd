"""A time of day, HH:MM."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first, types
from schemas.pointers import ABSENT

TYPED: Final = re.compile(r"(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2}))?\Z")
BARE: Final = re.compile(r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})\Z")
SAMPLES: Final = ("00:00", "07:30", "16:05")
NOT_SAMPLES: Final = ("7:30", "24:00", "16:60", "abc")
HOURS: Final = 24
MINUTES: Final = 60


class ClockTime:
    """Found by its pattern: `format: time` needs seconds and an offset."""

    key: ClassVar[str] = "time"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        if types(schema) != {"string"} or "pattern" not in schema:
            return False
        return ui.get("widget") == "time" or _is_time(str(schema["pattern"]))

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={
                "input_type": "text",
                "inputmode": "numeric",
                "width": "5",
                "placeholder": "",
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        typed = first(raw)
        if not typed:
            return ABSENT
        found = TYPED.match(typed) or BARE.match(typed)
        if found is None:
            raise InvalidAnswer("time")
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if hour >= HOURS or minute >= MINUTES:
            raise InvalidAnswer("time")
        return f"{hour:02}:{minute:02}"

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [str(value)]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return str(value)


def _is_time(pattern: str) -> bool:
    """Tell whether a pattern means HH:MM, by what it accepts and refuses."""
    if ":" not in pattern:
        return False
    try:
        compiled = re.compile(pattern)
    except re.error:
        return False
    return all(compiled.search(one) for one in SAMPLES) and not any(
        compiled.search(one) for one in NOT_SAMPLES
    )
