"""The schemas directly inside a schema, and where each of them stands in 2020-12."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from schemas.definition import Json
from schemas.dialects.drafts import DRAFT_2020, Draft

MAPS: Final = {
    "properties": "properties",
    "patternProperties": "patternProperties",
    "$defs": "$defs",
    "definitions": "$defs",
    "dependentSchemas": "dependentSchemas",
}
LISTS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SINGLES: Final = frozenset(
    {"additionalProperties", "unevaluatedProperties", "unevaluatedItems", "if", "then",
     "else", "not", "contains", "propertyNames", "contentSchema"}
)  # fmt: skip

Segments = tuple[str | int, ...]
Member = tuple[Segments, Segments, Json]
"""Where a schema stands now, where it shall stand, and the schema."""


def members(schema: Mapping[str, Json], draft: Draft) -> Iterator[Member]:
    """Yield every schema directly inside one."""
    alone = draft.ref_stands_alone and isinstance(schema.get("$ref"), str)
    for keyword, value in schema.items():
        if not alone or keyword in ("$defs", "definitions"):
            yield from _of(keyword, value, schema, draft)


def _of(
    keyword: str, value: Json, schema: Mapping[str, Json], draft: Draft
) -> Iterator[Member]:
    if keyword in MAPS and isinstance(value, Mapping):
        for name, member in value.items():
            yield (keyword, name), (MAPS[keyword], name), member
    elif keyword == "dependencies" and draft.splits and isinstance(value, Mapping):
        for name, member in value.items():
            if isinstance(member, Mapping | bool):
                yield (keyword, name), ("dependentSchemas", name), member
    elif keyword in LISTS and isinstance(value, list):
        for index, member in enumerate(value):
            yield (keyword, index), (keyword, index), member
    elif keyword in SINGLES:
        yield (keyword,), (keyword,), value
    elif keyword in ("items", "additionalItems"):
        yield from _items(keyword, value, schema, draft)


def _items(
    keyword: str, value: Json, schema: Mapping[str, Json], draft: Draft
) -> Iterator[Member]:
    is_tuple = draft.tuples and isinstance(schema.get("items"), list)
    if keyword == "additionalItems":
        if is_tuple:
            yield (keyword,), ("items",), value
    elif is_tuple:
        for index, member in enumerate(value):
            yield (keyword, index), ("prefixItems", index), member
    else:
        yield (keyword,), (keyword,), value


def rewritten(
    schema: Json, change: Callable[[dict[str, Json]], dict[str, Json]]
) -> Json:
    """Return a schema of 2020-12 with every schema in it changed, innermost first."""
    if not isinstance(schema, Mapping):
        return schema
    made = dict(schema)
    for (keyword, *rest), _, member in members(schema, DRAFT_2020):
        inner = rewritten(member, change)
        if not rest:
            made[str(keyword)] = inner
        elif isinstance(schema[keyword], list):
            made[str(keyword)] = [*made[str(keyword)]]
            made[str(keyword)][int(rest[0])] = inner
        else:
            made[str(keyword)] = {**made[str(keyword)], rest[0]: inner}
    return change(made)
