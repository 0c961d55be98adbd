"""Believe forwarding headers from the proxies the operator names, and nobody else."""

import ipaddress
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from werkzeug.middleware.proxy_fix import ProxyFix

PEER: Final = "formbuilder.peer"
FORWARDED: Final = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)
"""What a proxy says of a request it brings."""


class TrustedProxies:
    """Let a trusted peer say whose request it brings and to which host."""

    def __init__(self, app: Any, trusted: tuple[str, ...]) -> None:
        self.direct = app
        self.through = ProxyFix(app, x_for=1, x_proto=1, x_host=1)
        self.trusted = trusted

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve one request."""
        environ[PEER] = environ.get("REMOTE_ADDR", "")
        app = self.through if is_within(environ[PEER], self.trusted) else self.direct
        answer: Iterable[bytes] = app(environ, start_response)
        return answer


def is_direct(environ: Mapping[str, Any], places: tuple[str, ...]) -> bool:
    """Say whether a request comes from one of these places, and by no proxy.

    It is the connection itself that counts: no header makes a place another one.
    """
    is_forwarded = any(name in environ for name in FORWARDED)
    return not is_forwarded and is_within(environ[PEER], places)


@lru_cache(maxsize=1024)
def is_within(peer: str, places: tuple[str, ...]) -> bool:
    """Say whether an address is in one of these networks."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any(
        one in ipaddress.ip_network(place, strict=False)
        for place in places
        for one in (address, mapped)
        if one is not None
    )
