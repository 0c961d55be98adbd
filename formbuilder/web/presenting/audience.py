"""Who will see an answer: the departments whose views read it."""

from collections.abc import Iterable
from dataclasses import replace

from formbuilder.services.audiences import departments, readers, readers_of_all
from formbuilder.web.visit import Visit, visit
from renderers.html.page_parts import Card
from schemas.catalogue import SOURCE_LANGUAGE
from schemas.compiling import CompiledForm
from schemas.tongues import said_in


def department_title(key: str) -> str:
    """Return a department's name in the visitor's language."""
    return _title(visit(), key)


def _title(now: Visit, key: str) -> str:
    department = now.directory.departments.get(key)
    if department is None:
        return key
    found = department.titles.get(now.language)
    return found or said_in(department.title, SOURCE_LANGUAGE, now.language)


def seen_by(form: CompiledForm, pointers: Iterable[str]) -> tuple[str, ...]:
    """Return the departments that any of these answers goes to, in the form's order."""
    known, now = readers_of_all(form), visit()
    found: set[str] = set()
    for pointer in pointers:
        # A question of a row is known by its pattern, a choice by neither.
        own = known.get(pointer)
        found.update(own or readers(form, form.asking.numbered.general(pointer)))
    return tuple([_title(now, key) for key in departments(form) if key in found])


def told_once(card: Card) -> Card:
    """Return the card saying once who sees its answers, if it is the same for all."""
    audiences = {row.seen_by for row in card.rows}
    if len(audiences) != 1:
        return card
    rows = tuple(replace(row, seen_by=()) for row in card.rows)
    return replace(card, rows=rows, seen_by=audiences.pop())
