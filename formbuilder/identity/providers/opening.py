"""BankID from an operator's settings, with the roots checked."""

from collections.abc import Callable
from datetime import datetime

from formbuilder.config import PeerSettings, Settings
from formbuilder.identity.bankid import launch
from formbuilder.identity.bankid.client import (
    RelyingPartyClient,
    http_client,
    mutual_tls,
)
from formbuilder.identity.evidence.verification import relying_party_name
from formbuilder.identity.providers.bankid import BankID
from formbuilder.identity.roots import (
    check_client_certificate,
    load_roots,
    read_certificates,
)
from schemas.errors import OperatorError


def open_bankid(settings: Settings, *, clock: Callable[[], datetime]) -> BankID | None:
    """Return BankID as the settings name it; None where they do not.

    Raises:
        OperatorError: a certificate or root may not be used in this environment.
    """
    peer = settings.bankid
    if peer is None:
        return None
    ca_file, certificate = peer.ca_file, peer.client_certificate
    if ca_file is None or certificate is None or not peer.signing_roots:
        raise OperatorError(
            "bankid needs ca_file, client_certificate and signing_roots. "
            "Set them, or remove every bankid setting to run without log-in."
        )
    check_client_certificate(certificate, environment=settings.environment)
    load_roots(
        [ca_file],
        environment=settings.environment,
        fingerprints=peer.fingerprints,
        at=clock(),
    )
    return BankID(
        RelyingPartyClient(
            http_client(mutual_tls(ca_file, certificate, peer.client_key)),
            peer.base_url,
        ),
        roots=load_roots(
            peer.signing_roots,
            environment=settings.environment,
            fingerprints=peer.fingerprints,
            at=clock(),
        ),
        relying_party=relying_party_name(read_certificates(certificate)[0]),
        launch_host=_launch_host(peer),
        clock=clock,
    )


def _launch_host(peer: PeerSettings) -> str:
    return peer.launch_host or launch.LAUNCH_HOST
