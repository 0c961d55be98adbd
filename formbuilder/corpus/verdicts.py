"""Our verdict on answers beside their label: the same, or how it differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import jsonschema_rs

from formbuilder.corpus.case import Instance
from formbuilder.rehearsal import rehearse
from schemas import formats
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.dialects.converting import convert
from schemas.errors import InvalidSubmission
from schemas.pointers import ABSENT, covers, get, join, with_value
from schemas.settling import choice_of, normal, settle

Verdict = Literal[
    "agrees", "refused", "accepted", "stored otherwise", "elsewhere", "disputed"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One instance: whether it should have been accepted, and what came of it.

    `refused` though valid, `accepted` though not; `stored otherwise` than its normal
    form; refused, but with every message `elsewhere` than the official errors;
    `disputed`: validators differ on it, and so do we.
    """

    instance: Instance
    is_valid: bool
    verdict: Verdict
    detail: str = ""


def judge(
    form: CompiledForm, schema: Json, instance: Instance, root: str = ""
) -> Judgement:
    """Fill the form in with an instance, and compare what came of it with its label.

    Unanswered is absent (normal form), so `""` or `[]` counts as no answer, and an
    object that is asked is there though nothing in it is answered: where that changes
    what the schema says, its verdict on the answers written so is the label.
    At `root` the form has what the schema describes, where that is no object.
    """
    given = with_value({}, root, instance.answers) if root else instance.answers
    answers = _with_objects(form, normal(given))
    is_valid = instance.is_valid
    errors: list[str] = []
    if answers != given or not is_valid:
        errors = [root + one for one in official(schema, _described(answers, root))]
        is_valid = is_valid if answers == given else not errors
    verdict, detail = _verdict(form, answers, errors, is_valid=is_valid)
    if instance.is_disputed and verdict != "agrees":
        verdict = "disputed"
    return Judgement(
        instance=instance, is_valid=is_valid, verdict=verdict, detail=detail
    )


def _described(answers: Json, root: str) -> Json:
    """Return what the schema describes of the answers: no answer is an empty list."""
    found = get(answers, root)
    return [] if found is ABSENT else found


def _with_objects(form: CompiledForm, answers: Json) -> Json:
    """Return the answers with the empty objects that a form puts in."""
    if not isinstance(answers, dict):
        return answers
    try:
        settled = settle(form, answers).answers
    except InvalidSubmission:
        return answers
    return settled if _full(settled) == _full(answers) else answers


def _full(answers: Json) -> Json:
    """Return the answers without members that are empty objects."""
    if isinstance(answers, list):
        return [_full(one) for one in answers]
    if not isinstance(answers, dict):
        return answers
    members = {name: _full(one) for name, one in answers.items()}
    return {name: one for name, one in members.items() if one != {}}


def _verdict(
    form: CompiledForm, answers: Json, errors: list[str], *, is_valid: bool
) -> tuple[Verdict, str]:
    if not isinstance(answers, dict):
        return ("refused", "no object") if is_valid else ("agrees", "")
    found = rehearse(form, answers)
    if is_valid and not found.is_accepted:
        return "refused", "; ".join(f"{p}: {m}" for p, m in found.messages.items())
    if is_valid:
        return (
            ("agrees", "")
            if found.answers == answers
            else _difference(found.answers, answers)
        )
    if found.is_accepted:
        return "accepted", ", ".join(errors)
    if errors and not any(
        _names(form, answers, e, m) for e in errors for m in found.messages
    ):
        return "elsewhere", f"{', '.join(found.messages)} for {', '.join(errors)}"
    return "agrees", ""


def _difference(stored: Json, wanted: Json) -> tuple[Verdict, str]:
    names = [n for n in {**stored, **wanted} if stored.get(n) != wanted.get(n)]
    return "stored otherwise", ", ".join(names)


def _names(form: CompiledForm, answers: Json, error: str, message: str) -> bool:
    """Tell whether a message stands at an error, inside it, or at what asks for it.

    Where nobody has said which alternative is meant, that question asks for its place.
    """
    message = choice_of(message)
    if covers(error, message):
        return True
    settled = settle(form, answers)
    asked = {*settled.asked, *settled.containers, ""}
    while error not in asked:
        error = error.rpartition("/")[0]
    return message == error


def official(schema: Json, answers: Json) -> Iterator[str]:
    """Yield where a standard validator finds fault, formats asserted."""
    validator = jsonschema_rs.Draft202012Validator(
        convert(schema).schema, validate_formats=True, formats=dict(formats.CHECKS)
    )
    for error in validator.iter_errors(answers):
        missing = getattr(error.kind, "property", None)
        path = list(error.instance_path)
        yield join(*path, missing) if missing is not None else join(*path)
