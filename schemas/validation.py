"""The verdict of the plain schema, told at the questions people can answer."""

from collections.abc import Collection, Container, Iterator
from typing import Any, Final

import jsonschema_rs

from schemas.comparing import COMPARING, comparison
from schemas.compiling import CompiledForm
from schemas.errors import Problem
from schemas.faults import Fault, problem
from schemas.field_type import Question
from schemas.following import follows, question_at
from schemas.pointers import ABSENT, covers, get, join
from schemas.settling import CHOICES, Settled, choice_of
from schemas.typed_text import longest
from schemas.unanswered import is_open, unanswered


def faults_among(
    form: CompiledForm, settled: Settled, pointers: Collection[str]
) -> tuple[Fault, ...]:
    """Return what is wrong with these questions, of everything that is."""
    found = tuple(_endless(settled)) or _faults(form, settled.among(pointers))
    return tuple(f for f in found if any(covers(p, f.pointer) for p in pointers))


def faults(form: CompiledForm, settled: Settled) -> tuple[Fault, ...]:
    """Return everything wrong with settled answers, in the order of asking."""
    return tuple(_endless(settled)) or _faults(form, settled)


def _faults(form: CompiledForm, settled: Settled) -> tuple[Fault, ...]:
    found: dict[tuple[str, str], Fault] = {}
    if not form.validator.is_valid(settled.answers):
        for fault in _schema_faults(form, settled):
            found.setdefault((fault.pointer, fault.code), fault)
    for fault in _blank(settled):
        found.setdefault((fault.pointer, fault.code), fault)
    for pointer, question in settled.asked.items():
        if COMPARING.isdisjoint(question.schema):
            continue
        for code, other in comparison(settled.answers, pointer, question.schema):
            known = form.asking.numbered.general(other)  # it may be on another page
            values = {"other": form.questions.get(known, other)}
            found.setdefault(
                (pointer, code), Fault(pointer=pointer, code=code, values=values)
            )
    order = {pointer: index for index, pointer in enumerate(settled.asked)}
    return tuple(
        sorted(
            _foremost(found.values()), key=lambda f: order.get(f.pointer, len(order))
        )
    )


def unconfirmed(settled: Settled, pointers: Container[str]) -> Iterator[Fault]:
    """Yield a fault for each asked answer that was filled in and not confirmed (A17)."""
    for pointer in settled.asked:
        if pointer in pointers and get(settled.answers, pointer) is not ABSENT:
            yield Fault(pointer=pointer, code="confirm")


def check(
    form: CompiledForm, settled: Settled, language: str = "sv"
) -> tuple[Problem, ...]:
    """Return everything wrong with settled answers, in words."""
    return tuple(
        problem(fault, question_at(settled.asked, fault.pointer), language)
        for fault in faults(form, settled)
    )


def unasked(settled: Settled, language: str = "sv") -> tuple[Problem, ...]:
    """Return a problem for each answer no branch asks: an error outside the web."""
    return tuple(
        problem(Fault(pointer=pointer, code="unasked"), None, language)
        for pointer in settled.dropped
    )


def _schema_faults(form: CompiledForm, settled: Settled) -> Iterator[Fault]:
    """Yield what the validator finds; a union's verdict is its branch's."""
    missing = tuple(unanswered(settled))
    for pointer in missing:
        yield Fault(pointer=pointer, code="required")
    explained = set()
    for pointer, union, index in settled.branches:
        value = get(settled.answers, pointer)
        if value is not ABSENT:
            validator = form.source.validator(union.members[index])
            for error in validator.iter_errors(value):
                explained.add(pointer)
                yield _fault(error, settled, pointer)
    for error in form.validator.iter_errors(settled.answers):
        here = join(*error.instance_path)
        is_told = here in explained or is_open(settled, here)
        if keyword_of(error) == "minItems":  # told at each position of a tuple
            question = settled.asked.get(here)
            is_told = (
                question is not None
                and question.kind == "tuple"
                and any(covers(here, pointer) for pointer in missing)
            )
        if not (keyword_of(error) in ("oneOf", "anyOf", "minItems") and is_told):
            yield _fault(error, settled, "")


