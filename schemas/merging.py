"""One schema out of all that apply to a question, as a widget needs it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from schemas.definition import Json

# What places other schemas; how those are merged is decided where they stand.
APPLICATORS: Final = frozenset(
    {
        "$ref", "$dynamicRef", "$id", "$schema", "$defs", "$anchor", "$dynamicAnchor",
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas",
        "properties", "patternProperties", "items", "prefixItems", "required",
        "dependentRequired", "unevaluatedProperties", "unevaluatedItems",
    }
)  # fmt: skip


def _both(one: Json, other: Json) -> Json:
    return one or other


def _common(one: list[Json], other: list[Json]) -> list[Json]:
    return [value for value in one if value in other]


def _first(one: Json, _other: Json) -> Json:
    return one


TIGHTER: Final[Mapping[str, Callable[[Any, Any], Json]]] = {
    "minimum": max, "exclusiveMinimum": max, "minLength": max, "minItems": max,
    "minContains": max, "maximum": min, "exclusiveMaximum": min, "maxLength": min,
    "maxItems": min, "uniqueItems": _both, "readOnly": _both, "enum": _common,
    "deprecated": _both, "writeOnly": _both,
}  # fmt: skip


def _either(one: list[Json], other: list[Json]) -> list[Json]:
    return [*one, *(value for value in other if value not in one)]


LOOSER: Final[Mapping[str, Callable[[Any, Any], Json]]] = {
    "minimum": min, "exclusiveMinimum": min, "minLength": min, "minItems": min,
    "maximum": max, "exclusiveMaximum": max, "maxLength": max, "maxItems": max,
    "enum": _either,
}  # fmt: skip


def merge(
    schemas: Iterable[Mapping[str, Json]], *, is_possible: bool = False
) -> dict[str, Json]:
    """Return their keywords together: the tighter bound, else the first said.

    Schemas that are only possible together, as branches of which one applies, keep
    the looser bound and everybody's values.
    """
    rules = LOOSER if is_possible else TIGHTER
    merged: dict[str, Json] = {}
    for schema in schemas:
        for keyword, value in schema.items():
            if keyword in APPLICATORS:
                continue
            if keyword in merged:
                merged[keyword] = rules.get(keyword, _first)(merged[keyword], value)
            else:
                merged[keyword] = value
    return merged


def defines(schema: Mapping[str, Json]) -> bool:
    """Tell whether a mention asks, rather than only narrows: section B3."""
    return "type" in schema or "title" in schema or "$ref" in schema
