"""BankID as an operator's settings describe it, or the reason it cannot be used."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from formbuilder.clock import utc_now
from formbuilder.config import Environment, PeerSettings, Settings
from formbuilder.identity.bankid.client import RelyingPartyClient, http_client
from formbuilder.identity.bankid.launch import LAUNCH_HOST
from formbuilder.identity.evidence.verification import relying_party_name
from formbuilder.identity.providers.bankid import BankID
from formbuilder.identity.roots import (
    RootRefused,
    check_client_certificate,
    load_roots,
    read_certificates,
)
from formbuilder.mutual_tls import mutual_tls

TEST_HOST = "appapi2.test.bankid.com"


def open_bankid(
    settings: Settings, *, clock: Callable[[], datetime] = utc_now
) -> BankID | None:
    """Return BankID as the settings name it; None where they do not.

    Raises:
        RootRefused: a setting is missing, or may not be trusted in this environment.
    """
    if settings.bankid is None:
        return None
    return connect_bankid(
        settings.bankid, environment=settings.environment, clock=clock
    )


def connect_bankid(
    peer: PeerSettings,
    *,
    environment: Environment,
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
    _check_addresses(peer, environment)
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
        launch_host=peer.launch_host or LAUNCH_HOST,
        clock=clock,
    )


def _check_addresses(peer: PeerSettings, environment: Environment) -> None:
    parts = urlsplit(peer.base_url)
    if parts.scheme != "https" or not parts.hostname:
        raise RootRefused(
            f"bankid.base_url is “{peer.base_url}”. Write an address that begins with https."
        )
    if environment == "production" and parts.hostname == TEST_HOST:
        raise RootRefused(
            "bankid.base_url is BankID's test service, and this is production, where "
            "nobody may log in as a test person. Write https://appapi2.bankid.com/rp/v6.0/."
        )
    if environment == "production" and peer.launch_host not in ("", LAUNCH_HOST):
        raise RootRefused(
            f"bankid.launch_host is “{peer.launch_host}”, which only a simulator needs, "
            "and this is production. Remove it."
        )
