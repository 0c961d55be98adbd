"""Errors in logs without their words, which may be somebody's answers (promise 5)."""

import logging
import threading
from collections.abc import Callable
from types import TracebackType

import structlog

log = structlog.get_logger()


def place(trace: TracebackType | None) -> str:
    """Return the function and line where an error was raised."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"


def without_words(record: logging.LogRecord) -> bool:
    """Leave of a logged error its kind and where it was raised; a logging filter."""
    if record.exc_info and record.exc_info[0]:
        kind, _, trace = record.exc_info
        record.msg = f"{record.getMessage()}: {kind.__name__} at {place(trace)}"
        record.args = None
        record.exc_info = None
        record.exc_text = None
    return True


def install() -> None:
    """Let every library of this process log errors without their words."""
    make: Callable[..., logging.LogRecord] = logging.getLogRecordFactory()
    if getattr(make, "is_safe", False):
        return

    def safe(*values: object, **more: object) -> logging.LogRecord:
        record = make(*values, **more)
        without_words(record)
        return record

    safe.is_safe = True  # type: ignore[attr-defined]  # so that it is done once
    logging.setLogRecordFactory(safe)
    threading.excepthook = _thread_ended


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    log.error(
        "thread_ended",
        kind=ended.exc_type.__name__,
        place=place(ended.exc_traceback),
        thread=ended.thread.name if ended.thread else "",
    )
