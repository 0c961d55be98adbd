"""A page shown and a page sent, beside views that have nothing to do."""

from collections.abc import Callable
from itertools import cycle
from typing import Final
from urllib.parse import urlsplit

from flask import Flask

from benchmarks import stage
from benchmarks.floors import committing, ready_made
from benchmarks.loopback import loopback_figures
from benchmarks.measuring import Figure, Side, side_by_side
from benchmarks.stage import Call, Largest, Stage, call, newest
from formbuilder.demo import family
from formbuilder.demo.walk import FORM
from schemas.journey import author_pages

SHOWN: Final = "200 OK"
GONE_ON: Final = "303 SEE OTHER"


def page_figures(on: Stage, rounds: int) -> list[Figure]:
    """Return what showing and sending a page costs, of a form that is half filled."""
    query = urlsplit(stage.begin(on, stage.half()).url).query
    largest = largest_page(on, query)
    shown = [path for path, _ in shown_pages(on, query)]
    return [
        _shown(on, "GET, largest page", [largest.path], rounds),
        _shown(on, "GET, every page in turn", shown, rounds),
        _sent(on, largest, rounds),
        *loopback_figures(on, largest, rounds),
    ]


def shown_pages(on: Stage, query: str) -> list[tuple[str, bytes]]:
    """Return the address and the bytes of every page that is shown now."""
    paths = [f"/e/{FORM}/{page.id}?{query}" for _, page in author_pages(on.form)]
    answers = [(path, *call(on, path)(on.app)) for path in paths]
    return [(path, body) for path, status, body in answers if status == SHOWN]


def largest_page(on: Stage, query: str) -> Largest:
    """Return the shown page whose post is largest, filled in as it should be."""
    found = []
    for path, body in shown_pages(on, query):
        page = on.sara.get(path)
        fields = stage.typed(on, page, family.SARAS_ANSWERS)
        if call(on, path, form=fields)(on.app)[0] == GONE_ON:
            found.append(Largest(path=path, body=body, fields=fields))
    return max(found, key=lambda one: (len(one.fields), len(one.body)))


def _shown(on: Stage, name: str, paths: list[str], rounds: int) -> Figure:
    calls = [call(on, path) for path in paths]
    ready = ready_made({one.path: one(on.app)[1] for one in calls})
    return side_by_side(
        name,
        "a Flask view that returns the same bytes",
        Side(work=_each(calls, on.app)),
        Side(work=_each(calls, ready)),
        rounds=rounds,
    )


def _each(calls: list[Call], app: Flask) -> Callable[[], object]:
    """Return what puts the next of the requests to the application."""
    turns = cycle(calls)
    return lambda: next(turns)(app)


def _sent(on: Stage, largest: Largest, rounds: int) -> Figure:
    send = call(on, largest.path, form=largest.fields)
    floor, close = committing(on.town.home / "floor.db", newest(on))
    try:
        return side_by_side(
            "POST, largest page",
            "a Flask view that commits the same bytes",
            Side(work=lambda: send(on.app)),
            Side(work=lambda: send(floor)),
            rounds=rounds,
        )
    finally:
        close()
