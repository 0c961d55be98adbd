"""What an author proposes as answers: the `default` of the questions of a new draft."""

from collections.abc import Iterator, Mapping
from typing import Final

from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Question
from schemas.pointers import ABSENT, covers, get, matches, parts, with_value
from schemas.settling import settle
from schemas.validation import faults

OWN: Final = frozenset(
    {"consent", "file", "information", "rows", "grid", "address", "unsupported"}
)
"""Kinds that only the person themselves can answer, or that hold other questions."""


def proposed(form: CompiledForm, answers: Json, begun: Json) -> Json:
    """Return a new draft's answers with the defaults of what has no answer yet.

    What somebody has begun to answer before (`begun`) is left as they left it, an
    object that may be left out is not begun, and a default that is wrong is none.
    """
    there = settle(form, answers).answers
    values = {
        one.pointer: one.schema["default"]
        for one in _open(form, answers)
        if parts(one.pointer)[0] not in begun
        and isinstance(get(there, one.pointer.rpartition("/")[0]), Mapping)
        and _can_be(one, one.schema["default"])
    }
    if not values:
        return answers
    whole = settle(form, _filled(answers, values))
    wrong = [fault.pointer for fault in faults(form, whole)]
    right = {
        pointer: value
        for pointer, value in values.items()
        if not any(covers(pointer, at) for at in wrong)
    }
    return _filled(answers, right)


def _filled(answers: Json, values: Mapping[str, Json]) -> Json:
    for pointer, value in values.items():
        answers = with_value(answers, pointer, value)
    return answers


def _open(form: CompiledForm, answers: Json) -> Iterator[Question]:
    """Yield the questions with a default that nothing else answers."""
    filled = dict(form.definition.prefill)
    for section in form.definition.sections:
        filled |= section.prefill
    for pointer, question in form.questions.items():
        schema = question.schema
        is_theirs = question.kind in OWN or any(
            matches(consent, pointer) for consent in _consents(form)
        )
        is_shut = question.read_only or schema.get("deprecated") is True
        if (
            "default" in schema
            and not (is_theirs or is_shut or "*" in parts(pointer))
            and pointer not in filled
            and get(answers, pointer) is ABSENT
        ):
            yield question


def _consents(form: CompiledForm) -> Iterator[str]:
    for section in form.definition.sections:
        yield from section.consents


def _can_be(question: Question, value: Json) -> bool:
    """Tell whether the value is one that the question could have been answered with."""
    kind = question.field_type
    try:
        return bool(kind.parse(kind.raw(value, question), question) == value)
    except InvalidAnswer:
        return False
