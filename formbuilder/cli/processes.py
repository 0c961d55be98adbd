"""What a server's process runs, and how it ends: what is under way is finished."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import Final, TextIO

import structlog
from flask import Flask

from formbuilder.app import (
    configure_logs,
    engine,
    keep_tidy,
    open_installation,
    read_directory,
    web,
)
from formbuilder.cli.alone import alone
from formbuilder.config import Settings, load
from formbuilder.database.database import Database
from formbuilder.keyring import Keyring
from schemas.errors import OperatorError

STOPPED_WITHIN: Final = 30
"""Seconds that requests and orders under way are given when the service stops."""
FOLLOWS_WITHIN: Final = STOPPED_WITHIN + 10.0
"""Seconds that a process waits for the one it comes after."""
log = structlog.get_logger()


def served() -> Flask:
    """Return the web application alone, as a server's factory."""
    end_with_parent()
    configure_logs()
    installation = open_installation(load())
    at_end(installation.close)
    return web(installation)


def embedded() -> Flask:
    """Return the web application with its engine working in the same process."""
    end_with_parent()
    configure_logs()
    settings = load()
    if settings.is_embedded:
        at_end(_only_worker(settings).close)
    installation = open_installation(settings)
    running = engine(installation)

    def end() -> None:
        running.stop()
        installation.close()

    at_end(end)
    running.start()
    keep_tidy(installation)
    return web(installation)


def _only_worker(settings: Settings) -> TextIO:
    """Wait until the process before this one is gone: they would share a database."""
    try:
        return alone(settings.home / "working.lock", within=FOLLOWS_WITHIN)
    except OperatorError as error:
        log.error("not_alone", message=str(error))  # noqa: TRY400 - says all there is
        sys.exit(1)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however it went.

    Nobody would start it again, stop it, or know that it still delivers.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=follow, name="parent", daemon=True).start()


def at_end(work: Callable[[], None]) -> None:
    """Do this when the server has answered its last request and its process ends.

    The server runs us in a process of `multiprocessing`, which ends without `atexit`.
    """
    Finalize(None, work, exitpriority=100)


def refuse_unready(settings: Settings) -> None:
    """Say what is missing before a process is started that would only fail.

    Raises:
        OperatorError: there is no tenant, key, directory or upgraded database.
    """
    if not settings.tenants:
        raise OperatorError(
            "There is no municipality to serve. Set FORMBUILDER_TENANTS to "
            "host=key:directory.toml, or write [tenants] in FORMBUILDER_CONFIG."
        )
    Keyring(settings.keys)
    for tenant in settings.tenants:
        read_directory(tenant)
    Database(settings).close()
