"""The answer schema: the form's own with each section's embedded under its name."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from schemas.codes import CodeList
from schemas.definition import FormDefinition, Json, Section
from schemas.pointers import parts

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Days = date | Mapping[str, date] | None
"""The day code lists are offered as of: one for all, or one for each."""

COMPARISON_VOCABULARY = "urn:formbuilder:vocabulary:comparison"
"""`moreThan` and `atLeast`: annotations that other validators may ignore."""

STANDARD = "https://json-schema.org/draft/2020-12/vocab"
VOCABULARY: Final = {
    f"{STANDARD}/core": True,
    f"{STANDARD}/applicator": True,
    f"{STANDARD}/unevaluated": True,
    f"{STANDARD}/validation": True,
    f"{STANDARD}/format-assertion": False,
    COMPARISON_VOCABULARY: False,
}


def form_urn(form: str) -> str:
    """Return the `$id` of a form's answer schema."""
    return f"urn:formbuilder:{form}"


def section_urn(form: str, section: str) -> str:
    """Return the `$id` a section's schema is embedded with."""
    return f"urn:formbuilder:{form}:{section}"


def compose(
    definition: FormDefinition, codes: Mapping[str, CodeList], at: Days
) -> dict[str, Json]:
    """Return the whole answer schema, code lists bundled as they stand on a day."""
    own = dict(definition.schema)
    own_sections = [s for s in definition.sections if has_own_schema(s)]
    composed: dict[str, Json] = {
        **own,
        "$schema": DIALECT,
        "$id": form_urn(definition.id),
        "$vocabulary": VOCABULARY,
        "type": "object",
    }
    composed["properties"] = {
        **own.get("properties", {}),
        **{s.id: _embedded(definition, s) for s in own_sections},
    }
    always = [s.id for s in own_sections if s.asked_when is None]
    composed["required"] = [
        *own.get("required", []),
        *(name for name in always if name not in own.get("required", [])),
    ]
    composed["allOf"] = [*own.get("allOf", []), *_rules(definition)]
    composed["$defs"] = {**own.get("$defs", {}), **_lists(codes, at)}
    # The whole is closed once; sections stay open for what `across` adds.
    composed.setdefault("unevaluatedProperties", False)
    return {key: value for key, value in composed.items() if value not in ([], {})}


def valid_days(
    definition: FormDefinition, settings: Mapping[str, Json], at: date
) -> dict[str, date]:
    """Return the day each code list is offered as of, `at` where none is said.

    `valid_at` is an ISO date or `settings:<key>`, a setting of the municipality.
    """
    days: dict[str, date] = {}
    for urn, said in definition.codes.items():
        named = str(said.get("valid_at", ""))
        found = settings.get(named.removeprefix("settings:"), named)
        try:
            days[urn] = date.fromisoformat(str(found))
        except ValueError:
            days[urn] = at
    return days


def has_own_schema(section: Section) -> bool:
    """Tell whether a section brings a schema, or lists fields of the form's."""
    return section.schema is not None and section.schema != {}


def _embedded(definition: FormDefinition, section: Section) -> Json:
    """Return what stands in `properties`: the schema, or `true` if it is conditional."""
    return True if section.asked_when is not None else _schema(definition, section)


def _schema(definition: FormDefinition, section: Section) -> Json:
    if isinstance(section.schema, bool):
        return section.schema
    return {**section.schema, "$id": section_urn(definition.id, section.id)}


def _rules(definition: FormDefinition) -> list[Json]:
    """Return the conditions of sections and the rules that look across them."""
    rules: list[Json] = []
    for section in definition.sections:
        if section.asked_when is not None:
            rules.append(_conditional(definition, section))
        if section.across is not None:
            rules.append(section.across)
    return rules


def _conditional(definition: FormDefinition, section: Section) -> Json:
    """Return the rule that a section is asked under its condition, else refused."""
    if not has_own_schema(section):
        refused = [_below(parts(field), False) for field in section.fields]
        return {"if": section.asked_when, "else": {"allOf": refused or [{}]}}
    asked = {
        "properties": {section.id: _schema(definition, section)},
        "required": [section.id],
    }
    refused_whole = {"properties": {section.id: False}}
    return {"if": section.asked_when, "then": asked, "else": refused_whole}


def _below(path: tuple[str, ...], schema: Json) -> Json:
    """Return the schema for a document that has this one at the path."""
    for name in reversed(path):
        schema = {"properties": {name: schema}}
    return schema


def _lists(codes: Mapping[str, CodeList], at: Days) -> dict[str, Json]:
    return {
        f"codes:{urn.rpartition(':')[2]}": {
            "$id": urn,
            **code_list.as_schema(at.get(urn) if isinstance(at, Mapping) else at),
        }
        for urn, code_list in codes.items()
    }
