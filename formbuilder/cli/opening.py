"""The installation a command works on."""

from collections.abc import Iterator
from contextlib import contextmanager

from formbuilder.app import Installation, configure_logs, open_installation
from formbuilder.config import load


@contextmanager
def opened() -> Iterator[Installation]:
    """Open the installation the settings name, and close it after."""
    configure_logs()
    installation = open_installation(load())
    try:
        yield installation
    finally:
        installation.close()
