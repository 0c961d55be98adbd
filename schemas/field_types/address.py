"""A postal address: street, postal code and city, and c/o where it is asked."""

from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.addresses import address_lines
from schemas.definition import Json
from schemas.field_type import Control, Question, Raw, types
from schemas.inside import parse_parts, raw_parts
from schemas.pointers import ABSENT

TOKENS: Final[Mapping[str, str]] = {
    "care_of": "address-line2",
    "street": "address-line1",
    "postal_code": "postal-code",
    "city": "address-level2",
}
"""What a browser may fill in (WCAG 2.2 SC 1.3.5), by member."""


class Address:
    """An object asked as one address; posted as `street`, `postal_code` and so on."""

    key: ClassVar[str] = "address"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return types(schema) == {"object"} and ui.get("widget") == "address"

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="address", data={"tokens": TOKENS})

    def parse(self, raw: Raw, question: Question) -> Json:
        return parse_parts(raw, question) or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        return raw_parts(value, question)

    def display(self, value: Json, question: Question, language: str) -> str:
        return ", ".join(address_lines(value))
