"""Whether the positions of an array are questions of their own, or one ranked choice."""

from collections.abc import Mapping
from typing import Final

from schemas.definition import Json
from schemas.field_type import has_options, options_of, types

COUNTED: Final = ("minItems", "maxItems")
"""What counts the positions of a tuple and all that follows them."""


def is_tuple(schema: Mapping[str, Json]) -> bool:
    """Tell whether each position of an array is a question of its own."""
    places = schema.get("prefixItems", ())
    is_array = types(schema) == {"array"} and not has_options(schema)
    return is_array and bool(places) and not is_ranked(schema)


def is_ranked(schema: Mapping[str, Json]) -> bool:
    """Tell whether the positions of an array are the same options in order."""
    return types(schema) == {"array"} and ranks(schema)


def ranks(schema: Mapping[str, Json]) -> bool:
    """Tell whether each position has the same options, they must differ, and it ends."""
    places = schema.get("prefixItems", ())
    offered = [[one.value for one in options_of(place, {})] for place in places]
    return (
        schema.get("uniqueItems") is True
        and all(offered)
        and all(one == offered[0] for one in offered)
        and bool(offered)
        and list_after(schema) is None
    )


def list_after(schema: Mapping[str, Json]) -> dict[str, Json] | None:
    """Return what is asked after the positions as a list, None if nothing is.

    >>> list_after({"prefixItems": [{}], "items": {"type": "string"}, "maxItems": 3})
    {'type': 'array', 'items': {'type': 'string'}, 'maxItems': 2}
    >>> list_after({"prefixItems": [{}], "items": True}) is None
    True
    """
    items, places = schema.get("items"), schema.get("prefixItems")
    if not places or not isinstance(items, Mapping) or not items:
        return None
    found: dict[str, Json] = {"type": "array", "items": items}
    if "title" in items:
        found["title"] = items["title"]
    for bound in COUNTED:
        if bound in schema:
            found[bound] = max(0, schema[bound] - len(places))
    return found
