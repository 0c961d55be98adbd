"""The server's own log lines, written as ours are: a JSON object on each line."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import structlog

_INTENDED: Final = "which seems quite high compared to the number of CPU cores"


class ServerLines(logging.Formatter):
    """Writes a line with the keys of our own events."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        event = {
            "event": "server",
            "message": record.getMessage(),
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[0]:
            event["error"] = record.exc_info[0].__name__
        written = structlog.processors.JSONRenderer(ensure_ascii=False)
        return str(written(None, "", event))


class Intended(logging.Filter):
    """Leaves out the advice against more threads than cores.

    Our threads wait for BankID, the register and the disk far more than they compute;
    with as few as the cores, one slow peer would hold every guardian up.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the line is worth an operator's time."""
        return _INTENDED not in record.getMessage()


CONFIGURATION: Final[Mapping[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": f"{__name__}.ServerLines"}},
    "filters": {"intended": {"()": f"{__name__}.Intended"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "lines",
            "filters": ["intended"],
        }
    },
    "loggers": {
        "_granian": {"handlers": ["console"], "level": "INFO", "propagate": False}
    },
}
