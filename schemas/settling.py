"""The least change of the answers in which everything kept is asked: B4 and B5."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import is_

from schemas.calculating import calculated
from schemas.choosing import CHOICES, choice_of
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.errors import DefinitionRefused, InvalidSubmission, Problem
from schemas.field_type import UNANSWERED, Question
from schemas.pointers import ABSENT, expand, get, join, with_value
from schemas.rounds import Round
from schemas.unions import Union
from schemas.walked import Found, Part

__all__ = ["CHOICES", "Settled", "choice_of", "normal", "settle", "unpark"]

SPARE_ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Answers that are all asked, what is asked, and what is kept aside.

    `parked` maps each dropped pointer to what was typed there (and `@choice` to
    the draft's choices); `containers` are the objects asked by their members;
    `branches` are the alternatives that apply: where, of what, which; `choices`
    are those a person chose or the answers themselves show, by place. `walked` is
    what each member of the whole came to, for settling what changed a little.
    """

    answers: Json
    asked: Mapping[str, Question]
    parked: Json
    dropped: tuple[str, ...]
    containers: frozenset[str] = frozenset()
    branches: tuple[tuple[str, Union, int], ...] = ()
    choices: Mapping[str, int] = field(default_factory=dict)
    walked: Mapping[str, Part] = field(default_factory=dict, compare=False, repr=False)

    @property
    def shown(self) -> Json:
        """Return the answers to show, with what was chosen beside them."""
        return {**self.answers, CHOICES: self.choices} if self.choices else self.answers

    def among(self, pointers: Collection[str]) -> "Settled":
        """Return the same answers as if only these, and what lies in them, were asked."""
        below = tuple(f"{pointer}/" for pointer in pointers)
        own = frozenset(pointers)
        asked = {
            pointer: question
            for pointer, question in self.asked.items()
            if pointer in own or pointer.startswith(below)
        }
        return replace(self, asked=asked)


def settle(form: CompiledForm, answers: Json, before: Settled | None = None) -> Settled:
    """Drop what no branch asks, until the answers and the questions agree.

    Every round restricts the original answers, so an answer that comes to be
    asked again is back. Acyclic conditions need at most one round a question.
    `before` is what the same form came to a moment ago: a member with the very same
    answers, to which the same applies, is not walked again.

    Raises:
        DefinitionRefused: the conditions run in a circle, so nothing is stable.
        InvalidSubmission: the answers are nested deeper than any form.
    """
    try:
        return _settle(form, answers, before.walked if before else {})
    except RecursionError:
        raise InvalidSubmission([_too_deep()]) from None


def _settle(form: CompiledForm, answers: Json, walked: Mapping[str, Part]) -> Settled:
    typed = dict(answers) if isinstance(answers, Mapping) else {}
    said = typed.pop(CHOICES, {})
    choices: Mapping[str, Json] = said if isinstance(said, Mapping) else {}
    original = _typed(form, _normal(typed, walked))
    current: Json = original
    known: dict[str, int | None] = {}
    for _ in _rounds(form, original):
        walk = Round(form.asking, choices, known, walked)
        kept = walk.restrict(current, original)
        restricted = _worked_out(walk.found, kept)
        if restricted == current:
            return _settled(walk, original, restricted, choices)
        current, walked = restricted, walk.parts
    raise DefinitionRefused([_circle()])


def _normal(answers: Mapping[str, Json], walked: Mapping[str, Part]) -> Json:
    """Return the answers in normal form; those of an earlier walk are so already."""
    kept: dict[str, Json] = {}
    for name, value in answers.items():
        part = walked.get(name)
        is_known = part is not None and part.original is value
        kept |= {name: value} if is_known else normal({name: value})
    return kept


def _rounds(form: CompiledForm, answers: Json) -> Iterator[int]:
    """Count as many rounds as the answers could take, and some to spare."""
    yield from range(SPARE_ROUNDS)  # Nearly always enough, and known without counting.
    yield from range(len(form.questions) + _size(answers))


