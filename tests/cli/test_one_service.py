"""One service works on one installation, and leaves nothing of itself behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from formbuilder.cli.alone import alone, refuse_taken
from formbuilder.demo.town import free_port
from schemas.errors import OperatorError
from tests.commanded import REFUSED, Done, Operator
from tests.serving import (
    STOPPED_WITHIN,
    in_production,
    is_ready,
    serving,
    set_up,
    start,
    wait_until_ready,
)

pytestmark = pytest.mark.kill

GONE_WITHIN = 20.0
ROOT = Path(__file__).parents[2]


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """Somebody with an installation of their own."""
    return set_up(in_production(tmp_path))


def _second(operator: Operator) -> Done:
    """Try to start one more service."""
    done = subprocess.run(
        [sys.executable, "-m", "formbuilder", "serve", "--embedded"],
        env={**os.environ, **operator.environment},
        capture_output=True,
        timeout=60,
        check=False,
        text=True,
    )
    return Done(status=done.returncode, out=done.stdout, err=done.stderr)


def _children(process: "subprocess.Popen[bytes]") -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(number) for number in listed.split()]


def _is_alive(number: int) -> bool:
    """Say whether a process is there, and not only its exit status."""
    try:
        words = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return False
    return words[0] not in ("Z", "X")


def _wait_until_gone(numbers: list[int]) -> None:
    deadline = time.monotonic() + GONE_WITHIN
    while any(_is_alive(number) for number in numbers):
        assert time.monotonic() < deadline, f"{numbers} go on without their parent"
        time.sleep(0.02)


def test_nothing_goes_on_when_the_main_process_is_killed(
    operator: Operator, tmp_path: Path
) -> None:
    with serving(operator, tmp_path / "service.log") as process:
        workers = _children(process)
        process.kill()
        process.wait()
        _wait_until_gone(workers)

    assert len(workers) == 1
    assert not is_ready(operator.url)


def test_what_is_killed_can_be_started_again_at_once(
    operator: Operator, tmp_path: Path
) -> None:
    log = tmp_path / "service.log"
    with serving(operator, log) as process:
        orphans = _children(process)
        process.kill()
        with serving(operator, log) as successor:
            assert [n for n in orphans if _is_alive(n)] == []
            assert len(_children(successor)) == 1


def test_a_successor_waits_for_the_service_that_is_stopping(
    operator: Operator, tmp_path: Path
) -> None:
    log = tmp_path / "service.log"
    with serving(operator, log) as process:
        process.terminate()
        successor = start(operator, log)
        try:
            process.wait(STOPPED_WITHIN)
            wait_until_ready(operator.url)
        finally:
            successor.terminate()

    assert successor.wait(STOPPED_WITHIN) == 0


def test_workers_that_are_replaced_never_work_two_at_a_time(
    operator: Operator, tmp_path: Path
) -> None:
    with serving(operator, tmp_path / "service.log") as process:
        [first] = _children(process)
        process.send_signal(signal.SIGHUP)
        _wait_until_gone([first])
        wait_until_ready(operator.url)
        [second] = _children(process)
        held = (operator.home / "working.lock").read_text()

    assert str(second) == held


def test_a_second_service_on_the_same_home_is_told_whom_to_stop(
    operator: Operator, tmp_path: Path
) -> None:
    with serving(operator, tmp_path / "service.log") as process:
        done = _second(operator.of(bind=f"127.0.0.1:{free_port()}"))

        assert done.refused == REFUSED
        assert f"process {process.pid} works on {operator.home}" in done.err
        assert "Stop that one first" in done.err
        assert "Traceback" not in done.err


def test_a_service_on_a_taken_port_is_refused(operator: Operator) -> None:
    host, _, port = operator.environment["FORMBUILDER_BIND"].rpartition(":")
    with socket.create_server((host, int(port)), reuse_port=True):
        done = _second(operator)

    assert done.refused == REFUSED
    assert f"Something listens on {host}:{port} already" in done.err
    assert "FORMBUILDER_BIND" in done.err
    assert "Traceback" not in done.err


def test_a_place_is_taken_by_one(tmp_path: Path) -> None:
    place = tmp_path / "home" / "serving.lock"
    first = alone(place, within=0)
    with pytest.raises(OperatorError, match=f"process {os.getpid()} works on"):
        alone(place, within=0)
    first.close()

    alone(place, within=0).close()


def test_a_place_where_one_may_not_write_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")

    with pytest.raises(OperatorError, match="cannot be written"):
        alone(tmp_path / "home" / "serving.lock", within=0)


def test_an_address_of_another_machine_is_said() -> None:
    with pytest.raises(OperatorError, match=r"192\.0\.2\.1:8000 cannot be listened on"):
        refuse_taken("192.0.2.1", 8000, within=0)


def test_a_free_port_is_free() -> None:
    port = free_port()

    refuse_taken("localhost", port, within=0)


@contextmanager
def _demo(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    words = ("--home", str(folder / "demo"), "--port", str(free_port()))
    process = subprocess.Popen(  # noqa: S603 - a program of our own
        [sys.executable, "-m", "formbuilder.demo", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_the_demo_that_is_told_to_stop_stops_its_service(tmp_path: Path) -> None:
    with _demo(tmp_path) as process:
        assert process.stdout is not None
        assert any("Ctrl-C" in line for line in process.stdout)
        served = _children(process)
        process.terminate()
        status = process.wait(STOPPED_WITHIN)

    assert served
    assert [number for number in served if _is_alive(number)] == []
    assert status == 0


def test_the_demo_may_be_told_to_stop_while_it_starts(tmp_path: Path) -> None:
    with _demo(tmp_path) as process:
        while not (served := _children(process)):
            assert process.poll() is None
            time.sleep(0.02)
        process.terminate()
        process.wait(STOPPED_WITHIN)

    assert [number for number in served if _is_alive(number)] == []
