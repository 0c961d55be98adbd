"""Limits and formats of a schema's own that no answer can be held to."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from schemas.definition import Json
from schemas.errors import Problem
from schemas.field_type import UNANSWERED
from schemas.formats import CHECKS, STANDARD
from schemas.json_types import is_of
from schemas.lint_subject import Subject, problem
from schemas.pointers import join

PAIRS: Final = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
    ("minimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "maximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
)

FORMATS: Final = CHECKS.keys() | STANDARD | {"money"}
"""Those of texts, and the one that only says how a number is asked."""


def no_room(subject: Subject) -> Iterator[Problem]:
    """FB175: limits or values that no answer can keep to."""
    for at, schema in subject.written_schemas():
        for low, high in PAIRS:
            if _is_crossed(low, schema.get(low), high, schema.get(high)):
                yield problem(
                    "FB175",
                    at + join(high),
                    f"{high} är {schema[high]}, men {low} är {schema[low]}.",
                    f"Höj {high} eller sänk {low}.",
                    subject.strictness,
                )
        yield from _listed(subject, at, schema)


def _is_crossed(low_name: str, low: Json, high_name: str, high: Json) -> bool:
    if not is_of(low, ("number",)) or not is_of(high, ("number",)):
        return False
    is_open = "exclusive" in low_name + high_name
    return bool(low >= high if is_open else low > high)


def _listed(subject: Subject, at: str, schema: Mapping[str, Json]) -> Iterator[Problem]:
    """Yield the values to choose among that are none of the schema's types."""
    named = schema.get("type", ())
    types = [named] if isinstance(named, str) else named
    values = schema.get("enum")
    if values is not None and all(one in UNANSWERED for one in values):
        yield problem(
            "FB175",
            at + "/enum",
            "Det finns inget att välja på.",
            "Skriv värdena i enum, eller ta bort enum.",
            subject.strictness,
        )
    for index, value in enumerate(values or ()):
        if types and not is_of(value, types):
            yield problem(
                "FB175",
                at + join("enum", index),
                f"”{value}” är inte av typen {' eller '.join(types)}.",
                "Skriv ett värde av den typen, eller ändra type.",
                subject.strictness,
            )


def unknown_format(subject: Subject) -> Iterator[Problem]:
    """FB184: a format that nothing knows, so it checks nothing."""
    for at, schema in subject.written_schemas():
        named = schema.get("format")
        if not isinstance(named, str) or named in FORMATS:
            continue
        close = difflib.get_close_matches(named, FORMATS, n=1)
        yield problem(
            "FB184",
            at + join("format"),
            f"”{named}” är inget format som finns, så det kontrollerar ingenting.",
            f"Menade du ”{close[0]}”?"
            if close
            else "Skriv till exempel date, email, phone eller postal-code, eller ta bort det.",
            "warning",
        )


RULES = (no_room, unknown_format)
