"""BankID as an operator's settings describe it, or the reason it cannot be used."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from formbuilder.config import Environment, PeerSettings
from formbuilder.identity.bankid.client import (
    RelyingPartyClient,
    http_client,
    mutual_tls,
)
from formbuilder.identity.bankid.launch import LAUNCH_HOST
from formbuilder.identity.evidence.verification import relying_party_name
from formbuilder.identity.providers.bankid import BankID, utc_now
from formbuilder.identity.roots import (
    RootRefused,
    check_client_certificate,
    load_roots,
    read_certificates,
)

TEST_HOST = "appapi2.test.bankid.com"


def connect_bankid(
    peer: PeerSettings,
    *,
    environment: Environment,
    launch_host: str = LAUNCH_HOST,
    clock: Callable[[], datetime] = utc_now,
) -> BankID:
    """Return BankID ready to be asked; nothing is sent yet.

    Raises:
        RootRefused: a setting is missing, or may not be trusted in this environment.
    """
    if peer.ca_file is None or peer.client_certificate is None:
        raise RootRefused(
            "BankID has no ca_file or client_certificate, so log-in and signing are "
            "off. Set bankid.ca_file, bankid.client_certificate and bankid.client_key."
        )
    if not peer.signing_roots:
        raise RootRefused(
            "BankID has no signing_roots, so no signature can be checked and log-in "
            "and signing are off. Set bankid.signing_roots to BankID's root."
        )
    _check_address(peer.base_url, environment)
    trusted = partial(
        load_roots,
        environment=environment,
        fingerprints=peer.fingerprints,
        at=clock(),
    )
    trusted([peer.ca_file])
    roots = trusted(peer.signing_roots)
    check_client_certificate(peer.client_certificate, environment=environment)
    context = mutual_tls(peer.ca_file, peer.client_certificate, peer.client_key)
    return BankID(
        RelyingPartyClient(http_client(context), peer.base_url),
        roots=roots,
        relying_party=relying_party_name(read_certificates(peer.client_certificate)[0]),
        launch_host=launch_host,
        clock=clock,
    )


def _check_address(address: str, environment: Environment) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise RootRefused(
            f"bankid.base_url is “{address}”. Write an address that begins with https."
        )
    if environment == "production" and parts.hostname == TEST_HOST:
        raise RootRefused(
            "bankid.base_url is BankID's test service, and this is production, where "
            "nobody may log in as a test person. Write https://appapi2.bankid.com/rp/v6.0/."
        )
