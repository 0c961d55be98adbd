"""One service at a time: on an installation of one process, and on a port."""

import errno
import fcntl
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

from schemas.errors import OperatorError

LOOKED_EVERY: Final = 0.05


def alone(place: Path, *, within: float) -> TextIO:
    """Take a place for this process and those it forks; closing the file lets go.

    The kernel lets go of it too when they are gone, however they went. A predecessor
    that is stopping is waited for. Raises:
        OperatorError: another process has it, or the file cannot be written.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        held = place.open("a+", encoding="ascii")
    except OSError as error:
        raise OperatorError(
            f"{place} cannot be written ({error.strerror}). Let this user write there, "
            "or set FORMBUILDER_HOME to a folder where it may."
        ) from error
    if not _soon(lambda: _locked(held), within):
        held.seek(0)
        holder = held.read().strip() or "another"
        held.close()
        raise OperatorError(
            f"The service is running already: process {holder} works on "
            f"{place.parent}, which takes one service. Stop that one first, or set "
            "FORMBUILDER_HOME to a folder of this one's own."
        )
    held.truncate(0)
    held.write(str(os.getpid()))
    held.flush()
    return held


def refuse_taken(host: str, port: int, *, within: float) -> None:
    """Refuse an address that is taken; the server itself would share it.

    Raises:
        OperatorError: something listens there, or it cannot be listened on.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        if _soon(lambda: all(_is_free(one) for one in found), within):
            return
    except OSError as error:
        raise OperatorError(
            f"{host}:{port} cannot be listened on ({error.strerror}). Set "
            "FORMBUILDER_BIND to an address of this machine, and a port above 1023."
        ) from error
    raise OperatorError(
        f"Something listens on {host}:{port} already. Stop it, or set "
        "FORMBUILDER_BIND to another port."
    )


def _soon(is_done: Callable[[], bool], within: float) -> bool:
    """Ask until it is so, or this many seconds have passed."""
    deadline = time.monotonic() + within
    while not is_done():
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOKED_EVERY)
    return True


def _locked(held: TextIO) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_free(found: tuple[int, int, int, str, tuple[object, ...]]) -> bool:
    """Say whether nobody listens on one of a host's addresses."""
    family, kind, _, _, address = found
    with socket.socket(family, kind) as trial:
        # Connections that a predecessor closed a moment ago are in nobody's way.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True
