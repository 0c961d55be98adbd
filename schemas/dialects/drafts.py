"""Which draft of JSON Schema a document is written in, and how drafts differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from schemas.definition import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What sets one draft apart from 2020-12.

    `id` is the keyword that names a resource. `ref_stands_alone`: everything beside
    a `$ref` is ignored. `splits`: `dependencies` instead of `dependentSchemas` and
    `dependentRequired`. `tuples`: `items` may be a list. `flags`: exclusive bounds are
    true or false. `recursive`: `$recursiveRef` instead of `$dynamicRef`.
    """

    name: str
    id: str = "$id"
    ref_stands_alone: bool = False
    splits: bool = False
    tuples: bool = False
    flags: bool = False
    recursive: bool = False


DRAFT_04: Final = Draft(
    name="draft-04",
    id="id",
    ref_stands_alone=True,
    splits=True,
    tuples=True,
    flags=True,
)
DRAFT_06: Final = Draft(
    name="draft-06", ref_stands_alone=True, splits=True, tuples=True
)
DRAFT_07: Final = Draft(
    name="draft-07", ref_stands_alone=True, splits=True, tuples=True
)
DRAFT_2019: Final = Draft(name="2019-09", tuples=True, recursive=True)
DRAFT_2020: Final = Draft(name="2020-12")

BY_URI: Final[Mapping[str, Draft]] = {
    "json-schema.org/draft-04/schema": DRAFT_04,
    "json-schema.org/draft-06/schema": DRAFT_06,
    "json-schema.org/draft-07/schema": DRAFT_07,
    "json-schema.org/draft/2019-09/schema": DRAFT_2019,
    "json-schema.org/draft/2020-12/schema": DRAFT_2020,
}
NEW: Final = frozenset(
    {"$defs", "prefixItems", "dependentRequired", "dependentSchemas", "$anchor"}
)
DRAFT_04_ID: Final = ("http://", "https://", "urn:", "#", "/")


def declared(schema: Json) -> Draft | None:
    """Return the draft that `$schema` names, None when it names none we know."""
    uri = schema.get("$schema") if isinstance(schema, Mapping) else None
    if not isinstance(uri, str):
        return None
    return BY_URI.get(uri.rstrip("#").partition("://")[2])


def draft_of(schema: Json) -> Draft:
    """Return the draft a document declares, else the one its keywords betray.

    >>> draft_of({"items": [{}]}).name, draft_of({"$defs": {}}).name
    ('draft-07', '2020-12')
    """
    found = declared(schema)
    if found is not None:
        return found
    nodes = list(_objects(schema))
    if any(isinstance(n.get(k), bool) for n in nodes for k in EXCLUSIVE):
        return DRAFT_04
    if NEW & {key for node in nodes for key in node}:
        return DRAFT_2020
    return DRAFT_07 if any(_is_old(node) for node in nodes) else DRAFT_2020


EXCLUSIVE: Final = ("exclusiveMinimum", "exclusiveMaximum")


def _is_old(node: Mapping[str, Json]) -> bool:
    return (
        isinstance(node.get("items"), list)
        or isinstance(node.get("dependencies"), Mapping)
        or isinstance(node.get("definitions"), Mapping)
    )


def _objects(value: Json) -> Iterator[Mapping[str, Json]]:
    if isinstance(value, Mapping):
        yield value
        for member in value.values():
            yield from _objects(member)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)
