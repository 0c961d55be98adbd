"""Who may call a view: each says so by the decorator it wears."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar
from urllib.parse import quote

from flask import redirect, request
from werkzeug.wrappers import Response

from formbuilder.web import cookies
from formbuilder.web.visit import session

P = ParamSpec("P")
R = TypeVar("R")
WHO: Final = "may_be_called_by"


def _log_in() -> Response:
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(f"/logga-in?to={quote(here)}", 303)


def _guard(kind: str) -> Callable[[Callable[..., R]], Callable[..., R | Response]]:
    def decorate(view: Callable[..., R]) -> Callable[..., R | Response]:
        @wraps(view)
        def guarded(**values: str) -> R | Response:
            who = session(kind)
            if who is None:
                return _log_in()
            return view(who, **values)

        setattr(guarded, WHO, kind)
        return guarded

    return decorate


def citizen(
    view: Callable[..., R],
) -> Callable[..., R | Response]:
    """Let in whoever is logged in for errands of their own, as the first argument."""
    return _guard(cookies.CITIZEN)(view)


def staff(view: Callable[..., R]) -> Callable[..., R | Response]:
    """Let in members of the municipality's departments, as the first argument."""
    return _guard(cookies.STAFF)(view)


def anyone(view: Callable[P, R]) -> Callable[P, R]:
    """Let everybody in, on purpose."""
    setattr(view, WHO, "anyone")
    return view


def late_citizen(view: Callable[P, R]) -> Callable[P, R]:
    """Let the view itself ask who it is: a post may come after its session ended."""
    setattr(view, WHO, cookies.CITIZEN)
    return view
