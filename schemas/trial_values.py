"""Values that bring out every outcome of a condition."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from schemas.definition import Json
from schemas.pointers import join

MAX_MENTIONED: Final = 6
MAX_TOGETHER: Final = 4
OTHER: Final = "annat värde"
BOUNDS: Final = {
    "minimum": -1,
    "maximum": 1,
    "exclusiveMinimum": 1,
    "exclusiveMaximum": -1,
}

TRIED: Final = frozenset(
    {"properties", "required", "const", "enum", "type", "contains", "not", "title"}
    | {"allOf", "anyOf", "oneOf", "if", "then", "else", "$comment", *BOUNDS}
)
"""Keywords whose every outcome some world shows."""


def constants(schema: Json, base: str) -> Iterator[tuple[str, Json]]:
    """Yield what a condition compares each pointer with."""
    if not isinstance(schema, Mapping):
        return
    yield from ((base, value) for value in _compared(schema))
    for name, member in schema.get("properties", {}).items():
        yield from constants(member, base + join(name))
    for keyword in ("allOf", "anyOf", "oneOf"):
        for member in schema.get(keyword, ()):
            yield from constants(member, base)
    for keyword in ("not", "if", "then", "else"):
        yield from constants(schema.get(keyword), base)
    yield from constants(schema.get("items"), base + "/*")


def _compared(schema: Mapping[str, Json]) -> list[Json]:
    """Return values on both sides of what a schema says of the value itself."""
    held = [[value] for value in _held(schema.get("contains"))]
    bounds = [
        schema[keyword] + step
        for keyword, beyond in BOUNDS.items()
        if keyword in schema
        for step in (0, beyond)
    ]
    return [*_held(schema), *bounds, *held]


def tells_all(schema: Json) -> bool:
    """Tell whether the values tried show every outcome the condition can have."""
    if isinstance(schema, Mapping):
        return schema.keys() <= TRIED and all(
            tells_all(member)
            for keyword, value in schema.items()
            for member in _below(keyword, value)
        )
    return isinstance(schema, bool)


def _below(keyword: str, value: Json) -> list[Json]:
    if keyword == "properties":
        return list(value.values())
    if keyword in ("allOf", "anyOf", "oneOf"):
        return list(value)
    return [value] if keyword in ("not", "if", "then", "else", "contains") else []


def _held(schema: Json) -> list[Json]:
    if not isinstance(schema, Mapping):
        return []
    return [schema["const"]] if "const" in schema else list(schema.get("enum", ()))


def candidates(mentioned: list[Json], shape: str) -> list[Json]:
    """Return values of a type on both sides of what conditions compare with."""
    if shape == "boolean":
        return [True, False]
    found = mentioned[:MAX_MENTIONED]
    if shape == "array":
        items = [one[0] for one in found if isinstance(one, list)][:MAX_TOGETHER]
        sizes = range(1, len(items) + 1)
        return [*([*some] for n in sizes for some in combinations(items, n)), [OTHER]]
    other: Json = 12345 if shape in ("integer", "number") else OTHER
    return [*(one for one in found if not isinstance(one, list)), other]
