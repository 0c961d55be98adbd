"""Rules that show and hide questions, as conditions of the schema itself.

A question that is hidden is one that is not asked: `else: {properties: {x: false}}`.
That is the same only where the schema does not require the answer anyway, and where
the rule does not read the very question it hides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.definition import Json
from schemas.errors import Problem
from schemas.importing.layout import Rule, notice
from schemas.pointers import covers, parts


@dataclass(slots=True)
class Ruled:
    """A schema with the rules that could be written into it, and the others."""

    schema: Json
    notices: list[Problem] = field(default_factory=list)


def with_rules(
    schema: Json, rules: tuple[Rule, ...], required: frozenset[str]
) -> Ruled:
    """Return the schema with every rule that has an exact equal."""
    conditions = []
    ruled = Ruled(schema)
    for rule in rules:
        problem = _hindrance(rule, required)
        if problem is not None:
            ruled.notices.append(problem)
            continue
        hidden: Json = {"allOf": [below(one, False) for one in rule.fields]}
        if len(rule.fields) == 1:
            hidden = below(rule.fields[0], False)
        branch = "else" if rule.asks else "then"
        conditions.append({"if": rule.condition, branch: hidden})
    if conditions:
        ruled.schema = {**schema, "allOf": [*schema.get("allOf", ()), *conditions]}
    return ruled


def _hindrance(rule: Rule, required: frozenset[str]) -> Problem | None:
    """Return why a rule cannot be a condition, None if it can."""
    why = ""
    if not rule.fields:
        why = "Den gäller ingen fråga i schemat."
    elif any("*" in parts(one) for one in (*rule.fields, *rule.reads)):
        why = "Den gäller rader i en lista."
    elif set(rule.fields) & required:
        named = ", ".join(sorted(set(rule.fields) & required))
        why = f"Schemat kräver alltid {named}, också när regeln döljer den."
    elif any(covers(one, read) for one in rule.fields for read in rule.reads):
        why = "Den läser frågan som den själv döljer."
    return hindered(rule.at, why) if why else None


def hindered(at: str, why: str) -> Problem:
    """FB192: a rule that cannot be a condition, and why."""
    return notice(
        "FB192",
        at,
        f"Regeln kunde inte bli ett villkor. {why}",
        "Frågan ställs alltid. Skriv villkoret i schemat om den inte ska det.",
    )


def below(pointer: str, schema: Json) -> Json:
    """Return the schema for answers that have this one at the pointer."""
    for name in reversed(parts(pointer)):
        schema = {"properties": {name: schema}}
    return schema


def when(pointer: str, schema: Json, *, absent: bool) -> Json:
    """Return the condition that the value at a pointer matches; `absent` if it is not.

    >>> when("/a", {"const": 1}, absent=False)
    {'required': ['a'], 'properties': {'a': {'const': 1}}}
    """
    for name in reversed(parts(pointer)):
        found: dict[str, Json] = {} if absent else {"required": [name]}
        schema = {**found, "properties": {name: schema}}
    return schema


def accepts_nothing(schema: Json) -> bool:
    """Tell whether a value that is no JSON value at all matches, as JSON Forms has it.

    Its rules are also run on answers that are not there: those have no type and equal
    no constant, and keywords for texts or numbers do not look at them.
    """
    if not isinstance(schema, Mapping):
        return schema is not False
    return all(_accepts(schema))


def _accepts(schema: Mapping[str, Json]) -> Iterator[bool]:
    yield not schema.keys() & {"type", "const", "enum"}
    if "not" in schema:
        yield not accepts_nothing(schema["not"])
    if "allOf" in schema:
        yield all(map(accepts_nothing, schema["allOf"]))
    if "anyOf" in schema:
        yield any(map(accepts_nothing, schema["anyOf"]))
    if "oneOf" in schema:
        yield sum(map(accepts_nothing, schema["oneOf"])) == 1
