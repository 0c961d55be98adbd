"""Headers on every answer, the token on every post, the key under each cookie."""

from typing import Final

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException

from formbuilder.web import cookies
from formbuilder.web.house import house

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
NO_PAGE: Final = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
"""For what is not a page of ours: files, figures and answers to unknown hosts."""
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class TenantCookieSigner(SecureCookieSessionInterface):
    """Sign the form-token cookie with a key of the municipality's own."""

    def __init__(self) -> None:
        self._signers: dict[str, URLSafeTimedSerializer] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the signer for this request's host; none for an unknown host."""
        tenant = house().settings.tenant_of(request.host)
        if tenant is None:
            return None
        if tenant.key not in self._signers:
            key = house().keyring.derived(tenant.key, "form-token")
            self._signers[tenant.key] = URLSafeTimedSerializer(key, salt="form-token")
        return self._signers[tenant.key]


def add_headers(response: Response) -> Response:
    """Put the security headers and waiting cookies on an answer."""
    visit = g.get("visit")
    policy = POLICY.format(nonce=visit.nonce) if visit else NO_PAGE
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    if cookies.is_https():
        response.headers.setdefault(
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
        )
    return cookies.attach(response)


def is_expected(error: Exception) -> bool:
    """Tell whether an error is an HTTP answer rather than a fault of ours."""
    return isinstance(error, HTTPException)


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
