"""Documents made for a schema: mostly what it asks for, now and then something else."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

DEEPEST = 5
TEXTS = [
    "", "a", "AB12", "x-1", "street", "2027-01-01", "2027-02-30", "07:30", "P1Y",
    "2027-01-01T08:00:00Z", "x@example.se", "https://example.se/", "202107142388",
    "559999-0008", "123 45", "0701740605", "127.0.0.1", "person", "company",
]  # fmt: skip
SCALARS = {
    "string": st.sampled_from(TEXTS) | st.text(max_size=4),
    "integer": st.integers(-2, 12),
    "number": st.integers(-2, 12) | st.floats(-2, 2).map(lambda x: round(x, 2)),
    "boolean": st.booleans(),
    "null": st.none(),
}
scalars = st.one_of(*SCALARS.values())
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def documents(draw: Any, schema: Any) -> Any:
    """Draw a document for a schema, with something in it changed in half of them."""
    value = _drawn(draw, schema, schema, 0)
    for _ in range(draw(st.integers(0, 2))):
        value = changed(draw, value)
    return value


@st.composite
def mutated(draw: Any, valid: Any) -> Any:
    """Draw a value with something in it changed, taken away or added."""
    value = draw(valid)
    for _ in range(draw(st.integers(0, 2))):
        value = changed(draw, value)
    return value


def changed(draw: Any, value: Any) -> Any:
    """Return a value with one thing in it otherwise."""
    if isinstance(value, dict) and value and draw(st.booleans()):
        name = draw(st.sampled_from(sorted(value)))
        how = draw(st.sampled_from(["within", "without", "beside"]))
        if how == "without":
            return {k: v for k, v in value.items() if k != name}
        if how == "beside":
            return {**value, draw(st.text(max_size=3)): draw(values)}
        return {**value, name: changed(draw, value[name])}
    if isinstance(value, list) and value and draw(st.booleans()):
        place = draw(st.integers(0, len(value) - 1))
        return [changed(draw, v) if i == place else v for i, v in enumerate(value)]
    return draw(values)


def _drawn(draw: Any, schema: Any, root: Any, depth: int) -> Any:
    if not isinstance(schema, Mapping) or depth > DEEPEST:
        return draw(scalars)
    together = dict(_conjuncts(draw, schema, root))
    constants = [together["const"]] if "const" in together else together.get("enum", [])
    if constants:
        return draw(st.sampled_from(constants))
    kind = together.get("type", "object" if "properties" in together else "string")
    kind = draw(st.sampled_from(kind)) if isinstance(kind, list) else kind
    if kind == "object":
        return {
            name: _drawn(draw, below, root, depth + 1)
            for name, below in together.get("properties", {}).items()
            if draw(st.integers(0, 3))
        }
    if kind == "array":
        prefix = together.get("prefixItems", [])
        rest = [together.get("items", True)] * draw(st.integers(0, 3))
        return [_drawn(draw, below, root, depth + 1) for below in (*prefix, *rest)]
    return draw(SCALARS[kind])


def _conjuncts(draw: Any, schema: Mapping[str, Any], root: Any) -> dict[str, Any]:
    """Return a schema together with one way through its applicators."""
    found = dict(schema)
    beside = [*schema.get("allOf", ())]
    beside += [_target(root, schema[k]) for k in ("$ref", "$dynamicRef") if k in schema]
    beside += [
        draw(st.sampled_from(schema[k])) for k in ("oneOf", "anyOf") if k in schema
    ]
    beside += [
        schema[k] for k in ("then", "else") if k in schema and draw(st.booleans())
    ]
    beside += schema.get("dependentSchemas", {}).values()
    for one in beside:
        if isinstance(one, Mapping):
            more = _conjuncts(draw, one, root)
            both = {**found.get("properties", {}), **more.get("properties", {})}
            found = {**more, **found, **({"properties": both} if both else {})}
    return found


def _target(root: Any, reference: str) -> Any:
    if not reference.startswith("#/"):
        return _anchored(root, reference[1:]) if reference != "#" else root
    here = root
    for part in reference[2:].split("/"):
        here = here[part]
    return here


def _anchored(schema: Any, name: str) -> Any:
    if isinstance(schema, Mapping):
        if name in (schema.get("$anchor"), schema.get("$dynamicAnchor")):
            return schema
        return next((f for v in schema.values() if (f := _anchored(v, name))), None)
    return None