def _typed(form: CompiledForm, answers: Json) -> Json:
    """Return the answers without values that are worked out, or are none at all."""
    for pattern in form.asking.calculated:
        for pointer, _ in expand(answers, pattern):
            answers = with_value(answers, pointer, ABSENT)
    for pattern in form.asking.tuples:
        for pointer, value in expand(answers, pattern):
            if isinstance(value, list) and value and value[-1] == "":
                left = _without_blanks(value)
                holder = get(answers, pointer.rpartition("/")[0])
                is_gone = not left and isinstance(holder, Mapping)
                answers = with_value(answers, pointer, ABSENT if is_gone else left)
    return answers


def _without_blanks(places: list[Json]) -> list[Json]:
    """Return a tuple without the empty texts at its end: those are unanswered."""
    end = len(places)
    while end and places[end - 1] == "":
        end -= 1
    return places[:end]


def _worked_out(asked: Found, answers: Json) -> Json:
    """Return the answers with what is calculated from them, in the order of asking."""
    for pointer, question in asked.calculated.items():
        value = calculated(answers, pointer, question.schema)
        holder = get(answers, pointer.rpartition("/")[0])
        if value is not ABSENT and isinstance(holder, Mapping):
            answers = with_value(answers, pointer, value)
    return answers


def unpark(answers: Json, parked: Json) -> Json:
    """Return a draft's answers with what was parked put back where it was typed."""
    whole = answers
    for pointer, value in parked.items():
        whole = (
            {**whole, CHOICES: value}
            if pointer == CHOICES
            else with_value(whole, pointer, value)
        )
    return whole


def normal(answers: Json) -> Json:
    """Write the unanswered as absent: no empty text, null or empty list in objects.

    What needs no change is returned as it is, not copied.

    >>> normal({"a": "", "b": [], "c": {"d": None}, "e": [{"f": ""}]})
    {'c': {}, 'e': [{}]}
    """
    if isinstance(answers, dict):
        kept = {
            name: normal(value) if isinstance(value, dict | list) else value
            for name, value in answers.items()
            if value not in UNANSWERED
        }
        is_kept = len(kept) == len(answers)
        values = kept.values(), answers.values()
        return answers if is_kept and all(map(is_, *values)) else kept
    if isinstance(answers, list):
        items = [normal(value) for value in answers]
        return answers if all(map(is_, items, answers)) else items
    return answers


def _settled(walk: Round, original: Json, settled: Json, choices: Json) -> Settled:
    parked = {} if settled == original else dict(_missing(original, settled, ""))
    dropped, found = tuple(parked), walk.found
    return Settled(
        answers=settled,
        asked=found.asked,
        parked=parked | ({CHOICES: choices} if choices else {}),
        dropped=dropped,
        containers=frozenset(found.containers),
        branches=tuple(found.branches),
        choices=found.choices,
        walked=walk.parts,
    )


def _missing(original: Json, settled: Json, pointer: str) -> list[tuple[str, Json]]:
    """Return the pointers that were there and are not, outermost only."""
    if isinstance(original, Mapping) and isinstance(settled, Mapping):
        found: list[tuple[str, Json]] = []
        for name, value in original.items():
            here = pointer + join(name)
            if name not in settled:
                found.append((here, value))
            else:
                found += _missing(value, settled[name], here)
        return found
    if isinstance(original, list) and isinstance(settled, list):
        beyond = enumerate(original[len(settled) :], len(settled))
        return [
            one
            for index, (was, is_) in enumerate(zip(original, settled, strict=False))
            for one in _missing(was, is_, f"{pointer}/{index}")
        ] + [(f"{pointer}/{index}", value) for index, value in beyond]
    return []


def _size(answers: Json) -> int:
    if isinstance(answers, Mapping):
        return 1 + sum(_size(value) for value in answers.values())
    return 1 + sum(map(_size, answers)) if isinstance(answers, list) else 1


def _too_deep() -> Problem:
    return Problem(
        code="too-deep",
        pointer="",
        message="Svaren är nästlade djupare än något formulär.",
        advice="Skicka svaren som formuläret frågar efter dem.",
    )


def _circle() -> Problem:
    return Problem(
        code="FB104",
        pointer="",
        message="Villkoren går i cirkel: en fråga beror på sig själv.",
        advice="Låt inget villkor läsa en fråga som det själv visar eller döljer.",
    )
