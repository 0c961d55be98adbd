"""What the members of a union say unconditionally: their properties, kinds and names."""

from collections.abc import Iterator, Mapping
from typing import Final

from schemas.definition import Json
from schemas.field_type import types
from schemas.subschemas import Subschema, Subschemas

ASKING: Final = frozenset({"properties", "items", "prefixItems", "patternProperties"})


def conjuncts(
    source: Subschemas, here: Subschema, seen: frozenset[str] = frozenset()
) -> Iterator[Subschema]:
    """Yield the schema and all it includes by `$ref` and `allOf`."""
    place = f"{here.base}#{here.pointer}"
    if not isinstance(here.schema, Mapping) or place in seen:
        return
    yield here
    below = [here.child("allOf", i) for i in range(len(here.schema.get("allOf", ())))]
    if isinstance(here.schema.get("$ref"), str):
        below.append(source.resolve(here, here.schema["$ref"]))
    for one in below:
        yield from conjuncts(source, one, seen | {place})


def is_null(source: Subschemas, here: Subschema) -> bool:
    """Tell whether a member only says that there may be nothing."""
    said = list(conjuncts(source, here))
    return any(one.schema.get("type") == "null" for one in said) or (
        len(said) == 1 and said[0].schema.get("const", "") is None
    )


def asks(source: Subschemas, here: Subschema) -> bool:
    """Tell whether a member has members of its own to ask."""
    return any(ASKING & one.schema.keys() for one in conjuncts(source, here))


def kinds(source: Subschemas, here: Subschema) -> frozenset[str]:
    """Return the types a member allows, none when it names none."""
    found: frozenset[str] = frozenset()
    for one in conjuncts(source, here):
        named = types(one.schema)
        found = named & found if named and found else named | found
    return found


def properties(
    source: Subschemas, here: Subschema
) -> tuple[dict[str, Json], frozenset[str]]:
    """Return the properties and the required names a member states."""
    found: dict[str, Json] = {}
    required: set[str] = set()
    for one in conjuncts(source, here):
        found = {**one.schema.get("properties", {}), **found}
        required |= set(one.schema.get("required", ()))
    return found, frozenset(required)


def title(source: Subschemas, here: Subschema, number: int) -> str:
    """Return what people call a member: its title, else what sets it apart."""
    for one in conjuncts(source, here):
        if one.schema.get("title"):
            return str(one.schema["title"])
    stated, required = properties(source, here)
    constants = [
        str(schema.get("title") or schema["const"])
        for schema in stated.values()
        if isinstance(schema, Mapping) and "const" in schema
    ]
    named = constants or [
        str(schema.get("title") or name) if isinstance(schema, Mapping) else name
        for name, schema in stated.items()
        if name in required or not required
    ]
    said = ", ".join(named[:3]) or _described(source, here)
    return said or _listed(source, here) or str(number)


def _listed(source: Subschemas, here: Subschema) -> str:
    """Return what people call a list of something that has a title: the first of them.

    It often stands beside one such thing alone.
    """
    items = (
        one.child("items")
        for one in conjuncts(source, here)
        if isinstance(one.schema.get("items"), Mapping)
    )
    titles = (one.schema.get("title") for i in items for one in conjuncts(source, i))
    return next((f"{title} 1, 2 …" for title in titles if title), "")


def _described(source: Subschemas, here: Subschema) -> str:
    said = (one.schema.get("description") for one in conjuncts(source, here))
    return next((str(one) for one in said if one), "")
