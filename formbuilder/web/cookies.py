"""The cookies: each holds one random value, none holds anything about a person."""

from typing import Final

from flask import Response, g

from formbuilder.web.house import house
from formbuilder.web.lean import given
from formbuilder.web.now import globals_now, request_now

CITIZEN: Final = "citizen"
STAFF: Final = "staff"
FLOW: Final = "flow"  # binds an eID order to the browser that started it
DEVICE: Final = "device"  # the eID's risk check, lives across log-ins
LANGUAGE: Final = "language"

YEAR: Final = 365 * 24 * 3600


def _name(key: str) -> str:
    # The __Host- prefix needs https, which development on loopback does not have.
    return f"__Host-{key}" if is_https() else key


def is_https() -> bool:
    """Tell whether cookies may demand https."""
    return house().settings.environment == "production"


def read(key: str) -> str:
    """Return a cookie of ours as the browser sent it, or as this answer sets it."""
    waiting: dict[str, str] = globals_now().get("cookies", {})
    return waiting.get(key, given(request_now().cookies, _name(key)))


def write(key: str, value: str) -> None:
    """Set a cookie with the answer; an empty value takes it away."""
    if "cookies" not in g:
        g.cookies = {}
    g.cookies[key] = value


def attach(response: Response) -> None:
    """Put the cookies waiting onto the answer."""
    for key, value in globals_now().get("cookies", {}).items():
        response.set_cookie(
            _name(key),
            value,
            max_age=0 if not value else YEAR if key in (DEVICE, LANGUAGE) else None,
            secure=is_https(),
            httponly=True,
            # Lax: the eID app leads back here by a link from outside.
            samesite="Lax",
            path="/",
        )
