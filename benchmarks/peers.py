"""The same 60 questions as others make them, beside ours."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import wtforms
from flask import Flask, redirect, render_template_string, request
from jsonschema import Draft202012Validator
from werkzeug.wrappers import Response
from wtforms import widgets

from benchmarks.large_form import BLOCK, COLOURS, large_form
from benchmarks.loopback import cpu_of
from benchmarks.measuring import Figure, Side, side_by_side
from benchmarks.pages import MANY, Sample, many_questions
from benchmarks.stage import Stage, begin, call, half
from schemas.compiling import compile_form

PYTHON: Final = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"
"""Made by `script/benchmark --peers`; without it Django is left out."""

WTFORMS: Final = "WTForms' widgets, Jinja and jsonschema, with nothing kept"
DJANGO: Final = "a Django form with crispy-forms, with nothing kept"
BLOCKS: Final = MANY // BLOCK
PAGE: Final = """<!DOCTYPE html><html lang="sv"><title>Alla frågor</title>
<form method="post">{% for field in form %}<div>{{ field.label }}{{ field() }}
{% for error in field.errors %}<p>{{ error }}</p>{% endfor %}</div>{% endfor %}
<button>Spara</button></form></html>"""


def peer_figures(on: Stage, rounds: int) -> list[Figure]:
    """Return ours beside each; ratio above 1 is ours the faster.

    Ours has a session, a token and a stored draft besides; the others have not.
    """
    begin(on, half())
    sample = many_questions(on, MANY)
    app = wtforms_app()
    found = [
        _beside(on, sample, verb, WTFORMS, Side(work=_client(app, verb)), rounds)
        for verb in ("GET", "POST")
    ]
    if PYTHON.exists():
        with _django() as (ask, cpu):
            for verb in ("GET", "POST"):
                line = verb if verb == "GET" else f"{verb} {_body()}"
                side = Side(work=lambda line=line: ask(line), cpu=cpu)  # type: ignore[misc]  # bound now
                found.append(_beside(on, sample, verb, DJANGO, side, rounds))
    return found


def _beside(
    on: Stage, sample: Sample, verb: str, name: str, theirs: Side, rounds: int
) -> Figure:
    fields = sample.sent.fields if verb == "POST" else None
    ours = call(on, sample.sent.path, form=fields)
    return side_by_side(
        f"{verb}, {sample.name}",
        name,
        Side(work=lambda: ours(on.app), cpu=time.process_time),
        theirs,
        rounds=rounds,
    )


def _body() -> str:
    typed: dict[str, Any] = {}
    for n in range(BLOCKS):
        typed |= {
            f"name{n}": "Åsa",
            f"colour{n}": COLOURS[0],
            f"count{n}": n,
            f"day{n}_day": 3,
            f"day{n}_month": 3,
            f"day{n}_year": 2027,
            f"day{n}": "2027-03-03",
            f"mail{n}": "a@example.se",
            f"street{n}": "Storgatan",
            f"story{n}": "Först.",
            f"which{n}": "Mer",
            f"likes{n}": list(COLOURS[:2]),
            f"more{n}": "true",
        }
    return urlencode(typed, doseq=True)


def _client(app: Flask, verb: str) -> Any:
    client, body = app.test_client(), _body()
    kind = "application/x-www-form-urlencoded"
    if verb == "GET":
        return lambda: client.get("/")
    return lambda: client.post("/", data=body, content_type=kind)


def wtforms_app() -> Flask:
    """Return an application that shows and checks the questions by WTForms alone."""
    app, form = Flask("wtforms"), _form()
    validator = Draft202012Validator(dict(compile_form(large_form(MANY)).schema))
    half_filled = {f"name{number}": "Åsa" for number in range(BLOCKS // 2)}

    @app.get("/")
    def show() -> str:
        return render_template_string(PAGE, form=form(data=half_filled))

    @app.post("/")
    def take() -> Response | str:
        typed = form(request.form)
        found = {k: v for k, v in typed.data.items() if v not in (None, "", [])}
        found = {k: str(v) if k.startswith("day") else v for k, v in found.items()}
        if typed.validate() and validator.is_valid({"large": found}):
            return redirect("/next", 303)
        return render_template_string(PAGE, form=typed)

    return app


def _form() -> type[wtforms.Form]:
    colours = [(one, one.title()) for one in COLOURS]
    ticks = {
        "widget": widgets.ListWidget(prefix_label=False),
        "option_widget": widgets.CheckboxInput(),
    }
    members: dict[str, Any] = {}
    for n in range(BLOCKS):
        members |= {
            f"name{n}": wtforms.StringField(),
            f"colour{n}": wtforms.RadioField(choices=colours),
            f"count{n}": wtforms.IntegerField(),
            f"day{n}": wtforms.DateField(),
            f"mail{n}": wtforms.StringField(),
            f"street{n}": wtforms.StringField(),
            f"story{n}": wtforms.TextAreaField(),
            f"likes{n}": wtforms.SelectMultipleField(choices=colours, **ticks),
            f"more{n}": wtforms.RadioField(
                choices=[("true", "Ja"), ("false", "Nej")],
                coerce=lambda typed: typed == "true" if typed else None,
            ),
            f"which{n}": wtforms.StringField(),
        }
    return type("Large", (wtforms.Form,), members)


@contextmanager
def _django() -> Iterator[tuple[Any, Any]]:
    """Run the Django page in a process of its own; give how to ask, and its time."""
    script = Path(__file__).with_name("peer_django.py")
    with subprocess.Popen(  # noqa: S603 - our own script
        [PYTHON, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        given, taken = process.stdin, process.stdout

        def ask(line: str) -> str:
            if given is None or taken is None:
                return ""
            given.write(line + "\n")
            return taken.readline()

        yield ask, lambda: cpu_of(process.pid)
        if given is not None:
            given.close()
