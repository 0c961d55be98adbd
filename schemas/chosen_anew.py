"""What becomes of answers where another of several alternatives is chosen.

Alternatives that are objects share what they call the same. Of other kinds there is
room for one answer at a place: the one whose alternative is not chosen waits in the
draft, to come back with it (B4 of the language).
"""

from collections.abc import Iterator, Mapping

from schemas.choosing import CHOICES, choice_of
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.pointers import ABSENT, covers, get, join, with_value
from schemas.settling import Settled, settle

SetAside = Mapping[str, Mapping[str, Json]]
"""Answers that wait, by where the draft keeps the choice, then by alternative."""


def chosen_anew(
    form: CompiledForm, before: Json, after: Json, waiting: SetAside
) -> tuple[Json, SetAside]:
    """Return answers with what belongs to the alternatives chosen now, and what waits.

    `before` are a draft's answers, `after` the same with what was posted: that was
    typed in the alternatives of before.
    """
    said = after.get(CHOICES, {})
    if said == before.get(CHOICES, {}):
        return after, waiting
    was = settle(form, before)
    for where, now in said.items():
        former, place = was.choices.get(where, now), _place(where)
        if not _is_for_one(form, was, place, {former, now}):
            continue
        others = dict(waiting.get(where, {}))
        back, stood = others.pop(str(now), ABSENT), get(after, place)
        others |= {} if stood is ABSENT else {str(former): stood}
        after, waiting = with_value(after, place, back), {**waiting, where: others}
    return after, waiting


def answers_set_aside(waiting: SetAside) -> Iterator[Json]:
    """Yield each answer that waits, as answers that hold it alone at its place."""
    for where, others in waiting.items():
        for answer in others.values():
            yield with_value({}, _place(where), answer)


def still_set_aside(
    waiting: SetAside, was: CompiledForm, now: CompiledForm, answers: Json
) -> SetAside:
    """Return what waits, where another version of the form asks the same."""
    before, after = settle(was, answers), settle(now, answers)
    return {
        where: others
        for where, others in waiting.items()
        if _asks(was, before, where) == _asks(now, after, where)
    }


def _asks(form: CompiledForm, settled: Settled, where: str) -> tuple[Json, ...]:
    """Return what is asked at a place, and the alternatives there to choose among."""
    choice, place = settled.asked.get(join(CHOICES, where)), _place(where)
    inside = ((p, q.schema) for p, q in form.questions.items() if covers(place, p))
    return (choice and choice.schema, *inside)


def _place(where: str) -> str:
    """Return the place whose alternatives are chosen among, of where that is kept."""
    return choice_of(join(CHOICES, where))


def _is_for_one(
    form: CompiledForm, was: Settled, place: str, indexes: set[int]
) -> bool:
    """Tell whether the answer at a place can be of one of two alternatives only.

    Rows are moved: what waits for one by its number would come back in another.
    """
    if len(indexes) == 1 or form.asking.numbered.general(place) != place:
        return False
    unions = [union for at, union, _ in was.branches if at == place]
    return any(
        union.kinds[index] and "object" not in union.kinds[index]
        for union in unions
        for index in indexes
        if index < len(union.kinds)
    )
