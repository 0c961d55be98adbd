"""Conditions that wait for an answer nobody can give."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from schemas.conditions import visited
from schemas.definition import Json
from schemas.errors import Problem
from schemas.field_type import has_options
from schemas.json_types import is_of
from schemas.lint_subject import Subject, problem
from schemas.pointers import join
from schemas.resources import Resource


def impossible_comparison(subject: Subject) -> Iterator[Problem]:
    """FB174: a condition compares with a value that its question can never have."""
    for condition in subject.conditions:
        for one in visited(
            condition.schema,
            base=condition.base,
            at=condition.at,
            resolve=condition.resource.schema,
        ):
            for place, value in _compared(one.schema):
                offered = _offered(subject, one.base)
                if offered and not any(_may_be(value, one) for one in offered):
                    yield problem(
                        "FB174",
                        one.at + place,
                        f"{one.base} kan aldrig vara ”{value}”.",
                        _advice(value, offered),
                        subject.strictness,
                    )


def _compared(schema: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    """Yield what a schema compares with, and where it does."""
    if "const" in schema:
        yield "/const", schema["const"]
    for index, value in enumerate(schema.get("enum", ())):
        yield join("enum", index), value


def _offered(
    subject: Subject, pointer: str
) -> list[tuple[frozenset[str], list[Json] | None]]:
    """Return the types and, if they are listed, the values of each definition."""
    above, row, below = pointer.rpartition("/*")
    is_item = bool(row) and not below
    mentions = subject.trace.defined.get(pointer, ())
    found = [(mention.resource, mention.schema) for mention in mentions]
    if is_item and not found:
        found = [
            (mention.resource, one["items"])
            for mention in subject.trace.defined.get(above, ())
            for one in mention.resource.conjuncts(mention.schema)
            if "items" in one
        ]
    return [_values(subject, resource, schema) for resource, schema in found]


def _values(
    subject: Subject, resource: Resource, schema: Json
) -> tuple[frozenset[str], list[Json] | None]:
    types: set[str] = set()
    values: list[Json] | None = None
    for one in resource.conjuncts(schema):
        named = one.get("type", ())
        types |= {named} if isinstance(named, str) else set(named)
        listed = _listed(subject, one)
        values = listed if values is None else values
    return frozenset(types), values


def _listed(subject: Subject, schema: Mapping[str, Json]) -> list[Json] | None:
    """Return the values a schema lists, None if it lists none."""
    urn = str(schema.get("$ref", ""))
    if Resource.is_code_list(urn) and subject.directory is not None:
        codes = subject.directory.code_lists.get(urn)
        return [entry.code for entry in codes.entries] if codes else None
    if "const" in schema:
        return [schema["const"]]
    if not has_options(schema):
        return None
    options = schema.get("oneOf", schema.get("anyOf"))
    return [one["const"] for one in options] if options else list(schema["enum"])


def _may_be(value: Json, offered: tuple[frozenset[str], list[Json] | None]) -> bool:
    types, values = offered
    return (not types or is_of(value, types)) and (values is None or value in values)


def _advice(
    value: Json, offered: list[tuple[frozenset[str], list[Json] | None]]
) -> str:
    known = [str(one) for _, values in offered for one in values or ()]
    close = get_close_matches(str(value), known, n=1)
    if close:
        return f"Menade du ”{close[0]}”?"
    if known:
        return f"Skriv något av {', '.join(known)}."
    types = sorted({name for names, _ in offered for name in names})
    return f"Svaret är av typen {' eller '.join(types)}."


RULES = (impossible_comparison,)
