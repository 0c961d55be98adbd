"""Whether the positions of an array are questions of their own, or one ranked choice."""

from collections.abc import Mapping

from schemas.definition import Json
from schemas.field_type import has_options, options_of, types


def is_tuple(schema: Mapping[str, Json]) -> bool:
    """Tell whether each position of an array is a question of its own."""
    places = schema.get("prefixItems", ())
    is_array = types(schema) == {"array"} and not has_options(schema)
    return is_array and bool(places) and not is_ranked(schema)


def is_ranked(schema: Mapping[str, Json]) -> bool:
    """Tell whether the positions of an array are the same options in order."""
    return types(schema) == {"array"} and ranks(schema)


def ranks(schema: Mapping[str, Json]) -> bool:
    """Tell whether each position has the same options, and they must differ."""
    places = schema.get("prefixItems", ())
    offered = [[one.value for one in options_of(place, {})] for place in places]
    return (
        schema.get("uniqueItems") is True
        and all(offered)
        and all(one == offered[0] for one in offered)
        and bool(offered)
    )
