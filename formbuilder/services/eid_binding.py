"""Whether whoever completed an order sits at the browser that started it.

An order begun “on this device” hands its start token to the browser, which could
send it to somebody else to approve. So its result counts only when the eID's app
has led back to the same browser with a nonce that nobody else was given, or when
the app sat at the same address as the browser. A QR code's order never gives the
token away: the code is read off the screen and lives for a second.
"""

import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from formbuilder.identity.provider import OrderRequest

HOME_NETWORK = 64
"""The part of an IPv6 address that one household has in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """What an identity service may know of the browser, and how it is known again.

    `is_here` says that the app is on the same device; then `return_url` is where the
    app leads back, with `nonce` in it. `to` is where the person was going, and
    `language` what they read it in.
    """

    ip: str
    user_agent: str = ""
    return_url: str = ""
    referring_domain: str = ""
    device_id: str = ""
    is_here: bool = False
    nonce: str = field(default="", repr=False)
    to: str = "/"
    language: str = ""


def remembered(browser: Browser) -> dict[str, Any]:
    """Return what an order keeps of the browser that started it."""
    return {
        "is_here": browser.is_here,
        "ip": browser.ip,
        "nonce_hash": _hash(browser.nonce) if browser.nonce else "",
        "to": browser.to,
        "language": browser.language,
    }


def order_request(
    purpose: str, browser: Browser, *, visible_text: str, **more: Any
) -> OrderRequest:
    """Return what is asked of the identity service on behalf of a browser."""
    return OrderRequest(
        purpose="sign" if purpose == "sign" else "login",
        end_user_ip=browser.ip,
        visible_text=visible_text,
        return_url=browser.return_url,
        user_agent=browser.user_agent,
        referring_domain=browser.referring_domain,
        device_id=browser.device_id,
        **more,
    )


def has_nonce(context: Mapping[str, Any], nonce: str) -> bool:
    """Tell whether the nonce is the one this order's return address held."""
    kept = str(context.get("nonce_hash", ""))
    return bool(kept) and hmac.compare_digest(kept, _hash(nonce))


def is_bound(context: Mapping[str, Any], device_ip: str) -> bool:
    """Tell whether the order's result may be used by its browser."""
    if not context.get("is_here"):
        return True
    return bool(context.get("is_returned")) or same_network(
        str(context.get("ip", "")), device_ip
    )


def same_network(one: str, other: str) -> bool:
    """Tell whether two addresses are one household's.

    >>> same_network("192.0.2.7", "192.0.2.7"), same_network("192.0.2.7", "192.0.2.8")
    (True, False)
    >>> same_network("2001:db8::1", "2001:db8::2"), same_network("192.0.2.7", "")
    (True, False)
    """
    try:
        first, second = ipaddress.ip_address(one), ipaddress.ip_address(other)
    except ValueError:
        return False
    if isinstance(first, ipaddress.IPv6Address):
        home = ipaddress.ip_network(f"{first}/{HOME_NETWORK}", strict=False)
        return second in home
    return first == second


def _hash(nonce: str) -> str:
    return sha256(nonce.encode()).hexdigest()
