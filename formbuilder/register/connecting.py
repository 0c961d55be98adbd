"""The population register as an operator's settings describe it."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from formbuilder.config import Environment, PeerSettings
from formbuilder.mutual_tls import mutual_tls
from formbuilder.register.register import RegisterRefused
from formbuilder.register.registers.skatteverket import (
    Skatteverket,
    http_client,
    utc_now,
)

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def connect_register(
    peer: PeerSettings,
    *,
    environment: Environment,
    client_id: str,
    client_secret: str,
    order: str,
    token_url: str = "",
    clock: Callable[[], datetime] = utc_now,
) -> Skatteverket:
    """Return the register ready to be asked; nothing is sent yet.

    Raises:
        RegisterRefused: a setting is missing or may not be used here.
    """
    for address in (peer.base_url, token_url or peer.base_url):
        _check_address(address, environment)
    if not client_id or not client_secret or not order:
        raise RegisterRefused(
            "The register has no client id, client secret or order number, so nobody's "
            "guardians can be known. Set the three that Skatteverket gave you."
        )
    context = None
    if peer.ca_file is not None and peer.client_certificate is not None:
        context = mutual_tls(peer.ca_file, peer.client_certificate, peer.client_key)
    return Skatteverket(
        http_client(context),
        base_url=peer.base_url,
        client_id=client_id,
        client_secret=client_secret,
        order=order,
        token_url=token_url,
        clock=clock,
    )


def _check_address(address: str, environment: Environment) -> None:
    parts = urlsplit(address)
    is_here = parts.hostname in LOOPBACK
    if environment == "production" and is_here:
        raise RegisterRefused(
            f"register.base_url is “{address}”, a simulator on this machine, and this "
            "is production. Write Skatteverket's address."
        )
    if not parts.hostname or (parts.scheme != "https" and not is_here):
        raise RegisterRefused(
            f"register.base_url is “{address}”. Write an address that begins with https."
        )
