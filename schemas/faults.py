"""One thing wrong with an answer, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from schemas.catalogue import text
from schemas.definition import Json
from schemas.errors import InvalidAnswer, Problem
from schemas.field_type import Question, has_options
from schemas.inside import labelled
from schemas.messages import CLOSER, MESSAGES, message
from schemas.pointers import parts

WORDED: Final[Mapping[str, str]] = {
    "one_choice": "choice", "yes_no": "choice", "many_choices": "tick",
    "ranked": "tick",
}  # fmt: skip
COUNTED: Final = ("minItems", "maxItems")
BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
OPTIONS: Final = ("oneOf", "anyOf", "enum", "const")
FORMATS: Final = {"personal-number": "personal-number-check-digit"}
LATER: Final = ("date", "time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that keeps the answers from being sent, and where to mend it.

    `code` is a JSON Schema keyword or a word of our own; `values` fill the
    message's blanks and never hold an answer. A question there is called by its title.
    """

    pointer: str
    code: str
    values: Mapping[str, Json] = field(default_factory=dict)


def problem(fault: Fault, question: Question | None, language: str) -> Problem:
    """Return a fault in words that stand alone."""
    return Problem(
        code=fault.code,
        pointer=fault.pointer,
        message=named_message(fault, question, language),
    )


def named_message(fault: Fault, question: Question | None, language: str = "sv") -> str:
    """Say what is wrong and what to do where the question does not stand beside it."""
    title = question.title_in(language) if question else _named(fault.pointer, language)
    return labelled(title, fault_message(fault, question, language))


def fault_message(fault: Fault, question: Question | None, language: str = "sv") -> str:
    """Say what is wrong and what to do, as it stands at the question."""
    values: dict[str, Json] = {
        blank: one.title_in(language) if isinstance(one, Question) else one
        for blank, one in fault.values.items()
    }
    if question is None:
        return message(fault.code, language, **values)
    code = _worded(fault, question)
    if code == "pattern-example":
        examples = question.schema.get("examples")
        code = "pattern-example" if examples else "pattern"
        values["example"] = examples[0] if examples else ""
    if code in BOUNDS:
        code, bounds = _bounds(code, fault, question, language)
        values |= bounds
    return message(code, language, kind=_kind(question), **values)


def refusal_message(
    refusal: InvalidAnswer, question: Question, language: str = "sv"
) -> str:
    """Say why something typed cannot be a value, as it stands at the question."""
    return message(refusal.code, language, kind=_kind(question), **refusal.values)


def _kind(question: Question) -> str:
    """Return how what is missing from this kind of question is worded."""
    return WORDED.get(question.kind, question.kind)


def _bounds(
    code: str, fault: Fault, question: Question, language: str
) -> tuple[str, dict[str, Json]]:
    """Return the sentence for a bound, with both bounds where there are two."""
    shown = {
        bound: question.field_type.display(question.schema[bound], question, language)
        for bound in BOUNDS
        if bound in question.schema
    }
    if {"minimum", "maximum"} <= shown.keys() and code in ("minimum", "maximum"):
        return "range", dict(shown)
    limit = question.field_type.display(fault.values.get("limit"), question, language)
    return code, {"limit": shown.get(code, limit)}


def _worded(fault: Fault, question: Question) -> str:
    """Return the code of the sentence that fits this kind of question best."""
    code, kind = fault.code, question.kind
    if code == "required" and question.read_only:
        return "contact"
    if (code == "const" and kind == "consent") or (
        code == "minItems" and fault.values.get("limit") == 1
    ):
        return "required"
    if code == "uniqueItems" and kind == "ranked":
        return "ranked-twice"
    if code == "pattern":
        return "time" if kind == "time" else "pattern-example"
    closer = _closer(fault, question)
    return closer if closer in CLOSER else _plain(code, question)


def _closer(fault: Fault, question: Question) -> str:
    """Return what a more telling sentence would be called, if there is one."""
    code, kind = fault.code, question.kind
    if code in ("moreThan", "atLeast") and kind in LATER:
        return f"{code}-later"
    if code in COUNTED:
        return f"{code}-{_kind(question)}"
    return f"{code}-counted" if "length" in fault.values else ""


def _plain(code: str, question: Question) -> str:
    if code in OPTIONS:
        return "choice" if has_options(question.schema) else "format"
    if code == question.schema.get("format"):
        word = FORMATS.get(code, code)
        return word if word in MESSAGES else "format"
    return code


def _named(pointer: str, language: str) -> str:
    return parts(pointer)[-1] if pointer else text("formuläret", language)