def _blank(settled: Settled) -> Iterator[Fault]:
    """Yield required positions of tuples where an empty text stands: it is no answer."""
    for pointer, question in settled.asked.items():
        if question.kind == "tuple":
            found = get(settled.answers, pointer)
            least = question.schema.get("minItems", 0)
            for place, one in enumerate(found if isinstance(found, list) else ()):
                if one == "" and place < least:
                    yield Fault(pointer=f"{pointer}/{place}", code="required")


def _endless(settled: Settled) -> Iterator[Fault]:
    """Yield texts too long for a pattern to be matched with in good time."""
    for pointer, question in settled.asked.items():
        if "pattern" in question.schema:
            value, limit = get(settled.answers, pointer), longest(question.schema)
            if isinstance(value, str) and len(value) > limit:
                yield Fault(pointer=pointer, code="maxLength", values={"limit": limit})


def _fault(error: Any, settled: Settled, base: str) -> Fault:
    keyword = keyword_of(error)
    values = {k: v for k, v in error.kind.as_dict().items() if k in KEPT}
    pointer = base + join(*error.instance_path)
    if keyword in ("required", "dependentRequired"):
        pointer += join(error.kind.as_dict()["property"])
        keyword = "required"
    elif keyword == "uniqueItems":
        pointer = _later_equal(settled, pointer)
    elif keyword == "multipleOf":
        values["limit"] = values.pop("multiple_of")
    elif keyword == "maxLength":
        values["length"] = len(get(settled.answers, pointer))
    elif keyword == "format":
        keyword = str(values.get("format", keyword))
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        keyword = "refused"
    return Fault(pointer=_asked(settled, pointer), code=keyword, values=values)


KEPT: Final = frozenset({"limit", "format", "multiple_of"})
"""What a validator tells about itself; the rest may hold answers."""


def keyword_of(error: Any) -> str:
    """Return the keyword that failed: the last step of the evaluation path."""
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.FalseSchema):
        return "refused"
    return next(
        (
            str(step)
            for step in reversed(error.evaluation_path)
            if isinstance(step, str)
        ),
        "other",
    )


def _asked(settled: Settled, pointer: str) -> str:
    """Return the pointer, or the nearest one above it that is asked."""
    choice = join(CHOICES, pointer)
    if choice in settled.asked and pointer not in settled.asked:
        return choice
    while (
        pointer and pointer not in settled.asked and pointer not in settled.containers
    ):
        above, _, last = pointer.rpartition("/")
        if above in settled.asked and _is_told_in(settled.asked[above], last):
            return pointer
        pointer = above
    return pointer


def _is_told_in(question: Question, last: str) -> bool:
    """Tell whether a place of a list is where what is wrong with it can be told."""
    # Each place of a ranked choice has a control of its own.
    return question.kind == "ranked" or follows(question, last)


def _later_equal(settled: Settled, pointer: str) -> str:
    """Return the later of two equal items when they are asked by place."""
    question = settled.asked.get(pointer)
    items = get(settled.answers, pointer)
    if question is None or not isinstance(items, list):
        return pointer
    if question.kind not in ("ranked", "tuple"):
        return pointer
    later = (i for i, item in enumerate(items) if item in items[:i])
    return f"{pointer}/{next(later, 0)}"


def _foremost(found: Any) -> list[Fault]:
    """Leave out what only follows from a missing answer below it."""
    faults_found = list(found)
    specific = {f.pointer for f in faults_found}
    return [
        f
        for f in faults_found
        if f.code not in ("oneOf", "anyOf", "refused")
        or not any(covers(f.pointer, choice_of(p)) for p in specific - {f.pointer})
    ]
