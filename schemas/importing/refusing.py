"""Schemas that cannot become a form at all, and where in them that shows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from schemas.definition import Json
from schemas.dialects.converting import Converted
from schemas.errors import DefinitionRefused, Problem
from schemas.importing.wrapping import Whole
from schemas.published import FORM_DEFINITION
from schemas.structure import structure_problems

AROUND: Final[Mapping[str, Json]] = {
    "$schema": FORM_DEFINITION,
    "id": "form",
    "language": "sv",
    "title": "Form",
    "sections": [{"id": "form", "title": "Form", "fields": ["/form"]}],
}
"""A definition with nothing wrong but its schema."""


def refuse_no_schema(schema: Json) -> None:
    """Refuse what describes nothing at all: FB195.

    Raises:
        DefinitionRefused: it says so.
    """
    if not isinstance(schema, Mapping):
        raise _no_object("")


def refuse_unmovable(whole: Whole, converted: Converted) -> None:
    """Refuse a schema of no object that may mean something else inside one: FB195.

    Raises:
        DefinitionRefused: it says so.
    """
    if whole.root and converted.looks_outwards:
        raise _no_object("/type")


def _no_object(at: str) -> DefinitionRefused:
    return _refused(
        "FB195",
        at,
        "Schemat beskriver inget objekt, och svaren på ett formulär är alltid ett.",
        'Skriv {"type": "object", "properties": {"svar": …}} med det nuvarande '
        "schemat som egenskap.",
    )


def refuse_no_questions(asked: Sequence[str]) -> None:
    """Refuse a schema that asks nothing: FB196.

    Raises:
        DefinitionRefused: it says so.
    """
    if not asked:
        raise _refused(
            "FB196",
            "",
            "Schemat beskriver inga egenskaper, så det finns inget att fråga om.",
            'Skriv {"type": "object", "properties": {…}} med en egenskap för varje '
            "fråga, och välj den fil som har dem om schemat är delat i flera.",
        )


def _refused(code: str, pointer: str, message: str, advice: str) -> DefinitionRefused:
    problem = Problem(code=code, pointer=pointer, message=message, advice=advice)
    return DefinitionRefused([problem])


def refuse_unsound(schema: Json, converted: Converted) -> None:
    """Refuse a schema that is none, however it was converted.

    Raises:
        DefinitionRefused: with every flaw where the schema has it.
    """
    problems = structure_problems({**AROUND, "schema": schema}, FORM_DEFINITION)
    if problems:
        raise DefinitionRefused(_original(one, converted) for one in problems)


def _original(problem: Problem, converted: Converted) -> Problem:
    """Return a problem of the definition as one of the schema it was made of."""
    place = problem.pointer.removeprefix("/schema")
    return replace(problem, pointer=converted.original(place))
