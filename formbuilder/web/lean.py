"""What Flask does for every request and this house can do without, left out."""

import re
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import Headers, MultiDict

from formbuilder.web.house import behind

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

READING = frozenset({"GET", "HEAD", "OPTIONS"})
URI = re.compile(r"[A-Za-z0-9/?&=#%._~-]*", re.ASCII)
"""Addresses in which nothing has to be escaped (RFC 3986 §2)."""
BARE = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
"""Answers without a body (RFC 9110 §6.4.1); those below 200 no view gives."""


def given(values: MultiDict[str, str], name: str) -> str:
    """Return what came under a name, "" where nothing did.

    A MultiDict that lacks something makes an error first, and then of that a default.
    """
    return values[name] if name in values else ""  # noqa: SIM401


class LeanFlask(Flask):
    """Flask for views none of which is a coroutine, so nobody looks whether one is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func


class LeanResponse(Response):
    """A response that is handed over as it is when nothing is missing.

    `standing` are the headers that every answer has; a view's own go before them.
    """

    standing: Sequence[tuple[str, str]] = ()

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Return the headers: of a page or a way to one as they are, else put right."""
        is_page = self.status_code == HTTPStatus.OK
        is_way = self.status_code == HTTPStatus.SEE_OTHER
        is_plain = is_page or (
            is_way and URI.fullmatch(self.headers.get("Location", ""))
        )
        if is_plain and "Content-Length" in self.headers:
            return self.headers
        return super().get_wsgi_headers(environ)

    def get_wsgi_response(
        self, environ: "WSGIEnvironment"
    ) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        """Return body, status and headers, of which `standing` need no looking into."""
        body, status, headers = super().get_wsgi_response(environ)
        own = {name.lower() for name, _ in headers}
        rest = [one for one in self.standing if one[0].lower() not in own]
        return body, status, headers + rest

    def get_app_iter(self, environ: "WSGIEnvironment") -> Iterable[bytes]:
        """Return a body that is at hand as a list: the server sends it in one piece.

        An iterator is fetched from bit by bit, each time by another thread.
        """
        is_bare = environ["REQUEST_METHOD"] == "HEAD" or self.status_code in BARE
        if is_bare or not self.is_sequence:
            return super().get_app_iter(environ)
        whole = list(self.iter_encoded())
        self.close()
        return whole


class PostProtection(CSRFProtect):  # type: ignore[misc]  # it has no types
    """The check of form tokens, which looks for exemptions only where it checks."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a request that changes something and has no token of ours."""
        if behind(request).method not in READING:
            super().protect(apply_exemptions=apply_exemptions)


class UnchangedSessions(SecureCookieSessionInterface):
    """Sessions that say nothing of themselves in an answer unless they changed.

    That every answer depends on the cookies is said with the other headers.
    """

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Send the cookie if it is new."""
        if session.modified:
            super().save_session(app, session, response)
