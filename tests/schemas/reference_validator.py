"""The reference validator: `jsonschema`, reading patterns, numbers and formats as the compiled one does.

It is slow; the compiled validator is held to it by tests.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

import jsonschema
import jsonschema_rs
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry

from schemas import formats
from schemas.definition import Json
from schemas.patterns import fits

STANDARD: Final = (
    "date-time", "date", "time", "duration", "email", "idn-email", "hostname",
    "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference",
    "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
)  # fmt: skip
"""Every format of JSON Schema 2020-12."""

Errors = Iterator[ValidationError]


def reference_validator(schema: Json, registry: Registry[Json]) -> Any:
    """Return a validator of the schema; what it refers to stands in the registry."""
    return _kind()(schema, registry=registry, format_checker=_formats())


@cache
def _formats() -> jsonschema.FormatChecker:
    """Return one table of formats, answered by the same checks on both sides."""
    checker = jsonschema.FormatChecker(formats=())
    for name in STANDARD:
        checker.checks(name)(_standard(name).is_valid)
    for name, is_valid in formats.CHECKS.items():
        checker.checks(name)(_of_text(is_valid))
    return checker


def _standard(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        {"format": name}, validate_formats=True, offline=True
    )


def _of_text(is_valid: Any) -> Any:
    return lambda value: not isinstance(value, str) or is_valid(value)


def _pattern(_validator: Any, pattern: str, instance: Json, _schema: Json) -> Errors:
    if isinstance(instance, str) and not fits(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(
    validator: Any, patterns: Mapping[str, Json], instance: Json, _schema: Json
) -> Errors:
    if not isinstance(instance, Mapping):
        return
    for pattern, schema in patterns.items():
        for name, value in instance.items():
            if fits(pattern, name):
                yield from validator.descend(
                    value, schema, path=name, schema_path=pattern
                )


def _additional(validator: Any, rule: Json, instance: Json, schema: Json) -> Errors:
    if not isinstance(instance, Mapping):
        return
    extra = [name for name in instance if name not in _named(schema, instance)]
    if rule is False and extra:
        yield ValidationError(f"{', '.join(map(repr, extra))} may not be here")
    elif isinstance(rule, Mapping):
        for name in extra:
            yield from validator.descend(instance[name], rule, path=name)


def _unevaluated(validator: Any, rule: Json, instance: Json, schema: Json) -> Errors:
    if not isinstance(instance, Mapping):
        return
    rest = {k: v for k, v in schema.items() if k != "unevaluatedProperties"}
    known = _evaluated(validator, rest, instance)
    extra = [name for name in instance if name not in known]
    refused = [n for n in extra if not _is_valid(validator, rule, instance[n])]
    if refused:
        yield ValidationError(f"{', '.join(map(repr, refused))} may not be here")


def _evaluated(validator: Any, schema: Json, instance: Mapping[str, Json]) -> set[str]:
    """Return the names that a schema which holds has judged by its keywords."""
    if not isinstance(schema, Mapping):
        return set()
    if {"additionalProperties", "unevaluatedProperties"} & schema.keys():
        return set(instance)
    found = _named(schema, instance)
    for below in _holding(validator, schema, instance):
        found |= _evaluated(validator, below, instance)
    for keyword in ("$ref", "$dynamicRef"):
        if keyword in schema:
            # The library offers no public way to follow a reference.
            resolved = validator._resolver.lookup(schema[keyword])
            inner = validator.evolve(
                schema=resolved.contents, _resolver=resolved.resolver
            )
            found |= _evaluated(inner, resolved.contents, instance)
    return found


def _holding(
    validator: Any, schema: Mapping[str, Json], instance: Mapping[str, Json]
) -> Iterator[Json]:
    """Yield the schemas beside this one that hold for the same instance."""
    for keyword in ("allOf", "anyOf", "oneOf"):
        held = [m for m in schema.get(keyword, ()) if _is_valid(validator, m, instance)]
        # Where two of oneOf hold it fails, and what fails has judged nothing.
        if keyword != "oneOf" or len(held) == 1:
            yield from held
    for name, member in schema.get("dependentSchemas", {}).items():
        if name in instance:
            yield member
    if "if" in schema and _is_valid(validator, schema["if"], instance):
        yield schema["if"]
        yield schema.get("then", True)
    elif "if" in schema:
        yield schema.get("else", True)


def _named(schema: Mapping[str, Json], instance: Mapping[str, Json]) -> set[str]:
    """Return the names that `properties` and `patternProperties` speak of."""
    named = set(instance) & set(schema.get("properties", ()))
    for pattern in schema.get("patternProperties", ()):
        named |= {name for name in instance if fits(pattern, name)}
    return named


def _is_valid(validator: Any, schema: Json, instance: Json) -> bool:
    return next(validator.descend(instance, schema), None) is None


def _multiple_of(_validator: Any, step: Json, instance: Json, _schema: Json) -> Errors:
    """Divide as decimals: 0.3 is a multiple of 0.1."""
    if isinstance(instance, bool) or not isinstance(instance, int | float):
        return
    try:
        rest = Decimal(str(instance)) % Decimal(str(step))
    except InvalidOperation:
        rest = Decimal(instance % step)
    if rest:
        yield ValidationError(f"{instance!r} is not a multiple of {step}")


@cache
def _kind() -> Any:
    return extend(  # type: ignore[no-untyped-call]  # the stubs leave it bare
        jsonschema.Draft202012Validator,
        {
            "pattern": _pattern,
            "patternProperties": _pattern_properties,
            "additionalProperties": _additional,
            "unevaluatedProperties": _unevaluated,
            "multipleOf": _multiple_of,
        },
    )
