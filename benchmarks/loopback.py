"""The same pages through the real server: ours and the floors in one process."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from benchmarks.floors import add_ready, committing
from benchmarks.measuring import Figure, Side, side_by_side
from benchmarks.stage import Largest, Stage, newest
from formbuilder.app import open_installation, web
from formbuilder.cli.serving import threads
from formbuilder.config import load
from formbuilder.demo.town import free_port
from schemas.errors import OperatorError

FLOOR: Final = "BENCHMARK_FLOOR"
READY_WITHIN: Final = 30.0


def loopback_figures(on: Stage, largest: Largest, rounds: int) -> list[Figure]:
    """Return what a page costs through granian, over one kept connection."""
    body = urlencode(largest.fields, doseq=True)
    with served(on, largest) as port, closing(_connected(port)) as line:

        def ask(place: str) -> None:
            _request(line, "GET", place, {"Cookie": on.cookie}, "")

        def send(place: str) -> None:
            typed = {"Content-Type": "application/x-www-form-urlencoded"}
            _request(line, "POST", place, {"Cookie": on.cookie, **typed}, body)

        return [
            side_by_side(
                "GET, largest page, through granian",
                "a Flask view that returns the same bytes",
                Side(work=lambda: ask(largest.path)),
                Side(work=lambda: ask(f"/floor{largest.path}")),
                rounds=rounds,
            ),
            side_by_side(
                "POST, largest page, through granian",
                "a Flask view that commits the same bytes",
                Side(work=lambda: send(largest.path)),
                Side(work=lambda: send(f"/floor{largest.path}")),
                rounds=rounds,
            ),
        ]


@contextmanager
def served(on: Stage, largest: Largest) -> Iterator[int]:
    """Serve both in a process of their own; give the port."""
    folder, port = on.town.home / "floors", free_port()
    folder.mkdir()
    (folder / "page").write_bytes(largest.body)
    (folder / "path").write_text(largest.path.partition("?")[0], encoding="utf-8")
    (folder / "content").write_bytes(newest(on))
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"]
    command += ["--port", str(port), "--blocking-threads", str(threads(1)), "--no-ws"]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [*command, "--log-level", "error", "benchmarks.loopback:both"],
        env={**os.environ, **on.town.environment, FLOOR: str(folder)},
        cwd=Path(__file__).parents[1],
        start_new_session=True,
    )
    try:
        _wait(port)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def both() -> DispatcherMiddleware:
    """Return our application with the floors below `/floor`, as a server's factory."""
    folder = Path(os.environ[FLOOR])
    path = (folder / "path").read_text(encoding="utf-8")
    app, _ = committing(folder / "floor.db", (folder / "content").read_bytes())
    add_ready(app, {path: (folder / "page").read_bytes()})
    ours: Flask = web(open_installation(load()))
    return DispatcherMiddleware(ours.wsgi_app, {"/floor": app.wsgi_app})


def _connected(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port)


def _request(
    line: http.client.HTTPConnection,
    method: str,
    place: str,
    headers: Mapping[str, str],
    body: str,
) -> None:
    line.request(method, place, body=body or None, headers=dict(headers))
    answer = line.getresponse()
    answer.read()
    if answer.status not in (200, 303):
        raise OperatorError(f"{method} {place} answered {answer.status}.")


def _wait(port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            with closing(_connected(port)) as line:
                line.request("GET", "/healthz")
                line.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise OperatorError("The server did not start. Run the benchmark again.")
