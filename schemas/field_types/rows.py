"""A repeating table: any number of rows with the same questions."""

from collections.abc import Mapping
from typing import ClassVar, Final

from schemas.definition import Json
from schemas.errors import InvalidAnswer, first_of
from schemas.field_type import Control, Question, Raw, has_options, types
from schemas.inside import display_parts, is_row, parse_parts, raw_parts
from schemas.pointers import ABSENT


def by_row(raw: Raw) -> dict[int, dict[str, list[str]]]:
    """Return what was posted for each row, by its number, in order.

    >>> by_row({"1.a": ["x"], "0.a": ["y"], "0.b-day": ["2"], "": ["z"]})
    {0: {'a': ['y'], 'b-day': ['2']}, 1: {'a': ['x']}}
    """
    found: dict[int, dict[str, list[str]]] = {}
    for key, texts in raw.items():
        head, _, rest = key.partition(".")
        if is_row(head):
            found.setdefault(int(head), {})[rest] = texts
    return dict(sorted(found.items()))


USUAL_ROWS: Final = 50
"""How many rows one may add where the schema sets no limit."""

EMPTY: Final[tuple[Json, ...]] = ({}, [], "")
"""What a row is that nobody has filled in; a zero and a no are answers."""


def fewest(question: Question) -> int:
    """Return how many rows are shown at least."""
    least: int = question.schema.get("minItems", 0)
    return max(least, 1 if question.required else 0)


def kept_rows(raw: Raw, question: Question) -> list[Raw]:
    """Return the rows that become part of the answer; all of them can be read."""
    rows = by_row(raw).values()
    return [row for row in rows if parse_parts(row, question) not in EMPTY]


class Rows:
    """An array of objects, of lists or of several kinds; posted as `0.name`, `1.name`, … and closed up."""

    key: ClassVar[str] = "rows"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        items = schema.get("items")
        if types(schema) != {"array"} or not isinstance(items, Mapping):
            return False
        is_list = types(items) == {"array"} and not has_options(items)
        return types(items) == {"object"} or is_list or _is_of_kinds(items)

    def control(self, question: Question, language: str) -> Control:
        return Control(widget="rows")

    def parse(self, raw: Raw, question: Question) -> Json:
        rows: list[Json] = []
        refused: list[InvalidAnswer] = []
        for place, row in enumerate(by_row(raw).values()):
            try:
                rows.append(parse_parts(row, question))
            except InvalidAnswer as refusal:
                refused += (_in_row(place, one) for one in refusal.every)
        if refused:
            raise first_of(refused)
        return [row for row in rows if row not in EMPTY] or ABSENT

    def raw(self, value: Json, question: Question) -> Raw:
        rows = value if isinstance(value, list) else []
        return {
            key: values
            for index, row in enumerate(rows)
            for key, values in raw_parts(row, question, str(index)).items()
        }

    def display(self, value: Json, question: Question, language: str) -> str:
        rows = value if isinstance(value, list) else [value]
        return "; ".join(display_parts(row, question, language) for row in rows)


def _is_of_kinds(items: Mapping[str, Json]) -> bool:
    """Tell whether an item is of one kind or another, and nothing else says which."""
    return "oneOf" in items and not types(items) and not has_options(items)


def _in_row(place: int, refusal: InvalidAnswer) -> InvalidAnswer:
    """Return a refusal with its row's place as shown and the cell's name as `part`."""
    named = (str(place), refusal.values["part"])
    part = ".".join(str(one) for one in named if one)
    return InvalidAnswer(refusal.code, **{**refusal.values, "part": part})
