"""Schemas that cannot become a form at all, and where in them that shows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from schemas.definition import Json
from schemas.dialects.converting import Converted
from schemas.errors import DefinitionRefused, Problem
from schemas.published import FORM_DEFINITION
from schemas.structure import structure_problems


def refuse_no_object(schema: Json) -> None:
    """Refuse a schema whose answers are no object: FB195.

    Raises:
        DefinitionRefused: it says so.
    """
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    is_object = kind is None or kind == "object" or "object" in kind
    if not isinstance(schema, Mapping) or not is_object:
        raise _refused(
            "FB195",
            "/type" if kind else "",
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


def refuse_unsound(document: Json, converted: Converted) -> None:
    """Refuse a schema that is none, however it was converted.

    Raises:
        DefinitionRefused: with every flaw where the schema has it.
    """
    problems = structure_problems(document, FORM_DEFINITION)
    if problems:
        raise DefinitionRefused(_original(one, converted) for one in problems)


def _original(problem: Problem, converted: Converted) -> Problem:
    """Return a problem of the definition as one of the schema it was made of."""
    place = problem.pointer.removeprefix("/schema")
    return replace(problem, pointer=converted.original(place))
