"""Files in rows, which no page takes: they are left out of a form, and listed."""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.cells import file_cells
from schemas.definition import Json
from schemas.errors import Problem
from schemas.importing.layout import notice
from schemas.mentions import Trace
from schemas.pointers import ABSENT, get, join, parts, with_value


class Left(NamedTuple):
    """A definition without what it cannot ask, and what that was."""

    document: Json
    pointers: tuple[str, ...] = ()
    notices: tuple[Problem, ...] = ()


def without_row_files(
    document: Json, trace: Trace, ui: Mapping[str, Mapping[str, Json]]
) -> Left:
    """Return the document without its files in rows, nor anything requiring them.

    A position of a tuple cannot be left out, as those after it would move.
    """
    gone = []
    notices: dict[str, Problem] = {}
    for pointer in file_cells(trace, trace.leaves, lambda one: ui.get(one, {})):
        places = [mention.at for mention in trace.by_pointer[pointer]]
        if all(place.endswith(join("properties", _name(pointer))) for place in places):
            gone.append(pointer)
            for place in places:
                document = with_value(document, place, ABSENT)
                notices.setdefault(place, _left_out(place, pointer))
    for requirement in trace.requirements:
        if requirement.pointer in gone:
            document = _without_name(document, requirement.at, requirement.pointer)
    return Left(document, tuple(gone), tuple(notices.values()))


def _name(pointer: str) -> str:
    return parts(pointer)[-1]


def _without_name(document: Json, at: str, pointer: str) -> Json:
    kept = [one for one in get(document, at) if one != _name(pointer)]
    return with_value(document, at, kept)


def _left_out(at: str, pointer: str) -> Problem:
    """FB190: a file that would be lost, as it is asked for in a row or a table."""
    return notice(
        "FB190",
        at,
        f"{pointer} är en fil i en rad eller en tabell. Där kan ingen fil lämnas, så "
        "den efterfrågas inte.",
        "Lägg en fråga om filer utanför listan om de behövs; en lista av filer tar "
        "emot flera.",
    )
