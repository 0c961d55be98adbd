import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.commanded import MISUSED, REFUSED, Operator
from tests.serving import in_production, serving, set_up


@pytest.fixture
def production(tmp_path: Path) -> Operator:
    """An installation where nothing has been done yet."""
    return in_production(tmp_path)


def test_serve_says_step_by_step_what_is_missing(production: Operator) -> None:
    nowhere = production.of(home="").run("serve", "--embedded")
    nobody = production.of(tenants="").run("serve", "--embedded")
    unlocked = production.run("serve", "--embedded")
    production.run("keys", "init")
    no_tables = production.run("serve", "--embedded")

    assert {REFUSED} == {d.refused for d in (nowhere, nobody, unlocked, no_tables)}
    assert "FORMBUILDER_HOME" in nowhere.err
    assert "FORMBUILDER_TENANTS" in nobody.err
    assert "formbuilder keys init" in unlocked.err
    assert "formbuilder db upgrade" in no_tables.err


def test_sqlite_is_served_embedded_by_one_process(operator: Operator) -> None:
    apart = [
        operator.run("serve"),
        operator.run("serve", "--embedded", "--workers", 2),
        operator.run("work"),
    ]

    assert {REFUSED} == {done.refused for done in apart}
    assert all("PostgreSQL" in done.err for done in apart)


def test_no_simulator_starts_in_production(production: Operator) -> None:
    assert REFUSED == production.run("simulate", "bankid").refused
    assert REFUSED == production.run("simulate", "register").refused


def test_workers_are_counted_from_one(operator: Operator) -> None:
    assert MISUSED == operator.run("serve", "--workers", 0).refused


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    """An installation with keys, tables and one published form."""
    return set_up(in_production(tmp_path_factory.mktemp("production")))


@pytest.fixture
def running(
    published: Operator, tmp_path: Path
) -> Iterator[tuple[str, "subprocess.Popen[bytes]", Path]]:
    """Production without BankID, up and running; its address, process and log."""
    log = tmp_path / "service.log"
    with serving(published, log) as process:
        yield published.url, process, log


Running = tuple[str, "subprocess.Popen[bytes]", Path]


def test_production_without_bankid_says_that_log_in_is_off(
    running: Running, published: Operator
) -> None:
    url, _, _ = running

    page = httpx.get(f"{url}/logga-in", trust_env=False)
    form = httpx.get(f"{url}/e/felanmalan", trust_env=False)

    assert (page.status_code, form.status_code) == (200, 200)
    assert "Det går inte att logga in hos Ekvalla kommun just nu." in page.text
    assert "BankID på den här enheten" not in page.text
    states = {r["check"]: r["state"] for r in published.run("doctor", "--json").json}
    assert states["bankid"] == "warning"


def test_a_request_under_way_is_answered_before_the_service_stops(
    running: Running,
) -> None:
    url, process, log = running
    host, port = url.removeprefix("http://").split(":")
    body = b"to=%2F&kind=guardian"
    head = (
        f"POST /logga-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )

    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(head.encode() + body[:5])
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        connection.sendall(body[5:])
        answer = connection.recv(64)

    assert answer.startswith(b"HTTP/1.1 4")
    assert process.wait(30) == 0
    lines = log.read_text().splitlines()
    assert all("event" in json.loads(line) for line in lines)
    assert "CPU cores" not in "".join(lines)
