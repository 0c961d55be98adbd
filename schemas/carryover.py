"""What a person's answers lose or change under another version of their form.

A draft is carried over to a new version where every answer still fits: it is asked
at the same place in the same words, reads the same, and is still valid.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_type import Question
from schemas.pointers import ABSENT, covers, get
from schemas.settling import Settled, settle
from schemas.validation import faults

Kind = Literal["gone", "reworded", "unfit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer that does not stand as it was given; `now` is the question's new words."""

    kind: Kind
    pointer: str
    title: str
    now: str = ""


def changes(
    before: CompiledForm, after: CompiledForm, answers: Json, language: str = "sv"
) -> tuple[Change, ...]:
    """Return every answer that is not the same answer under the other version."""
    old, new = settle(before, answers), settle(after, answers)
    unfit = tuple(
        fault.pointer
        for fault in faults(after, new)
        if get(new.answers, fault.pointer) is not ABSENT
    )
    return tuple(
        change
        for question in _answered(old)
        if (change := _change(question, old, new, unfit, language)) is not None
    )


def _answered(settled: Settled) -> Iterator[Question]:
    """Yield the outermost questions that the person has answered."""
    within: list[str] = []
    for pointer, question in settled.asked.items():
        if any(covers(above, pointer) for above in within):
            continue
        if question.parts:
            within.append(pointer)
        if not question.read_only and _value(settled, pointer) not in (ABSENT, None):
            yield question


def _change(
    question: Question,
    old: Settled,
    new: Settled,
    unfit: tuple[str, ...],
    language: str,
) -> Change | None:
    pointer, title = question.pointer, question.title_in(language)
    now: Question | None = new.asked.get(pointer)
    if now is None:
        return Change(kind="gone", pointer=pointer, title=title)
    words = now.title_in(language)
    if now.kind != question.kind or any(covers(pointer, one) for one in unfit):
        return Change(kind="unfit", pointer=pointer, title=title, now=words)
    if (title, _said(question, old, language)) != (words, _said(now, new, language)):
        return Change(kind="reworded", pointer=pointer, title=title, now=words)
    return None


def _said(question: Question, settled: Settled, language: str) -> str:
    value = _value(settled, question.pointer)
    return question.field_type.display(value, question, language)


def _value(settled: Settled, pointer: str) -> Json:
    found = get(settled.answers, pointer)
    return ABSENT if isinstance(found, Mapping) and not found else found
