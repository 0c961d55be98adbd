"""What Flask does for every request and this house can do without, left out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.sansio.http import parse_cookie
from werkzeug.sansio.utils import get_host

from formbuilder.web.now import request_now
from formbuilder.web.urlencoded import parsed
from schemas.lately import Lately

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

READING = frozenset({"GET", "HEAD", "OPTIONS"})
URI = re.compile(r"[A-Za-z0-9/?&=#%._~-]*", re.ASCII)
"""Addresses in which nothing has to be escaped (RFC 3986 §2)."""
PLAIN = re.compile(r"[\w.%~-]+=[\w.%~=-]*(?:; [\w.%~-]+=[\w.%~=-]*)*", re.ASCII)
"""Cookies as ours are and browsers send them, with nothing quoted (RFC 6265 §4.2.1)."""
KEPT = 64 * 1024
"""Characters of addresses, queries and cookies each that are kept read.

A browser sends the same cookies and query with every page, and they may be of any length.
"""
BARE = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
"""Answers without a body (RFC 9110 §6.4.1); those below 200 no view gives."""


def given(values: MultiDict[str, str], name: str) -> str:
    """Return what came under a name, "" where nothing did.

    A MultiDict that lacks something makes an error first, and then of that a default.
    """
    return values[name] if name in values else ""  # noqa: SIM401


class LeanRequest(Request):
    """A request that reads each thing of itself once, without the rest of it.

    What a `functools.cached_property` has found is an attribute from then on;
    Werkzeug's own is asked each time whether it has.
    """

    @cached_property
    def host(self) -> str:
        """Return the host that was asked, empty if it is none."""
        return get_host(self.scheme, self.environ.get("HTTP_HOST"), self.server)

    @cached_property
    def blueprints(self) -> list[str]:
        """Return the blueprints the view belongs to, the innermost first."""
        return super().blueprints

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        """Return what stands in the query."""
        sent = self.query_string
        return _queries.get(
            sent, lambda: ImmutableMultiDict(parsed(sent)), weight=1 + len(sent)
        )

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """Return the cookies; what is no UTF-8 in them is replaced."""
        sent: str = self.environ.get("HTTP_COOKIE", "")
        return _jars.get(sent, lambda: _jar(sent), weight=1 + len(sent))


_queries: Lately[bytes, ImmutableMultiDict[str, str]] = Lately(KEPT)
_jars: Lately[str, ImmutableMultiDict[str, str]] = Lately(KEPT)


def _jar(sent: str) -> ImmutableMultiDict[str, str]:
    if PLAIN.fullmatch(sent):
        return ImmutableMultiDict([one.partition("=")[::2] for one in sent.split("; ")])
    written = sent.encode("latin-1").decode("utf-8", "replace")
    return parse_cookie(written, cls=ImmutableMultiDict)  # type: ignore[return-value]  # it is of that class


class Signs(Map):
    """The addresses of an application, and which view those asked lately lead to."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.lately: Lately[tuple[str, str], tuple[Rule, Mapping[str, Any]]]
        self.lately = Lately(KEPT)


class Finder(MapAdapter):
    """What finds a request's view, without looking where one was found lately."""

    map: Signs

    def match(self, *given: Any, **more: Any) -> Any:
        """Return rule and arguments of the view; raise what Werkzeug raises."""
        ask = super().match
        if given or more != {"return_rule": True}:  # Flask asks so of each request
            return ask(*given, **more)
        path, method = self.path_info, self.default_method
        rule, values = self.map.lately.get(
            (path, method), lambda: ask(return_rule=True), weight=1 + len(path)
        )
        return rule, dict(values)


class LeanFlask(Flask):
    """Flask for views none of which is a coroutine or depends on the host's name."""

    url_map_class = Signs

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds a request's view, of what the request has read already."""
        if request is None:
            return super().create_url_adapter(request)
        return Finder(
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
