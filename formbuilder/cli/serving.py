"""`serve`, `work` and `simulate`: the processes of an installation."""

import os
import signal
import threading
from contextlib import ExitStack
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces

from formbuilder.app import configure_logs, engine, keep_tidy, open_installation
from formbuilder.cli.alone import alone, refuse_taken
from formbuilder.cli.processes import STOPPED_WITHIN, refuse_unready
from formbuilder.cli.server_logs import CONFIGURATION
from formbuilder.config import load
from formbuilder.simulators import register as register_server
from formbuilder.simulators.bankid import server as bankid_server
from schemas.errors import OperatorError

THREADS_OF_A_CORE = 8
PREDECESSOR_GONE_WITHIN = 10.0
"""Seconds that a service which is just stopping is waited for."""


@click.command()
@click.option("--embedded", is_flag=True, help="Web and deliveries in one process.")
@click.option(
    "--workers",
    default=1,
    type=click.IntRange(1, 64),
    help="Web processes (PostgreSQL).",
)
def serve(embedded: bool, workers: int) -> None:
    """Serve the web; with --embedded deliver and archive in the same process."""
    settings = load()
    if settings.is_embedded and (not embedded or workers != 1):
        raise OperatorError(
            "SQLite takes one process. Run `formbuilder serve --embedded`, or set "
            "FORMBUILDER_DATABASE_URL to a PostgreSQL database."
        )
    refuse_unready(settings)
    with ExitStack() as held:
        if settings.is_embedded:
            place = settings.home / "serving.lock"
            held.enter_context(alone(place, within=PREDECESSOR_GONE_WITHIN))
        host, port = settings.address
        refuse_taken(host, port, within=PREDECESSOR_GONE_WITHIN)
        _run(host, port, workers, embedded=embedded)


def _run(host: str, port: int, workers: int, *, embedded: bool) -> None:
    Granian(
        f"formbuilder.cli.processes:{'embedded' if embedded else 'served'}",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=threads(workers),
        log_dictconfig=dict(CONFIGURATION),
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPED_WITHIN,
        websockets=False,
    ).serve()


def threads(workers: int) -> int:
    """Return how many requests one process answers at a time.

    They wait for peers and the disk more than they compute, so they are more than
    the cores; what comes beyond them waits in the socket's queue.
    """
    cores = os.cpu_count() or 1
    return max(4, min(32, THREADS_OF_A_CORE * cores // workers))


@click.command()
def work() -> None:
    """Deliver and archive until stopped (PostgreSQL; any number may run)."""
    configure_logs()
    settings = load()
    if settings.is_embedded:
        raise OperatorError(
            "On SQLite the work is done by `formbuilder serve --embedded`. "
            "Set FORMBUILDER_DATABASE_URL to a PostgreSQL database to work apart."
        )
    refuse_unready(settings)
    installation = open_installation(settings)
    running, stopped = engine(installation), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    running.start()
    keep_tidy(installation)
    stopped.wait()
    running.stop()
    installation.close()


@click.group()
def simulate() -> None:
    """Run a loopback peer for development; refused in production."""


def _directory(name: str) -> Path:
    return Path(os.environ.get("FORMBUILDER_HOME", "var")) / "simulators" / name


def _environment() -> str:
    return os.environ.get("FORMBUILDER_ENV", "production")


@simulate.command()
@click.option("--port", default=0, help="The port of the API (mTLS).")
@click.option("--phone-port", default=0, help="The port of the telephone's page.")
def bankid(port: int, phone_port: int) -> None:
    """Be BankID: the API over mutual TLS, and a phone page for testers."""
    running = bankid_server.start(
        _directory("bankid"),
        environment=_environment(),
        port=port,
        phone_port=phone_port,
    )
    click.echo(f"BankID: {running.base_url}\nTelefon: {running.phone_url}")
    threading.Event().wait()


@simulate.command()
@click.option("--port", default=0, help="The port.")
def register(port: int) -> None:
    """Be the population register."""
    running = register_server.start(environment=_environment(), port=port)
    click.echo(f"Folkbokföring: {running.base_url}")
    threading.Event().wait()
