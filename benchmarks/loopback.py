"""The same pages through the real server: ours and the floors in one process."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import mkdtemp
from typing import Final
from urllib.parse import urlencode

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from benchmarks.floors import KEEPING, READY, add_ready, committing
from benchmarks.measuring import Figure, Side, side_by_side
from benchmarks.stage import Filled, Stage, newest
from formbuilder.app import open_installation, web
from formbuilder.cli.serving import threads
from formbuilder.config import load
from formbuilder.demo.town import free_port
from schemas.errors import OperatorError

FLOOR: Final = "BENCHMARK_FLOOR"
READY_WITHIN: Final = 30.0
NANOSECONDS: Final = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server and the one connection kept to it."""

    line: http.client.HTTPConnection
    cpu: Callable[[], float]


def shown_through(
    server: Server, on: Stage, name: str, shown: Sequence[Filled], rounds: int
) -> Figure:
    """Return what pages cost in turn when they are asked for over HTTP."""
    headers = {"Cookie": on.cookie}

    def side(prefix: str) -> Side:
        turns = cycle(prefix + one.path for one in shown)
        return Side(
            work=lambda: _request(server.line, "GET", next(turns), headers, ""),
            cpu=server.cpu,
        )

    return side_by_side(
        f"GET, {name}, through granian", READY, side(""), side("/floor"), rounds=rounds
    )


def sent_through(
    server: Server, on: Stage, name: str, sent: Filled, rounds: int
) -> Figure:
    """Return what a page costs when it is sent over HTTP."""
    headers = {"Cookie": on.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(sent.fields, doseq=True)

    def side(prefix: str) -> Side:
        place = prefix + sent.path
        return Side(
            work=lambda: _request(server.line, "POST", place, headers, body),
            cpu=server.cpu,
        )

    return side_by_side(
        f"POST, {name}, through granian",
        KEEPING,
        side(""),
        side("/floor"),
        rounds=rounds,
    )


@contextmanager
def served(on: Stage, shown: Sequence[Filled]) -> Iterator[Server]:
    """Serve both in a process of their own."""
    folder, port = Path(mkdtemp(dir=on.town.home)), free_port()
    pages = {one.path.partition("?")[0]: one.body.decode() for one in shown}
    (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
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
        with closing(_connected(port)) as line:
            yield Server(line=line, cpu=lambda: cpu_of(process.pid))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def both() -> DispatcherMiddleware:
    """Return our application with the floors below `/floor`, as a server's factory."""
    folder = Path(os.environ[FLOOR])
    pages = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
    app, _ = committing(folder / "floor.db", (folder / "content").read_bytes())
    add_ready(app, {path: page.encode() for path, page in pages.items()})
    ours: Flask = web(open_installation(load()))
    return DispatcherMiddleware(ours.wsgi_app, {"/floor": app.wsgi_app})


def cpu_of(pid: int) -> float:
    """Return the processor time of the server and its workers so far, in seconds."""
    return sum(map(_of_threads, _family(pid))) / NANOSECONDS


def _family(pid: int) -> list[int]:
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(one for child in below for one in _family(int(child)))]


def _of_threads(pid: int) -> int:
    return sum(
        int(one.read_text(encoding="ascii").split()[0])
        for one in Path(f"/proc/{pid}/task").glob("*/schedstat")
    )


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
