"""An amount of money, typed in kronor, stored in whole öre."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first, types
from schemas.pointers import ABSENT

AMOUNT: Final = re.compile(
    r"(?P<kronor>-?[0-9]{1,12})(?:[,.:](?P<cents>[0-9]{1,2}|-))?\Z"
)
NOISE: Final = re.compile(r"[ \u00a0\u202f]|(?i:kr\.?|kronor|sek)\Z")
ORE: Final = 100


class Money:
    """An integer of öre; widget `money` says so."""

    key: ClassVar[str] = "money"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return types(schema) == {"integer"} and (
            ui.get("widget") == "money" or schema.get("format") == "money"
        )

    def control(self, question: Question, language: str) -> Control:
        return Control(
            widget="text",
            data={
                "input_type": "text",
                "inputmode": "decimal",
                "width": "10",
                "suffix": "kr",
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        text = NOISE.sub("", NOISE.sub("", first(raw))).replace("\u2212", "-")
        if not text:
            return ABSENT
        found = AMOUNT.match(text)
        if found is None:
            raise InvalidAnswer("money")
        ore = (found["cents"] or "").replace("-", "").ljust(2, "0")
        kronor = int(found["kronor"])
        sign = -1 if found["kronor"].startswith("-") else 1
        return kronor * ORE + sign * int(ore)

    def raw(self, value: Json, question: Question) -> Raw:
        return {"": [_written(value, "")]}

    def display(self, value: Json, question: Question, language: str) -> str:
        return f"{_written(value, chr(0xA0))} kr"


def _written(value: Json, between: str) -> str:
    if not isinstance(value, int):
        return str(value)
    kronor, ore = divmod(abs(value), ORE)
    sign = "-" if value < 0 else ""
    return f"{sign}{kronor:,}".replace(",", between) + f",{ore:02}"
