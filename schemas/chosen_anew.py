"""What becomes of answers where another of several alternatives is chosen.

Alternatives that are objects share what they call the same. Of other kinds there is
room for one answer at a place: the one whose alternative is not chosen waits in the
draft, to come back with it (B4 of the language), and so does what is half typed there.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from schemas.choosing import CHOICES, choice_of
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_type import Raw
from schemas.pointers import ABSENT, covers, get, join, lies_in, with_value
from schemas.settling import Settled, settle
from schemas.unions import Union

ANSWER = "answer"
TYPED = "typed"
OBJECT = "object"
"""What all alternatives that are objects wait as."""

SetAside = Mapping[str, Mapping[str, Mapping[str, Json]]]
"""What waits, by where the draft keeps the choice, then by alternative: its `answer`,
and by question what is `typed` there and no answer yet."""


class Held(NamedTuple):
    """What a draft holds: answers, by question what is half typed, and what waits."""

    answers: Json
    typed: Mapping[str, Raw]
    set_aside: SetAside


def chosen_anew(form: CompiledForm, before: Json, held: Held) -> Held:
    """Return what a draft holds once the alternatives chosen now have their own answers.

    `before` were its answers; what came since was typed in the alternatives of before.
    """
    said = held.answers.get(CHOICES, {})
    if said == before.get(CHOICES, {}):
        return held
    was = settle(form, before)
    exchanged: list[str] = []
    for where in sorted(said, key=_place):
        place, union = _place(where), _union(form, was, _place(where))
        if union is None or any(lies_in(place, one) for one in exchanged):
            continue
        former = _slot(union, was.choices.get(where, said[where]))
        now = _slot(union, said[where])
        if former != now:
            exchanged.append(place)
            held = _exchanged(held, where, former, now)
    return held


def _exchanged(held: Held, where: str, former: str, now: str) -> Held:
    """Return what a draft holds once one alternative has given way to another."""
    place, others = _place(where), dict(held.set_aside.get(where, {}))
    back = others.pop(now, {})
    answer = get(held.answers, place)
    typed = {p: raw for p, raw in held.typed.items() if lies_in(p, place)}
    stood = {} if answer is ABSENT else {ANSWER: answer}
    stood |= {TYPED: typed} if typed else {}
    others |= {former: stood} if stood else {}
    left = {p: raw for p, raw in held.typed.items() if p not in typed}
    return Held(
        answers=with_value(held.answers, place, back.get(ANSWER, ABSENT)),
        typed={**left, **back.get(TYPED, {})},
        set_aside={**held.set_aside, where: others},
    )


def answers_set_aside(waiting: SetAside) -> Iterator[Json]:
    """Yield each answer that waits, as answers that hold it alone at its place."""
    for where, others in waiting.items():
        for one in others.values():
            if ANSWER in one:
                yield with_value({}, _place(where), one[ANSWER])


def typed_set_aside(waiting: SetAside) -> Iterator[Mapping[str, Raw]]:
    """Yield what waits half typed, by question."""
    for others in waiting.values():
        yield from (one[TYPED] for one in others.values() if TYPED in one)


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


def _union(form: CompiledForm, was: Settled, place: str) -> Union | None:
    """Return what is chosen among at a place, if not all alternatives are objects.

    Rows are moved: what waits for one by its number would come back in another.
    """
    if form.asking.numbered.general(place) != place:
        return None
    found = (union for at, union, _ in was.branches if at == place)
    return next((one for one in found if len({*_slots(one)}) > 1), None)


def _slots(union: Union) -> Iterator[str]:
    return (_slot(union, index) for index in range(len(union.members)))


def _slot(union: Union, index: int) -> str:
    """Return as what an alternative's answer waits: one that names no type is an object."""
    is_known = index < len(union.kinds) and union.kinds[index]
    return str(index) if is_known and OBJECT not in union.kinds[index] else OBJECT
