"""What a server's process runs, and how it ends: what is under way is finished."""

from collections.abc import Callable
from multiprocessing.util import Finalize

from flask import Flask

from formbuilder.app import (
    configure_logs,
    engine,
    keep_tidy,
    open_installation,
    read_directory,
    web,
)
from formbuilder.config import Settings, load
from formbuilder.database.database import Database
from formbuilder.keyring import Keyring
from schemas.errors import OperatorError


def served() -> Flask:
    """Return the web application alone, as a server's factory."""
    configure_logs()
    installation = open_installation(load())
    at_end(installation.close)
    return web(installation)


def embedded() -> Flask:
    """Return the web application with its engine working in the same process."""
    configure_logs()
    installation = open_installation(load())
    running = engine(installation)

    def end() -> None:
        running.stop()
        installation.close()

    at_end(end)
    running.start()
    keep_tidy(installation)
    return web(installation)


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
