"""What a condition reads, and the same condition made false over missing data."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Final

from schemas.definition import Json
from schemas.pointers import ABSENT, join, parts
from schemas.subschemas import Subschema, Subschemas

HARMLESS: Final = frozenset(
    {
        "type", "properties", "required", "allOf", "anyOf", "oneOf", "not", "if",
        "then", "else", "$ref", "items", "prefixItems", "contains", "minContains",
        "maxContains", "dependentSchemas", "title", "description", "$comment", "$defs",
        "$id", "$schema", "$anchor",
    }
)  # fmt: skip
"""Keywords that read nothing of an object or array but what stands below them."""

IN_PLACE: Final = ("allOf", "anyOf", "oneOf")
ALONE: Final = ("not", "if", "then", "else")
DEEPEST: Final = 32


def reads(
    source: Subschemas, schema: Json, containers: Container[str] = frozenset()
) -> frozenset[str]:
    """Return the pointers a condition on the answers looks at, rows as `*`.

    Looking whether an object is there is not looking at all it holds: that reads
    `/photo/`, a pointer to nothing within, when no question in it is read.
    `containers` are the pointers of such objects.
    """
    start = Subschema(schema=schema, base=source.root.base, pointer="")
    looks = set(_looks(source, start, "", 0))
    found = {pointer for pointer, is_presence in looks if not is_presence}
    for pointer, is_presence in looks:
        if is_presence and not any(p.startswith(f"{pointer}/") for p, _ in looks):
            found.add(f"{pointer}/" if pointer in containers else pointer)
    return frozenset(found)


def names_read(
    source: Subschemas, here: Subschema, depth: int = 0
) -> frozenset[str] | None:
    """Return the members of an object a condition on it looks at; None for any.

    Whatever else the object holds does not change the condition's outcome.
    """
    schema = here.schema
    if not isinstance(schema, Mapping):
        return frozenset()
    if set(schema) - HARMLESS or depth > DEEPEST:
        return None
    found = {*schema.get("properties", ()), *schema.get("required", ())}
    found |= set(schema.get("dependentSchemas", ()))
    for below in _in_place(source, here):
        names = names_read(source, below, depth + 1)
        if names is None:
            return None
        found |= names
    return frozenset(found)


def strict(source: Subschemas, schema: Json) -> Json:
    """Return the condition with every property it tests required to be there.

    So that what is missing never counts as a match. Under `not` the pointers are
    required beside it, as requiring them within would turn the meaning round.
    """
    start = Subschema(schema=schema, base=source.root.base, pointer="")
    return _strict(source, start, 0)


def restrict(answers: Json, pointers: Iterable[str]) -> Json:
    """Return the answers with nothing but what the pointers address."""
    kept = _kept(answers, [parts(pointer) for pointer in pointers])
    return {} if kept is ABSENT else kept


def _looks(
    source: Subschemas, here: Subschema, pointer: str, depth: int
) -> Iterator[tuple[str, bool]]:
    """Yield each pointer looked at, and whether only for being there."""
    if not isinstance(here.schema, Mapping) or depth > DEEPEST:
        return
    schema = here.schema
    if set(schema) - HARMLESS:
        yield pointer, False
    elif "type" in schema and pointer:
        yield pointer, True
    for name in (*schema.get("required", ()), *schema.get("dependentSchemas", ())):
        yield pointer + join(name), True
    for below in _in_place(source, here):
        yield from _looks(source, below, pointer, depth + 1)
    for name in schema.get("properties", ()):
        child = here.child("properties", name)
        yield from _looks(source, child, pointer + join(name), depth + 1)
    if any(k in schema for k in ("items", "contains", "prefixItems")):
        # How many there are decides too, so the whole list is read.
        yield pointer, False


def _in_place(source: Subschemas, here: Subschema) -> Iterator[Subschema]:
    schema = here.schema
    if "$ref" in schema:
        yield source.resolve(here, schema["$ref"])
    for keyword in IN_PLACE:
        for index in range(len(schema.get(keyword, ()))):
            yield here.child(keyword, index)
    for keyword in ALONE:
        if keyword in schema:
            yield here.child(keyword)
    for name in schema.get("dependentSchemas", ()):
        yield here.child("dependentSchemas", name)


def _strict(source: Subschemas, here: Subschema, depth: int) -> Json:
    if not isinstance(here.schema, Mapping) or depth > DEEPEST:
        return here.schema
    made: dict[str, Any] = dict(here.schema)

    def below(*segments: str | int) -> Json:
        return _strict(source, here.child(*segments), depth + 1)

    extra: list[Json] = []
    if "$ref" in made:
        target = source.resolve(here, made.pop("$ref"))
        extra.append(_strict(source, target, depth + 1))
    for keyword in IN_PLACE:
        if keyword in made:
            made[keyword] = [below(keyword, i) for i in range(len(made[keyword]))]
    if "properties" in made:
        made |= _required(made)
        made["properties"] = {
            name: below("properties", name) for name in made["properties"]
        }
    made |= {k: below(k) for k in ("then", "else", "items", "contains") if k in made}
    extra += [
        _present(source, here.child(keyword), depth + 1)
        for keyword in ("not", "if")
        if keyword in made
    ]
    if extra:
        made["allOf"] = [*made.get("allOf", ()), *extra]
    return made


def _required(schema: Mapping[str, Json]) -> dict[str, Json]:
    tested = [name for name, below in schema["properties"].items() if below is not True]
    return {
        "type": schema.get("type", "object"),
        "required": [*dict.fromkeys([*schema.get("required", ()), *tested])],
    }


def _present(source: Subschemas, here: Subschema, depth: int) -> Json:
    """Return a schema that only requires what the other one tests by value."""
    schema = here.schema
    if not isinstance(schema, Mapping) or depth > DEEPEST:
        return True
    made: dict[str, Any] = {}
    tested = {n: b for n, b in schema.get("properties", {}).items() if b is not True}
    if tested:
        made = {
            "type": "object",
            "required": list(tested),
            "properties": {
                name: _present(source, here.child("properties", name), depth + 1)
                for name in tested
            },
        }
    below = [_present(source, one, depth + 1) for one in _in_place(source, here)]
    return {**made, "allOf": below} if below else made


def _kept(answers: Json, wanted: list[tuple[str, ...]]) -> Json:
    if any(not one for one in wanted):
        return answers
    if not wanted:
        return ABSENT
    if isinstance(answers, Mapping):
        found = {}
        for name, value in answers.items():
            below = [one[1:] for one in wanted if one[0] == name]
            kept = _kept(value, below)
            if kept is not ABSENT:
                found[name] = kept
        return found
    if isinstance(answers, list):
        rows = [
            _kept(item, [one[1:] for one in wanted if one[0] in ("*", str(index))])
            for index, item in enumerate(answers)
        ]
        if any(one[0] != "*" for one in wanted):
            return _by_place(rows)
        # A row without anything addressed is left out: not even its being is told.
        return [row for row in rows if not _is_bare(row)]
    return ABSENT


def _is_bare(row: Json) -> bool:
    """Tell whether nothing is left of a row but what would hold answers."""
    if isinstance(row, Mapping):
        return all(_is_bare(one) for one in row.values())
    if isinstance(row, list):
        return all(_is_bare(one) for one in row)
    return row is ABSENT


def _by_place(places: list[Json]) -> Json:
    """Return a tuple in which what is addressed stands where it stood."""
    while places and places[-1] is ABSENT:
        places.pop()
    return [None if one is ABSENT else one for one in places] or ABSENT
