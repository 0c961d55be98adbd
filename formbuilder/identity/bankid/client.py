"""A thin client for BankID's relying-party service: one call in, one answer out."""

import json
import ssl
from collections.abc import Mapping
from typing import Any, Final

import httpx

from formbuilder.identity.bankid.errors import error_for
from formbuilder.identity.provider import IdentityUnavailable

CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 10.0
LARGEST_ANSWER: Final = 2 * 1024 * 1024
"""The largest signature BankID makes is some 400 kB, in base64 twice over."""

# A charset here is answered with 415.
JSON_HEADERS: Final = {"Content-Type": "application/json", "Accept": "application/json"}


def http_client(context: ssl.SSLContext) -> httpx.Client:
    """Return a client that follows nothing and reads no proxy from the environment."""
    return httpx.Client(
        verify=context,
        timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,
    )


class RelyingPartyClient:
    """The calls of API version 6; nothing is ever tried twice.

    A `collect` whose answer was lost must not be repeated in the dark: a final
    answer is given once.
    """

    def __init__(self, http: httpx.Client, base_url: str) -> None:
        self._http = http
        self._base = base_url.rstrip("/") + "/"

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def auth(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """Start a log-in."""
        return self._call("auth", order)

    def sign(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """Start a signature."""
        return self._call("sign", order)

    def collect(self, order_ref: str) -> dict[str, Any]:
        """Ask how an order goes."""
        return self._call("collect", {"orderRef": order_ref})

    def cancel(self, order_ref: str) -> None:
        """Take an order back."""
        self._call("cancel", {"orderRef": order_ref})

    def _call(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            status, content = self._post(path, json.dumps(body).encode("utf-8"))
        except httpx.TimeoutException as error:
            raise IdentityUnavailable("requestTimeout", path) from error
        except httpx.TransportError as error:
            # The text of a transport error names hosts and TLS reasons, no person.
            raise IdentityUnavailable("unreachable", str(error)) from error
        answer = _object(content)
        if status != httpx.codes.OK:
            raise error_for(status, answer or {})
        if answer is None:
            raise IdentityUnavailable("internalError", "the answer is not JSON")
        return answer

    def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        url = self._base + path
        with self._http.stream(
            "POST", url, content=body, headers=JSON_HEADERS
        ) as response:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > LARGEST_ANSWER:
                    raise IdentityUnavailable("internalError", "the answer is too big")
            return response.status_code, bytes(content)


def _object(content: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
