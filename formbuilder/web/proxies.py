"""Believe forwarding headers from the proxies the operator names, and nobody else."""

import ipaddress
from collections.abc import Iterable
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix


class TrustedProxies:
    """Let a trusted peer say whose request it brings and to which host."""

    def __init__(self, app: Any, trusted: tuple[str, ...]) -> None:
        self.direct = app
        self.through = ProxyFix(app, x_for=1, x_proto=1, x_host=1)
        self.trusted = tuple(ipaddress.ip_network(one, strict=False) for one in trusted)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve one request."""
        app = self.through if self._is_trusted(environ) else self.direct
        answer: Iterable[bytes] = app(environ, start_response)
        return answer

    def _is_trusted(self, environ: dict[str, Any]) -> bool:
        try:
            peer = ipaddress.ip_address(environ.get("REMOTE_ADDR", ""))
        except ValueError:
            return False
        return any(peer in network for network in self.trusted)
