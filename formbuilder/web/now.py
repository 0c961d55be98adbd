"""What Flask's proxies stand for in this request.

Each attribute asked of a proxy finds that anew, which costs as much as reading twenty of
them; code that every request runs asks once.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, g, request, session

T = TypeVar("T")


def _behind(proxy: T) -> Callable[[], T]:
    found: Callable[[], T] = proxy._get_current_object  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's documented way
    return found


app_now = _behind(current_app)
globals_now = _behind(g)
request_now = _behind(request)
session_now = _behind(session)
