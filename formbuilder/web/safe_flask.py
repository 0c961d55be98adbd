"""Flask without its two ways of writing what people send: temporary files and traces."""

from types import TracebackType
from typing import IO, Any

import structlog
from flask import Flask, Request
from werkzeug.exceptions import RequestEntityTooLarge

log = structlog.get_logger()

Raised = (
    tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
)


class SafeRequest(Request):
    """A request whose files only `multipart.read_fields` may read (promise 5)."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        # Werkzeug would keep it in a temporary file; no form of ours comes here.
        raise RequestEntityTooLarge


class SafeFlask(Flask):
    """Flask that logs what kind of error it was and where, never its words."""

    request_class = SafeRequest

    def log_exception(self, exc_info: Raised) -> None:
        """Write the error down without its message, which may hold an answer."""
        error = exc_info[1]
        log.error("crash", kind=type(error).__name__, place=place(error))


def place(error: BaseException | None) -> str:
    """Return the function and line where an error was raised."""
    trace = error.__traceback__ if error else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
