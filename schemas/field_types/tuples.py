"""A fixed number of questions, stored as one list in their order."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, types
from schemas.following import divided, name_after
from schemas.inside import display_parts, parse_parts, raw_parts
from schemas.pointers import ABSENT
from schemas.positions import is_tuple

EMPTY: Mapping[frozenset[str], Json] = {
    frozenset({"object"}): {},
    frozenset({"array"}): [],
    frozenset({"null"}): None,
}
"""What stands for an open position before an answered one, where anything can."""


class Tuple:
    """An array with a question for each position; posted as `0`, `1` and so on."""

    key: ClassVar[str] = "tuple"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return is_tuple(schema)

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="tuple")

    def parse(self, raw: Raw, question: Question) -> Json:
        found = parse_parts(raw, question)
        if not found:
            return ABSENT
        count = len(question.schema["prefixItems"])
        after = found.pop(name_after(count), [])
        end = count if after else max(map(int, found)) + 1
        positions = [
            found[str(place)] if str(place) in found else _open(question, place)
            for place in range(_end(question, end))
        ]
        return positions + after

    def raw(self, value: Json, question: Question) -> Raw:
        return raw_parts(divided(value, question), question)

    def display(self, value: Json, question: Question, language: str) -> str:
        parted = divided(value, question)
        return display_parts(parted, question, language)


def _end(question: Question, end: int) -> int:
    """Return where the list ends: required objects stand in it for their own members."""
    places, least = question.schema["prefixItems"], question.schema.get("minItems", 0)
    while end < min(least, len(places)) and types(places[end]) == {"object"}:
        end += 1
    return end


def _open(question: Question, place: int) -> Json:
    """Return what stands in a position that is open although a later one is not.

    Raises:
        InvalidAnswer: nothing can: the list would close up, and its answers move.
    """
    schema = question.schema["prefixItems"][place]
    if types(schema) in EMPTY:
        return EMPTY[types(schema)]
    raise InvalidAnswer("place-before", part=str(place))
