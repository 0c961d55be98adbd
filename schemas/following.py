"""What follows the positions of a tuple: in the answers the same list, on pages its own.

The answers have one list, `["Rut", 3, "x", "y"]` at `/pair`. On pages the tuple has
one more question for what `items` allows, whose rows begin at nothing: `"y"` stands at
`/pair/3` among the answers and at `/pair/~0from2/1` on pages, after two positions.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from schemas.catalogue import languages, text
from schemas.definition import Json
from schemas.field_type import Question
from schemas.inside import is_row
from schemas.pointers import join
from schemas.positions import list_after
from schemas.reserved_names import AFTER

_ = str  # Marks a literal for the catalogue; it is translated when it is said.
MORE: Final = _("Fler svar")
"""What stands above the list where the author does not say what is in it."""


def name_after(start: int) -> str:
    """Return what is called what follows so many positions; no member is."""
    return f"{AFTER}{start}"


def step_after(start: int) -> str:
    """Return how a pointer on pages goes on to what follows so many positions.

    >>> step_after(2)
    '/~0from2'
    """
    return join(name_after(start))


def start_of(question: Question) -> int | None:
    """Return how many positions a list follows, None where none does."""
    if question.kind != "tuple" or list_after(question.schema) is None:
        return None
    return len(question.schema["prefixItems"])


def following(question: Question) -> Question | None:
    """Return the question for what follows a tuple's positions, if there is one."""
    start = start_of(question)
    step = "" if start is None else step_after(start)
    found = (one for one in question.parts if one.pointer.endswith(step))
    return next(found, None) if step else None


def divided(value: Json, question: Question) -> Json:
    """Return a tuple's answer with what follows its positions as a list of its own."""
    start = start_of(question)
    if start is None or not isinstance(value, list):
        return value
    places = {str(place): one for place, one in enumerate(value[:start])}
    return places | ({name_after(start): value[start:]} if value[start:] else {})


def question_at(asked: Mapping[str, Question], pointer: str) -> Question | None:
    """Return what is asked at a pointer; what follows positions may be one question."""
    around, _, last = pointer.rpartition("/")
    found, group = asked.get(pointer), asked.get(around)
    if found or group is None or not follows(group, last):
        return found
    return following(group)


def follows(question: Question, last: str) -> bool:
    """Tell whether a number in a tuple is that of something after its positions."""
    start = start_of(question)
    return start is not None and is_row(last) and int(last) >= start


def titled(question: Question) -> Question:
    """Return the list with words above it, where its author has none."""
    if question.schema.get("title") or question.ui.get("label"):
        return question
    words = {one: {"title": text(MORE, one)} for one in languages()}
    wording = {**question.wording, **words}
    return replace(question, title=words["sv"]["title"], wording=wording)
