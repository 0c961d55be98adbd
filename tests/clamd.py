"""Debian's own clamd for the tests, which knows one piece of malware: ours."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formbuilder.scanning.scanner import ScannerUnavailable
from formbuilder.scanning.scanners.clamav import ClamAV

MALWARE = b"MALWARE-OF-THE-TESTS"
FOUND = "Formbuilder.Test.UNOFFICIAL"
LARGEST = 2_000_000
STARTED_WITHIN = 60.0


@contextmanager
def a_place_for_clamd() -> Iterator[Path]:
    """Give the path of a socket that nobody listens at yet.

    It is not in pytest's folder: a socket's path has room for some hundred characters.
    """
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:
        yield Path(folder) / "socket"


@contextmanager
def clamd(place: Path) -> Iterator[None]:
    """Run the daemon at the place."""
    program = shutil.which("clamd", path="/usr/sbin:/usr/bin")
    assert program is not None, "clamd is missing; run script/setup dev"
    process = subprocess.Popen(  # noqa: S603 - the program is looked up above
        [program, f"--config-file={_settings(place)}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(str(place))
        yield
    finally:
        process.terminate()
        process.wait(20)


def _settings(place: Path) -> Path:
    folder = place.parent
    signatures = folder / "signatures"
    signatures.mkdir(exist_ok=True)
    line = f"Formbuilder.Test:0:*:{MALWARE.hex()}\n"
    (signatures / "own.ndb").write_text(line)
    settings = folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {place}\n"
        f"Foreground yes\nStreamMaxLength {LARGEST}\nMaxThreads 2\n"
    )
    return settings


def _wait(address: str) -> None:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline:
        try:
            ClamAV(address).version()
        except ScannerUnavailable:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("clamd did not start.")
