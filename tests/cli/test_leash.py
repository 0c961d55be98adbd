"""The service of a demonstration or a test run ends with it, however that ends."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.serving import STOPPED_WITHIN, in_production, is_ready, set_up
from tests.serving import wait_until_ready as wait

RUN = """
import json, sys, time
from pathlib import Path
from formbuilder.demo.town import leashed
log, environment = json.loads(sys.argv[1])
print(leashed(Path(log), environment, "serve", "--embedded").pid, flush=True)
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    """Tell whether a process runs; one that nobody has looked after does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_service_ends_with_the_run_that_started_it(
    tmp_path: Path, how: signal.Signals
) -> None:
    operator = set_up(in_production(tmp_path))
    told = json.dumps([str(tmp_path / "service.log"), dict(operator.environment)])
    run = subprocess.Popen(  # noqa: S603 - a run of our own
        [sys.executable, "-c", RUN, told], stdout=subprocess.PIPE, text=True
    )
    with run:
        assert run.stdout is not None
        pid = int(run.stdout.readline())
        wait(operator.url)
        run.send_signal(how)

    deadline = time.monotonic() + STOPPED_WITHIN
    while time.monotonic() < deadline and (is_running(pid) or is_ready(operator.url)):
        time.sleep(0.1)
    assert (is_running(pid), is_ready(operator.url)) == (False, False)


def test_a_service_that_nobody_holds_ends_at_once() -> None:
    followed = "import time; from formbuilder.cli.leashed import follow; follow(); time.sleep(60)"

    ended = subprocess.run(  # noqa: S603 - a run of our own
        ["/bin/sh", "-c", 'exec "$0" -c "$1" <&-', sys.executable, followed],
        stderr=subprocess.PIPE,
        timeout=STOPPED_WITHIN,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (-signal.SIGTERM, b"")
