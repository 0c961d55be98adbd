"""The certificates an operator was given: there, ours to read, in time, compared."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from formbuilder.config import PeerSettings, Settings
from formbuilder.operations.finding import Finding, failed, ok, warning

_SOON: Final = timedelta(days=30)


def certificates(settings: Settings, *, now: datetime) -> Iterator[Finding]:
    """Check what BankID and the register are reached and verified with."""
    for name, peer in (("bankid", settings.bankid), ("register", settings.register)):
        if peer is None:
            yield _absent(name)
            continue
        # Elsewhere than in production a simulator's own roots do.
        is_compared = settings.environment == "production" or peer.fingerprints
        yield from _files(name, peer, now, peer.fingerprints if is_compared else None)
        if name == "bankid" and not peer.signing_roots:
            yield _off("No signing root is set, so no signature can be verified.")


def _absent(name: str) -> Finding:
    if name == "bankid":
        return _off("BankID is not set up: log-in and signing are off.")
    return warning(
        name,
        "No population register is set up: nobody can be found to be a guardian.",
        "Set register.base_url and its certificates.",
    )


def _off(message: str) -> Finding:
    return warning(
        "bankid",
        message,
        "Set bankid.base_url, ca_file, client_certificate, client_key, "
        "signing_roots and fingerprints.",
    )


def _files(
    name: str, peer: PeerSettings, now: datetime, fingerprints: tuple[str, ...] | None
) -> Iterator[Finding]:
    roots = [path for path in (peer.ca_file, *peer.signing_roots) if path]
    for path in roots:
        yield _examined(name, path, now, fingerprints)
    if peer.client_certificate:
        yield _examined(name, peer.client_certificate, now, None)
    if peer.client_key and not peer.client_key.is_file():
        yield failed(
            name,
            f"{peer.client_key} is not there.",
            f"Set {name}.client_key to the key that belongs to the certificate.",
        )


def _examined(
    name: str, path: Path, now: datetime, fingerprints: tuple[str, ...] | None
) -> Finding:
    """Check one certificate; a root must be among the compared fingerprints."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return failed(
            name, f"{path} is no certificate.", "Set it to the issuer's PEM file."
        )
    ends = certificate.not_valid_after_utc
    if not certificate.not_valid_before_utc <= now < ends:
        return failed(
            name, f"{path} is out of date ({ends:%Y-%m-%d}).", "Order a new one."
        )
    if fingerprints is not None and not _is_compared(certificate, fingerprints):
        return failed(
            name,
            f"The fingerprint of {path} is not among {name}.fingerprints.",
            "Compare it with the issuer's own page, then write it there.",
        )
    if ends - now < _SOON:
        return warning(name, f"{path} ends {ends:%Y-%m-%d}.", "Order a new one now.")
    return ok(name, f"{path.name} is good until {ends:%Y-%m-%d}.")


def _is_compared(certificate: x509.Certificate, fingerprints: tuple[str, ...]) -> bool:
    found = certificate.fingerprint(hashes.SHA256()).hex()
    return found in {f.replace(":", "").replace(" ", "").lower() for f in fingerprints}
