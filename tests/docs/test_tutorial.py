"""The tutorial, followed to the letter in an empty folder."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from formbuilder.cli.authoring import compiled_file
from formbuilder.demo.town import free_port
from formbuilder.filling import fill
from formbuilder.visitor import Visitor
from tests.docs.reading import FENCE, NAMED, ROOT

TUTORIAL = ROOT / "docs" / "tutorial" / "build-a-form.md"
STEP = re.compile(f"(?:{NAMED.pattern})|(?:{FENCE.pattern})".replace(r"\1", r"\3"),
                  re.MULTILINE | re.DOTALL)  # fmt: skip
SERVE = "script/formbuilder serve --embedded"
SHIM = '#!/bin/sh\nexec {python} -W ignore -m formbuilder "$@"\n'
READY_WITHIN = 90.0


class Follower:
    """Somebody who does what the page says, in a folder of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.last = 0
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "FORMBUILDER_BIND": f"127.0.0.1:{self.port}",
        }
        self.service: subprocess.Popen[bytes] | None = None
        shim = home / "script" / "formbuilder"
        shim.parent.mkdir()
        shim.write_text(SHIM.format(python=shlex.quote(sys.executable)))
        shim.chmod(0o755)

    def run(self, command: str) -> str:
        if command.startswith("export "):
            key, _, value = command.removeprefix("export ").partition("=")
            self.environment[key] = value.replace("$PWD", str(self.home))
            return ""
        if command == SERVE:
            self.serve()
            return ""
        if command == "echo $?":
            return f"{self.last}\n"
        done = subprocess.run(  # noqa: S603 - the page's own command
            ["/bin/sh", "-c", command],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.last = done.returncode
        return done.stdout + done.stderr

    def serve(self) -> None:
        """Start the service, answer the form as the page says, wait for the orders."""
        self.service = subprocess.Popen(  # noqa: S603 - the service, by its shim
            [self.home / "script" / "formbuilder", "serve", "--embedded"],
            cwd=self.home,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{self.port}"
        _wait_for(lambda: _is_up(f"{address}/readyz"))
        form = compiled_file(self.home / "gatlampa/gatlampa.json", None, draft=False)
        answers = {
            "lamp": {"place": "Ekparken", "reply": True, "mail": "sara@example.se"}
        }
        with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
            visitor = Visitor(client)
            page = visitor.get("/e/gatlampa")
            page = visitor.submit(page.form(action="/borja"))
            page = fill(visitor, page, form, answers, {})
            page = visitor.submit(page.form(action="/granska"))
            assert "Tack" in page.title
        _wait_for(lambda: _orders_done(address))

    def stop(self) -> None:
        if self.service is not None:
            self.service.terminate()
            self.service.wait(40)


@pytest.fixture
def follower(tmp_path: Path) -> Iterator[Follower]:
    one = Follower(tmp_path)
    yield one
    one.stop()


def test_whoever_follows_the_tutorial_sees_what_it_shows(follower: Follower) -> None:
    for file, content, _, language, block in STEP.findall(TUTORIAL.read_text("utf-8")):
        if file:
            (follower.home / file).write_text(content, encoding="utf-8")
            continue
        if language == "console":
            _follow(follower, block)


def _follow(follower: Follower, block: str) -> None:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        said = follower.run(command)
        if command != SERVE:
            assert _fits(expected, said), (
                f"$ {command}\n{said}\n-- expected\n{expected}"
            )


def _fits(expected: str, said: str) -> bool:
    """Tell whether the output is as shown, `…` standing for anything."""
    pieces = (re.escape(piece) for piece in expected.strip("\n").split("…"))
    pattern = ".*".join(pieces)
    return bool(re.fullmatch(rf"\s*{pattern}\s*", said, re.DOTALL))


def _is_up(address: str) -> bool:
    try:
        return httpx.get(address, trust_env=False).is_success
    except httpx.TransportError:
        return False


def _orders_done(address: str) -> bool:
    figures = httpx.get(f"{address}/metrics", timeout=30, trust_env=False).text
    states = dict(re.findall(r'state="(\w+)"[^}]*\} ([0-9.]+)', figures))
    open_orders = sum(float(count) for s, count in states.items() if s != "done")
    return float(states.get("done", 0)) >= 2 and not open_orders


def _wait_for(condition: object) -> None:
    assert callable(condition)
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen in time.")
