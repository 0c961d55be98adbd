"""Who may call a view: each says so by the decorator it wears."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar
from urllib.parse import quote

from flask import current_app, redirect, request
from werkzeug.wrappers import Response

from formbuilder.web import cookies
from formbuilder.web.house import house
from formbuilder.web.visit import session, visit

P = ParamSpec("P")
R = TypeVar("R")
WHO: Final = "may_be_called_by"
HOMES: Final = {cookies.CITIZEN: "/mina", cookies.STAFF: "/inkorg"}


def _log_in(kind: str) -> Response:
    return redirect(f"/logga-in?to={quote(_come_back_to(kind), safe='')}", 303)


def _come_back_to(kind: str) -> str:
    """Return where to go after logging in.

    What stands in an address is one session's own. It goes on meaning something to
    whoever logs in again where they just were; to others it would be a dead end.
    """
    home = HOMES[kind]
    is_own = "d" in request.args or "shown" in (request.view_args or {})
    token = cookies.read(kind)
    if is_own and house().services.sessions.lately(visit().tenant, token) is None:
        return home
    adapter = request.url_rule and current_app.url_map.bind("")
    if not adapter or not adapter.test(request.path, "GET"):
        return home
    return request.full_path.rstrip("?")


def _guard(kind: str) -> Callable[[Callable[..., R]], Callable[..., R | Response]]:
    def decorate(view: Callable[..., R]) -> Callable[..., R | Response]:
        @wraps(view)
        def guarded(**values: str) -> R | Response:
            who = session(kind)
            if who is None:
                return _log_in(kind)
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
