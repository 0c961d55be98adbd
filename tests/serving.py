"""The service as a process of its own, in production, as an operator runs it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from formbuilder.demo.town import free_port
from tests.commanded import Operator

EXAMPLES = Path(__file__).parents[1] / "examples"
READY_WITHIN = 60.0
STOPPED_WITHIN = 40.0


def in_production(folder: Path) -> Operator:
    """Return somebody who sets up production, and has no BankID and register yet.

    The environment is not named: production it is unless something else is said.
    """
    for name in ("directory.toml", "placements.toml"):
        shutil.copy(EXAMPLES / name, folder)
    return Operator({}).of(
        home=folder / "home",
        keys=folder / "keys",
        bind=f"127.0.0.1:{free_port()}",
        tenants=f"127.0.0.1=ekvalla:{folder / 'directory.toml'}",
    )


def set_up(operator: Operator) -> Operator:
    """Make keys and tables, and publish one form."""
    for words in (
        ("keys", "init"),
        ("db", "upgrade"),
        ("publish", EXAMPLES / "felanmalan.json"),
    ):
        assert operator.run(*words).status == 0
    return operator


def start(operator: Operator, log: Path) -> "subprocess.Popen[bytes]":
    """Start the service, and do not wait for it."""
    with log.open("ab") as written:
        return subprocess.Popen(
            [sys.executable, "-m", "formbuilder", "serve", "--embedded"],
            env={**os.environ, **operator.environment},
            stdout=written,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def serving(operator: Operator, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the service until it is no longer needed."""
    process = start(operator, log)
    try:
        wait_until_ready(operator.url)
        yield process
    finally:
        process.terminate()
        process.wait(STOPPED_WITHIN)


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if is_ready(url):
            return
        time.sleep(0.05)
    raise AssertionError("The service did not start.")


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", trust_env=False).is_success
    except httpx.TransportError:
        return False
