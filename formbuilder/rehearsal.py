"""A form filled in through its own pages, in memory, with nothing kept."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment
from lxml import html
from werkzeug.datastructures import MultiDict

from formbuilder.filling import with_choices
from formbuilder.visitor import read_form
from renderers.html.fields import Filling, raws_of, shown_fields
from renderers.html.forms import page_form
from renderers.html.site import show, template_environment
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.faults import Fault, named_message, refusal_message
from schemas.field_type import Question
from schemas.following import question_at
from schemas.inside import labelled
from schemas.journey import JourneyPage, pages
from schemas.pointers import ABSENT, get, join, parts, with_value
from schemas.settling import Settled, normal, settle
from schemas.trying import TryResult, try_answers
from schemas.validation import faults as faults_of

MAX_PAGES = 500
OTHERWISE = (
    "Sidorna kan inte ta emot just det svaret: något annat skulle sparas. "
    "Skriv svaret som formuläret frågar efter det."
)


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
    typed = with_choices(form, normal(answers))
    held, posted = _known(form, answers), _Posted()
    for _ in range(MAX_PAGES):
        page = posted.next_page(form, held)
        if page is None:
            break
        held = posted.post(page, held, typed)
    settled = settle(form, _with_empty(form, held, answers))
    messages = dict(posted.messages)
    for fault in faults_of(form, settled):
        messages.setdefault(fault.pointer, _said(fault, settled))
    # The pages may have asked for less, or read a text where a number was given.
    result = try_answers(form, answers, {})
    for problem in result.problems:
        messages.setdefault(problem.pointer, problem.message)
    if not messages:
        messages = dict(_otherwise(settled, result.answers))
    return Rehearsal(
        visited=tuple(posted.visited),
        messages=messages,
        result=result,
        answers=settled.answers,
    )


@dataclass(slots=True)
class _Posted:
    """The pages that have been posted, with the questions each of them had."""

    visited: list[str] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def next_page(self, form: CompiledForm, held: Json) -> JourneyPage | None:
        """Return the first page with a question that has not been posted on it."""
        shown = pages(form, settle(form, held), ())
        return next(
            (p for p in shown if self._asked.get(p.page.id) != _pointers(p)), None
        )

    def post(
        self,
        page: JourneyPage,
        held: Json,
        answers: Json,
    ) -> Json:
        """Draw a page with the answers, post it; return the answers with what it took."""
        if page.page.id not in self._asked:
            self.visited.append(page.page.id)
        self._asked[page.page.id] = _pointers(page)
        posted = page_form(page.questions)(_typed(page.questions, answers))
        posted.validate()
        for pointer, value in posted.answers().items():
            held = with_value(held, pointer, value)
        for question in page.questions:
            self.messages.pop(question.pointer, None)
            if question.kind == "file":
                held = with_value(
                    held, question.pointer, get(answers, question.pointer)
                )
        for pointer, refusal in posted.refusals().items():
            question = next(q for q in page.questions if pointer.startswith(q.pointer))
            self.messages[pointer] = _refused(refusal, question)
        return held


def _typed(questions: Sequence[Question], answers: Json) -> MultiDict[str, str]:
    """Return what a browser posts of the questions when they are drawn filled in."""
    asked = [question for question in questions if question.kind != "file"]
    filling = Filling(raws=raws_of(asked, answers, "sv"))
    fields = shown_fields(asked, filling, "sv")
    drawn = "".join(show(_environment(), one) for one in fields)
    element = html.document_fromstring(f"<form>{drawn}</form>").find(".//form")
    return MultiDict(read_form("", element).fields)


@cache
def _environment() -> Environment:
    return template_environment("sv")


def _pointers(page: JourneyPage) -> tuple[str, ...]:
    return tuple(question.pointer for question in page.questions)


def _with_empty(form: CompiledForm, held: Json, answers: Json) -> Json:
    """Put back the objects that hold nothing: a page cannot tell them from none."""
    for pointer in settle(form, answers).containers:
        if get(answers, pointer) == {} and get(held, pointer) is ABSENT:
            held = with_value(held, pointer, {}) if _has_rows(held, pointer) else held
    return held


def _are_same(ticked: Json, meant: Json) -> bool:
    """Tell whether the same boxes are ticked: they have the order of the boxes."""
    if not (isinstance(ticked, list) and isinstance(meant, list)):
        return False
    return sorted(map(repr, ticked)) == sorted(map(repr, meant))


def _has_rows(held: Json, pointer: str) -> bool:
    """Tell whether every row that the pointer goes through is there."""
    segments = parts(pointer)
    around = (
        (get(held, join(*segments[:n])), segments[n]) for n in range(len(segments))
    )
    return all(
        not isinstance(rows, list) or int(place) < len(rows) for rows, place in around
    )


def _otherwise(settled: Settled, wanted: Json) -> Iterator[tuple[str, str]]:
    """Yield a message for each answer that pages would make another one of."""
    stored = settled.answers
    for pointer, question in settled.asked.items():
        ticked, meant = get(stored, pointer), get(wanted, pointer)
        if question.kind == "many_choices" and _are_same(ticked, meant):
            wanted = with_value(wanted, pointer, ticked)
    for name in {**stored, **wanted}:
        if stored.get(name, ABSENT) != wanted.get(name, ABSENT):
            yield join(name), OTHERWISE


def _known(form: CompiledForm, answers: Json) -> Json:
    """Return what stands there before anybody is asked: known, or answered earlier."""
    held: Json = {"facts": answers["facts"]} if "facts" in answers else {}
    for pointer, question in form.questions.items():
        value = get(answers, pointer)
        is_there = question.read_only or question.schema.get("deprecated") is True
        if is_there and value is not ABSENT:
            held = with_value(held, pointer, value)
    return held


def _refused(refusal: InvalidAnswer, question: Question) -> str:
    return labelled(question.title, refusal_message(refusal, question))


def _said(fault: Fault, settled: Settled) -> str:
    return named_message(fault, question_at(settled.asked, fault.pointer))
