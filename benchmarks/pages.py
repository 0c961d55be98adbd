"""Pages shown and pages sent, beside views that have nothing to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Final
from urllib.parse import urlsplit

from flask import Flask

from benchmarks import large_form, stage
from benchmarks.floors import KEEPING, READY, committing, ready_made
from benchmarks.loopback import sent_through, served, shown_through
from benchmarks.measuring import Figure, Side, side_by_side
from benchmarks.stage import Call, Filled, Stage, call, newest
from formbuilder.demo import family
from formbuilder.demo.walk import FORM
from formbuilder.filling import typed_fields
from schemas.compiling import compile_form
from schemas.journey import author_pages

SHOWN: Final = "200 OK"
GONE_ON: Final = "303 SEE OTHER"
MANY: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Something to show and something to send, by the name the table gives it."""

    name: str
    shown: tuple[Filled, ...]
    sent: Filled


def page_figures(on: Stage, rounds: int) -> list[Figure]:
    """Return what showing and sending a page costs, of a form that is half filled."""
    samples = (school_start(on), many_questions(on, MANY))
    return [found for one in samples for found in _figures(on, one, rounds)]


def _figures(on: Stage, sample: Sample, rounds: int) -> Iterator[Figure]:
    """Show first, as sending answers the half that was left."""
    with served(on, sample.shown) as server:
        yield _shown(on, sample, rounds)
        yield shown_through(server, on, sample.name, sample.shown, rounds)
        yield _sent(on, sample, rounds)
        yield sent_through(server, on, sample.name, sample.sent, rounds)


def school_start(on: Stage) -> Sample:
    """Return every page of the school start, half filled, and its largest to send."""
    query = urlsplit(stage.begin(on, stage.half()).url).query
    shown = tuple(_filled(on, page.id, query) for _, page in author_pages(on.form))
    shown = tuple(one for one in shown if call(on, one.path)(on.app)[0] == SHOWN)
    whole = [
        one
        for one in shown
        if call(on, one.path, form=one.fields)(on.app)[0] == GONE_ON
    ]
    largest = max(whole, key=lambda one: (len(one.fields), len(one.body)))
    return Sample(name="the school start's pages", shown=shown, sent=largest)


def _filled(on: Stage, page_id: str, query: str) -> Filled:
    page = on.sara.get(f"/e/{FORM}/{page_id}?{query}")
    path = f"/e/{FORM}/{page_id}?{query}"
    if not urlsplit(page.url).path.endswith(f"/{page_id}"):
        return Filled(path=path, body=b"", fields={})
    fields = stage.typed(on.form, page, family.SARAS_ANSWERS)
    return Filled(path=path, body=page.content, fields=fields)


def many_questions(on: Stage, count: int) -> Sample:
    """Return a page of so many questions, half of them answered."""
    definition = large_form.large_form(count)
    page = stage.begin_alone(on, definition, large_form.answers(count // 2))
    address = urlsplit(page.url)
    shown = page.form(action=address.path).fields
    fields = typed_fields(compile_form(definition), large_form.answers(count))
    filled = Filled(
        path=f"{address.path}?{address.query}",
        body=page.content,
        fields={"csrf_token": shown["csrf_token"], **fields, "_go": ["next"]},
    )
    return Sample(name=f"a page of {count} questions", shown=(filled,), sent=filled)


def _shown(on: Stage, sample: Sample, rounds: int) -> Figure:
    calls = [call(on, one.path) for one in sample.shown]
    ready = ready_made({one.path: one(on.app)[1] for one in calls})
    return side_by_side(
        f"GET, {sample.name}",
        READY,
        Side(work=_each(calls, on.app)),
        Side(work=_each(calls, ready)),
        rounds=rounds,
    )


def _each(calls: list[Call], app: Flask) -> Callable[[], object]:
    """Return what puts the next of the requests to the application."""
    turns = cycle(calls)
    return lambda: next(turns)(app)


def _sent(on: Stage, sample: Sample, rounds: int) -> Figure:
    send = call(on, sample.sent.path, form=sample.sent.fields)
    floor, close = committing(on.town.home / f"{id(sample)}.db", newest(on))
    try:
        return side_by_side(
            f"POST, {sample.name}",
            KEEPING,
            Side(work=lambda: send(on.app)),
            Side(work=lambda: send(floor)),
            rounds=rounds,
        )
    finally:
        close()
