"""Answers that are no object, a list or a text, as the one member of an object."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.definition import Json
from schemas.dialects.members import rewritten
from schemas.errors import Problem
from schemas.field_type import types
from schemas.importing.layout import notice
from schemas.included import included
from schemas.pointers import join
from schemas.resources import Resource

NAME: Final = "svar"
PLACE: Final = join("properties", NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A schema of an object, and where in it the answers that were described lie.

    `root` is "" where they were an object all along.
    """

    schema: Json
    root: str = ""
    told: tuple[Problem, ...] = ()


def in_an_object(schema: Json) -> Whole:
    """Return a schema of 2020-12 as one of an object: a form's answers are always one.

    >>> in_an_object({"type": "array", "title": "Barn", "minItems": 1}).schema
    {'title': 'Barn', 'type': 'object', 'properties': {'svar': {'type': 'array', \
'title': 'Barn', 'minItems': 1}}, 'required': ['svar']}
    """
    said = included(Resource.alone(schema), schema)
    if _is_object(said):
        return Whole(schema=schema)
    is_list = "array" in types(said)
    made: dict[str, Json] = {"title": schema["title"]} if "title" in schema else {}
    made |= {"type": "object", "properties": {NAME: rewritten(schema, _moved)}}
    if not _may_be_empty(said, is_list=is_list):
        made["required"] = [NAME]
    return Whole(schema=made, root=join(NAME), told=(_told(is_list=is_list),))


def _is_object(said: Mapping[str, Json]) -> bool:
    asked = types(said)
    return not asked or "object" in asked or "object" in _named(said)


def _may_be_empty(said: Mapping[str, Json], *, is_list: bool) -> bool:
    """Tell whether no answer, which is an empty list or null, is a right one."""
    if is_list:
        return said.get("minItems", 0) == 0 and "contains" not in said
    return "null" in _named(said)


def _named(said: Mapping[str, Json]) -> tuple[str, ...]:
    kind = said.get("type", ())
    return (kind,) if isinstance(kind, str) else tuple(kind)


def _moved(schema: dict[str, Json]) -> dict[str, Json]:
    """Return a schema whose references lead to where the whole now stands."""
    reference = schema.get("$ref")
    if not isinstance(reference, str) or reference[:2] not in ("#", "#/"):
        return schema
    return {**schema, "$ref": f"#{PLACE}{reference[1:]}"}


def _told(*, is_list: bool) -> Problem:
    what = "en lista" if is_list else "ett enda svar"
    return notice(
        "FB197",
        "",
        f"Schemat beskriver {what}, och svaren på ett formulär är alltid ett objekt. "
        f"Det som beskrivs är nu medlemmen ”{NAME}” i ett sådant.",
        f'Räkna med {{"{NAME}": …}} där svaren tas emot.',
    )
