"""What a web process weighs when every published form has been asked for."""

import json
import os
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Final

from benchmarks.engine import school_start
from benchmarks.measuring import Figure, figure
from benchmarks.stage import Stage
from formbuilder.app import open_installation, web
from formbuilder.config import load
from formbuilder.database import forms
from formbuilder.database.connection import TenantConnection
from formbuilder.demo.town import TENANT
from formbuilder.demo.walk import FORM
from schemas.errors import OperatorError

COUNTS: Final = (1, 100)
"""Published forms, each as large as a whole school start."""

WORKER: Final = "from benchmarks.weight import serve; serve()"
BARE: Final = """
from flask import Flask
import flask_wtf, jinja2, jsonschema_rs, sqlalchemy
Flask("bare")
"""
WEIGH: Final = """
print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""


def weight_figures(on: Stage, rounds: int) -> list[Figure]:
    """Return the most memory of a worker, beside one that only imports libraries."""
    return [_weight(on, count, min(rounds, 3)) for count in COUNTS]


def _weight(on: Stage, count: int, rounds: int) -> Figure:
    _publish(on, count)
    return figure(
        f"Memory of a worker with {count} school start{'s' if count > 1 else ''}",
        "a worker that imports the same libraries",
        [(_most(on, WORKER), _most(on, BARE)) for _ in range(rounds)],
        unit="MB",
        scale=1.0,
    )


def _publish(on: Stage, count: int) -> None:
    """Store forms as publishing does, past the checks that each has passed already."""
    document = json.dumps(school_start().document, ensure_ascii=False)
    now = on.installation.clock()

    def work(tc: TenantConnection) -> None:
        for number in range(count):
            form_id, version = f"form{number}", f"{number:064x}"
            if forms.current(tc, form_id) is not None:
                continue
            stored = forms.FormVersion(
                form_id=form_id,
                version=version,
                document=document.replace(FORM, form_id),
                published_at=now,
                published_by="benchmark",
            )
            forms.publish(tc, stored)
            current = forms.CurrentForm(
                id=on.installation.tools.new_id(),
                form_id=form_id,
                version=version,
                since=now,
                by="benchmark",
            )
            forms.make_current(tc, current)

    on.installation.database.write(TENANT, work)


def serve() -> None:
    """Open the installation as a web process does, and ask for every form's pages."""
    installation = open_installation(load())
    client = web(installation).test_client()
    host = {"base_url": f"http://{installation.settings.bind}"}
    for form in installation.services.forms.published(TENANT):
        if form.id.startswith("form"):
            answer = client.get(f"/e/{form.id}", **host)
            if answer.status_code != HTTPStatus.OK:
                raise OperatorError(f"/e/{form.id} answered {answer.status}.")
    installation.close()


def _most(on: Stage, work: str) -> float:
    """Return the most memory a process had, in megabytes."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", work + WEIGH],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **on.town.environment},
        cwd=Path(__file__).parents[1],
    )
    return int(done.stdout.split()[-1]) / 1024
