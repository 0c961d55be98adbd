"""What must be answered and is not: questions, keys of unions, choices of a branch."""

from collections.abc import Iterator, Mapping

from schemas.definition import Json
from schemas.field_type import Question
from schemas.pointers import ABSENT, get, join, parts
from schemas.settling import CHOICES, Settled, choice_of


def unanswered(settled: Settled) -> Iterator[str]:
    """Yield the pointer of every question that is required and open."""
    for pointer, question in settled.asked.items():
        if choice_of(pointer) != pointer:
            if _lacks_choice(settled, pointer, question):
                yield pointer
        elif question.required and question.kind != "information":
            holder = get(settled.answers, pointer.rpartition("/")[0])
            if _is_open(holder, parts(pointer)[-1]):
                yield pointer


def _is_open(holder: Json, last: str) -> bool:
    """Tell whether there is no answer at a name or a position, where there could be."""
    if isinstance(holder, Mapping):
        return last not in holder
    is_place = isinstance(holder, list) and last.isdigit()
    return is_place and int(last) >= len(holder)


def is_open(settled: Settled, place: str) -> bool:
    """Tell whether it has not been chosen which alternative applies at a place."""
    return join(CHOICES, place) in settled.asked and place not in settled.choices


def _lacks_choice(settled: Settled, pointer: str, question: Question) -> bool:
    """Tell whether nothing says which alternative is meant where one must be."""
    if parts(pointer)[-1] in settled.choices:
        return False
    return question.required or get(settled.answers, choice_of(pointer)) is not ABSENT
