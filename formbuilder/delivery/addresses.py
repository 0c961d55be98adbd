"""Which network addresses a webhook may reach: public ones, checked before use."""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from formbuilder.delivery.channel import ChannelRefused, ChannelUnavailable, Resolve

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_IPV4: Final = 4
_NEVER: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",  # RFC 6052: an IPv4 address in other clothes
        "64:ff9b:1::/48",  # RFC 8215
        "2001::/32",  # RFC 4380, Teredo
        "2002::/16",  # RFC 3056, 6to4
        "fec0::/10",  # RFC 3879, once private
        "168.63.129.16/32",  # a cloud's own metadata service on a public address
        "192.0.0.0/24",  # RFC 6890; Python's own table lets parts of it through
        "192.88.99.0/24",  # RFC 7526, once 6to4 relays
        "2001:db8::/32",  # RFC 3849, documentation
        "3fff::/20",  # RFC 9637, documentation
    )
)


_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is handed out to the open internet (RFC 4291 §2.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to connect: the checked address, and the name it must prove to have."""

    url: str
    host: str
    host_header: str


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Ask the machine's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def target(url: str, *, resolve: Resolve, allow_loopback: bool) -> Target:
    """Resolve the host once and return the checked address to connect to.

    Raises:
        ChannelRefused: the address may not be called.
        ChannelUnavailable: the name does not resolve now.
    """
    parts = _split(url)
    host, port = parts.hostname or "", parts.port or _default_port(parts.scheme)
    addresses = _addresses(host, port, resolve)
    is_loopback = all(_unmapped(address).is_loopback for address in addresses)
    if not (allow_loopback and is_loopback):
        _demand_public(parts.scheme, addresses)
    first = addresses[0]
    literal = str(first) if first.version == _IPV4 else f"[{first}]"
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    name = f"[{host}]" if ":" in host else host
    return Target(
        url=f"{parts.scheme}://{literal}:{port}{path}{query}",
        host=host,
        host_header=name if parts.port is None else f"{name}:{port}",
    )


def is_public(address: Address) -> bool:
    """Say whether the address is on the open internet and nowhere else."""
    plain = _unmapped(address)
    return (
        plain.is_global
        and not plain.is_multicast
        and (plain.version == _IPV4 or plain in _UNICAST)
        and not any(
            plain in network for network in _NEVER if network.version == plain.version
        )
    )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_sound = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound or parts.scheme not in ("https", "http") or "@" in parts.netloc:
        raise ChannelRefused(
            "webhook_url",
            "The webhook's address is not a plain https address. Write it as "
            "https://host/path, without user or password.",
        )
    return parts


def _addresses(host: str, port: int, resolve: Resolve) -> list[Address]:
    try:
        # A zone index (fe80::1%eth0) belongs to this machine's links only.
        found = [ipaddress.ip_address(text) for text in resolve(host, port)]
    except (OSError, UnicodeError) as error:
        raise ChannelUnavailable(
            "webhook_unresolved",
            f"The name {host} does not resolve. Check the webhook's address and the "
            "resolver; it is tried again.",
        ) from error
    except ValueError as error:
        raise _refused() from error
    if not found:
        raise ChannelUnavailable("webhook_unresolved", f"{host} has no address.")
    return found


def _demand_public(scheme: str, addresses: list[Address]) -> None:
    if scheme != "https":
        raise ChannelRefused(
            "webhook_not_https",
            "A webhook goes over https only. Change its address to https://…",
        )
    # One private address among public ones is the mark of a rebinding name.
    if not all(is_public(address) for address in addresses):
        raise _refused()


def _refused() -> ChannelRefused:
    return ChannelRefused(
        "webhook_address_refused",
        "The webhook's host is not on a public address. Give the receiver's public "
        "name; inside the house use the folder channel.",
    )


def _unmapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
