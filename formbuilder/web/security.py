"""Headers on every answer, the token on every post, the key under each cookie."""

from typing import Any, Final

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer

from formbuilder.web import cookies
from formbuilder.web.house import house
from formbuilder.web.lean import LeanResponse, UnchangedSessions
from formbuilder.web.now import globals_now, request_now, session_now
from schemas.lately import Lately

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
NO_PAGE: Final = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
"""For what is not a page of ours: files, figures and answers to unknown hosts."""
HEADERS: Final = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
UNKEPT: Final = (("cache-control", "no-store"), ("vary", "Cookie"))
"""What somebody's own page says to whoever might keep it."""
COOKIES_KEPT: Final = 256 * 1024
"""Characters of cookies that were checked lately: anybody may send one of any length."""
FOR_A_YEAR: Final = "max-age=31536000; includeSubDomains"


class TenantCookieSigner(UnchangedSessions):
    """Sign the form-token cookie with a key of the municipality's own."""

    def __init__(self) -> None:
        self._signers: dict[str, URLSafeTimedSerializer] = {}
        self._read: Lately[tuple[str, str, int], dict[str, Any]] = Lately(COOKIES_KEPT)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie holds; one that was checked lately is not again."""
        cookie, here = request.cookies.get(self.get_cookie_name(app), ""), house()
        tenant = here.settings.tenant_of(request.host)
        if not cookie or tenant is None:
            return super().open_session(app, request)

        def opened() -> dict[str, Any]:
            return dict(
                super(TenantCookieSigner, self).open_session(app, request) or {}
            )

        hour = int(here.clock().timestamp()) // 3600  # so that old ones run out
        key = (tenant.key, cookie, hour)
        return self.session_class(self._read.get(key, opened, len(cookie)))

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the signer for this request's host; none for an unknown host."""
        tenant = house().settings.tenant_of(request.host)
        if tenant is None:
            return None
        if tenant.key not in self._signers:
            key = house().keyring.derived(tenant.key, "form-token")
            self._signers[tenant.key] = URLSafeTimedSerializer(key, salt="form-token")
        return self._signers[tenant.key]


def form_token() -> str:
    """Return the token that this browser's forms carry.

    It follows from the cookie's value alone, so it is signed once for each.
    """
    kept: str = session_now().get("csrf_token", "")
    return _tokens.get(kept, generate_csrf) if kept else str(generate_csrf())


_tokens: Lately[str, str] = Lately(1024)


def add_headers(response: LeanResponse) -> LeanResponse:
    """Put the security headers and waiting cookies on an answer."""
    visit = globals_now().get("visit")
    policy = POLICY.format(nonce=visit.nonce) if visit else NO_PAGE
    wanted = [("content-security-policy", policy), *HEADERS]
    if not request_now().path.startswith("/static/"):
        wanted += UNKEPT
    if cookies.is_https():
        wanted.append(("strict-transport-security", FOR_A_YEAR))
    response.standing = wanted
    cookies.attach(response)
    return response


def safe_path(target: str) -> str:
    r"""Return an address of our own to go on to, or the front page.

    >>> safe_path("/e/skolstart?x=1"), safe_path("//evil.example"), safe_path("/\\e")
    ('/e/skolstart?x=1', '/', '/')
    """
    is_ours = (
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and target.isprintable()
        and "\\" not in target
    )
    return target if is_ours else "/"
