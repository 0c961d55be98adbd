"""The least change of the answers in which everything kept is asked: B4 and B5."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.applying import Place
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.errors import DefinitionRefused, InvalidSubmission, Problem
from schemas.field_type import Question
from schemas.pointers import ABSENT, join, parts, with_value
from schemas.shapes import Shape
from schemas.unions import Union

CHOICES = "@choice"
"""Where a draft keeps which alternative of a keyless union was picked, by pointer."""

SPARE_ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Answers that are all asked, what is asked, and what is kept aside.

    `parked` maps each dropped pointer to what was typed there (and `@choice` to
    the draft's choices); `containers` are the objects asked by their members;
    `branches` are the alternatives that apply: where, of what, which.
    """

    answers: Json
    asked: Mapping[str, Question]
    parked: Json
    dropped: tuple[str, ...]
    containers: frozenset[str] = frozenset()
    branches: tuple[tuple[str, Union, int], ...] = ()


def settle(form: CompiledForm, answers: Json) -> Settled:
    """Drop what no branch asks, until the answers and the questions agree.

    Every round restricts the original answers, so an answer that comes to be
    asked again is back. Acyclic conditions need at most one round a question.

    Raises:
        DefinitionRefused: the conditions run in a circle, so nothing is stable.
        InvalidSubmission: the answers are nested deeper than any form.
    """
    try:
        return _settle(form, answers)
    except RecursionError:
        raise InvalidSubmission([_too_deep()]) from None


def _settle(form: CompiledForm, answers: Json) -> Settled:
    typed = dict(answers) if isinstance(answers, Mapping) else {}
    choices = typed.pop(CHOICES, {})
    original = normal(typed)
    current: Json = original
    for _ in range(len(form.questions) + _size(original) + SPARE_ROUNDS):
        asked = _Round(form, choices)
        restricted = asked.restrict(current, original)
        if restricted == current:
            return _settled(asked, original, restricted, choices)
        current = restricted
    raise DefinitionRefused([_circle()])


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


def choice_of(pointer: str) -> str:
    """Return the place a keyless union's question chooses for, else the pointer.

    >>> choice_of("/@choice/~1s~1rows~10"), choice_of("/s/name")
    ('/s/rows/0', '/s/name')
    """
    segments = parts(pointer)
    return segments[-1] if segments and segments[0] == CHOICES else pointer


def normal(answers: Json) -> Json:
    """Write the unanswered as absent: no empty text, null or empty list in objects.

    >>> normal({"a": "", "b": [], "c": {"d": None}, "e": [{"f": ""}]})
    {'c': {}, 'e': [{}]}
    """
    if isinstance(answers, Mapping):
        return {
            name: normal(value)
            for name, value in answers.items()
            if value is not None and value not in ("", [])
        }
    if isinstance(answers, list):
        return [normal(value) for value in answers]
    return answers


class _Round:
    """One walk over the form: what is asked now, and the answers that keep it."""

    def __init__(self, form: CompiledForm, choices: Json) -> None:
        self._asking = form.asking
        self._choices = choices if isinstance(choices, Mapping) else {}
        self._absent: list[Place[Shape]] = []
        self.asked: dict[str, Question] = {}
        self.containers: set[str] = set()
        self.branches: list[tuple[str, Union, int]] = []

    def restrict(self, current: Json, original: Json) -> Json:
        """Return the original answers without what the current ones do not ask."""
        found = self._visit(self._asking.root, "", current, original, required=True)
        return {} if found is ABSENT else found

    def _visit(
        self,
        place: Place[Shape],
        pointer: str,
        current: Json,
        original: Json,
        *,
        required: bool,
    ) -> Json:
        shape = place.shape(current, self._choices.get(pointer))
        if shape.flat.is_refused:
            return ABSENT
        if shape.is_container:
            return self._container(
                place, shape, pointer, current, original, required=required
            )
        if not shape.defines:
            return ABSENT
        question = self._asking.question(pointer, shape, required=required)
        if question is None:
            return ABSENT
        self.asked[pointer] = question
        if shape.row is not None and isinstance(original, list):
            return self._rows(shape.row, pointer, current, original)
        return ABSENT if shape.is_information else original

    def _container(
        self,
        place: Place[Shape],
        shape: Shape,
        pointer: str,
        current: Json,
        original: Json,
        *,
        required: bool,
    ) -> Json:
        is_absent = current is ABSENT and original is ABSENT
        if is_absent and place in self._absent:
            return ABSENT  # A schema within itself is asked as deep as it is answered.
        before = len(self.asked)
        self._ask_whole(shape, pointer, required=required)
        if is_absent:
            self._absent.append(place)
        members = self._members(shape, pointer, current, original)
        if is_absent:
            self._absent.pop()
        if not shape.defines and len(self.asked) == before:
            return ABSENT
        self.containers.add(pointer)
        self.branches += [(pointer, *branch) for branch in shape.flat.branches]
        if original is ABSENT:
            return members if required else ABSENT
        return members if isinstance(original, Mapping) else original

    def _ask_whole(self, shape: Shape, pointer: str, *, required: bool) -> None:
        """Ask a grid as one question, and a keyless union which branch is meant."""
        if pointer and shape.defines:
            question = self._asking.question(pointer, shape, required=required)
            if question is not None:
                self.asked[pointer] = question
        for union in shape.flat.unions:
            if not union.key:
                choice = self._asking.choice(join(CHOICES, pointer), union)
                self.asked[choice.pointer] = choice

    def _members(
        self, shape: Shape, pointer: str, current: Json, original: Json
    ) -> dict[str, Json]:
        now = current if isinstance(current, Mapping) else {}
        first = original if isinstance(original, Mapping) else {}
        members: dict[str, Json] = {}
        for child in shape.children:
            found = self._visit(
                child.place,
                pointer + child.step,
                now.get(child.name, ABSENT),
                first.get(child.name, ABSENT),
                required=child.required,
            )
            if found is not ABSENT:
                members[child.name] = found
        return members

    def _rows(
        self, row: Place[Shape], pointer: str, current: Json, original: list[Json]
    ) -> list[Json]:
        """Restrict every row; positions stay, so an unasked row is an empty one."""
        now = current if isinstance(current, list) else []
        rows = []
        for index, element in enumerate(original):
            here = now[index] if index < len(now) else ABSENT
            found = self._visit(row, f"{pointer}/{index}", here, element, required=True)
            rows.append({} if found is ABSENT else found)
        return rows


def _settled(asked: _Round, original: Json, settled: Json, choices: Json) -> Settled:
    parked = dict(_missing(original, settled, ""))
    dropped = tuple(parked)
    return Settled(
        answers=settled,
        asked=asked.asked,
        parked=parked | ({CHOICES: choices} if choices else {}),
        dropped=dropped,
        containers=frozenset(asked.containers),
        branches=tuple(asked.branches),
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
        return [
            one
            for index, (was, is_) in enumerate(zip(original, settled, strict=True))
            for one in _missing(was, is_, f"{pointer}/{index}")
        ]
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
