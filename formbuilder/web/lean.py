"""What Flask does for every request and this house can do without, left out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import MapAdapter
from werkzeug.sansio.http import parse_cookie
from werkzeug.utils import cached_property
from werkzeug.wsgi import get_host

from formbuilder.web.now import request_now
from formbuilder.web.urlencoded import parsed

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

READING = frozenset({"GET", "HEAD", "OPTIONS"})
URI = re.compile(r"[A-Za-z0-9/?&=#%._~-]*", re.ASCII)
"""Addresses in which nothing has to be escaped (RFC 3986 §2)."""
PLAIN = re.compile(r"[\w.%~-]+=[\w.%~=-]*(?:; [\w.%~-]+=[\w.%~=-]*)*", re.ASCII)
"""Cookies as ours are and browsers send them, with nothing quoted (RFC 6265 §4.2.1)."""
BARE = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
"""Answers without a body (RFC 9110 §6.4.1); those below 200 no view gives."""


def given(values: MultiDict[str, str], name: str) -> str:
    """Return what came under a name, "" where nothing did.

    A MultiDict that lacks something makes an error first, and then of that a default.
    """
    return values[name] if name in values else ""  # noqa: SIM401


class LeanRequest(Request):
    """A request whose cookies and query are read without the other headers."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """Return what stands in the query."""
        return parsed(self.query_string)

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """Return the cookies; what is no UTF-8 in them is replaced."""
        sent: str = self.environ.get("HTTP_COOKIE", "")
        if PLAIN.fullmatch(sent):
            return ImmutableMultiDict([_pair(one) for one in sent.split("; ")])
        written = sent.encode("latin-1").decode("utf-8", "replace")
        return parse_cookie(written, cls=ImmutableMultiDict)  # type: ignore[return-value]  # it is of that class


def _pair(written: str) -> tuple[str, str]:
    name, _, value = written.partition("=")
    return name, value


class LeanFlask(Flask):
    """Flask for views none of which is a coroutine or depends on the host's name."""

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds a request's view, of what the request has read already."""
        if request is None:
            return super().create_url_adapter(request)
        request.host = get_host(request.environ)
        return MapAdapter(
            map=self.url_map,
            server_name=request.host,
            script_name=request.root_path,
            subdomain="",
            url_scheme=request.scheme,
            path_info=request.path,
            default_method=request.method,
            query_args=request.query_string.decode("latin-1"),
        )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func


class LeanResponse(Response):
    """A response that is handed over as it is when nothing is missing.

    `standing` are the headers that every answer has; a view's own go before them.
    """

    standing: Sequence[tuple[str, str]] = ()
    """The names in small letters, as HTTP/2 has them (RFC 9113 §8.2)."""

    def get_wsgi_response(
        self, environ: "WSGIEnvironment"
    ) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        """Return body, status and headers, of which `standing` need no looking into."""
        headers = list(self.headers)
        own = {name.lower(): value for name, value in headers}
        if environ["REQUEST_METHOD"] != "HEAD" and self._is_ready(own):
            body: Iterable[bytes] = self._whole()
            status = self.status
        else:
            body, status, headers = super().get_wsgi_response(environ)
        rest = [one for one in self.standing if one[0] not in own]
        return body, status, headers + rest

    def _is_ready(self, own: Mapping[str, str]) -> bool:
        """Tell whether there is nothing to put right, and the whole body is at hand."""
        return (
            self.is_sequence
            and self.status_code not in BARE
            and "content-length" in own
            and bool(URI.fullmatch(own.get("location", "")))
        )

    def _whole(self) -> list[bytes]:
        """Return the body as a list: the server sends it in one piece.

        An iterator is fetched from bit by bit, each time by another thread.
        """
        found = list(self.iter_encoded())
        self.close()
        return found


class PostProtection(CSRFProtect):  # type: ignore[misc]  # it has no types
    """The check of form tokens, which looks for exemptions only where it checks."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a request that changes something and has no token of ours."""
        if request_now().method not in READING:
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
