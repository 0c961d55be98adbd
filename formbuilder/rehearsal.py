"""A form filled in through its own pages, in memory, with nothing kept."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from formbuilder.filling import typed_fields
from renderers.html.fields import Filling, shown_fields
from renderers.html.forms import page_form
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Question
from schemas.inside import labelled
from schemas.journey import pages
from schemas.pointers import ABSENT, get, with_value
from schemas.settling import Settled, settle
from schemas.trying import TryResult, try_answers
from schemas.validation import Fault, named_message, refusal_message
from schemas.validation import faults as faults_of

MAX_PAGES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Pages visited, messages by pointer, stored answers, each receiver's view."""

    visited: tuple[str, ...]
    messages: Mapping[str, str]
    result: TryResult
    answers: Json = field(repr=False)

    @property
    def is_accepted(self) -> bool:
        """Tell whether the answers could be sent."""
        return not self.messages

    @property
    def receivers(self) -> dict[str, dict[str, Json] | None]:
        """Return what each receiver would get, by column; None when nothing."""
        return {
            receiver: {name: value for name, _, value in view.columns}
            if view is not None
            else None
            for receiver, view in self.result.views.items()
        }

    def as_json(self) -> dict[str, Any]:
        """Return everything under stable keys."""
        return {
            "accepted": self.is_accepted,
            "pages": list(self.visited),
            "messages": dict(self.messages),
            "answers": self.answers,
            "receivers": self.receivers,
        }

    def lines(self) -> Iterator[str]:
        """Yield everything as lines for people."""
        yield f"Sidor: {', '.join(self.visited)}"
        for pointer, message in self.messages.items():
            yield f"{pointer}: {message}"
        yield f"Svar: {_shown(self.answers)}"
        for receiver, view in self.receivers.items():
            yield f"{receiver}: {_shown(view)}"


def _shown(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def rehearse(form: CompiledForm, answers: Json) -> Rehearsal:
    """Post answers page by page as a browser would, and say what came of it."""
    typed = typed_fields(form, answers)
    held, visited = _known(form, answers), []
    messages: dict[str, str] = {}
    for _ in range(MAX_PAGES):
        settled = settle(form, held)
        page = next(
            (p for p in pages(form, settled, ()) if p.page.id not in visited), None
        )
        if page is None:
            break
        visited.append(page.page.id)
        held, said = _post(form, held, page.page.id, typed, answers)
        messages |= said
    settled = settle(form, held)
    for fault in faults_of(form, settled):
        messages.setdefault(fault.pointer, _said(fault, settled))
    # The pages may have asked for less, or read a text where a number was given.
    result = try_answers(form, answers, answers.get("facts", {}))
    for problem in result.problems:
        messages.setdefault(problem.pointer, problem.message)
    return Rehearsal(
        visited=tuple(visited),
        messages=messages,
        result=result,
        answers=settled.answers,
    )


def _known(form: CompiledForm, answers: Json) -> Json:
    """Return what nobody is asked because the municipality knows it."""
    held: Json = {}
    for pointer, question in form.questions.items():
        value = get(answers, pointer)
        if question.read_only and value is not ABSENT:
            held = with_value(held, pointer, value)
    return held


def _post(
    form: CompiledForm,
    held: Json,
    page_id: str,
    typed: Mapping[str, list[str]],
    answers: Json,
) -> tuple[Json, dict[str, str]]:
    """Post a page until it asks nothing new; return the answers and messages."""
    said: dict[str, str] = {}
    asked: tuple[str, ...] = ()
    for _ in range(MAX_PAGES):
        shown = [p for p in pages(form, settle(form, held), ()) if p.page.id == page_id]
        questions = shown[0].questions if shown else ()
        if tuple(q.pointer for q in questions) == asked:
            break
        asked = tuple(q.pointer for q in questions)
        shown_fields(questions, Filling(), "sv")  # what the page would draw
        posted = page_form(questions)(MultiDict(typed))
        posted.validate()
        for pointer, value in posted.answers().items():
            held = with_value(held, pointer, value)
        for question in questions:
            if question.kind == "file":
                held = with_value(
                    held, question.pointer, get(answers, question.pointer)
                )
        said = {
            pointer: _refused(
                refusal, next(q for q in questions if pointer.startswith(q.pointer))
            )
            for pointer, refusal in posted.refusals().items()
        }
    return held, said


def _refused(refusal: InvalidAnswer, question: Question) -> str:
    return labelled(question.title, refusal_message(refusal, question))


def _said(fault: Fault, settled: Settled) -> str:
    return named_message(fault, settled.asked.get(fault.pointer))
