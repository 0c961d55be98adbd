"""Which root certificates may vouch for anybody, by environment."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from schemas.errors import PermanentError

Environment = Literal["production", "development", "test"]

SIMULATOR_MARK: Final = "FORMBUILDER SIMULATOR"
"""Stands in the subject and issuer of every certificate our simulators make."""

TEST_FINGERPRINTS: Final = frozenset(
    {
        # Test BankID Root CA v1 Test: the root of test signatures.
        "c6faeaf8ccadcfd0738dc99140ca788c1a19a93f843c5a9ec1369872d50e45f2",
        # Test BankID SSL Root CA v1 Test: the root of the test service.
        "f3d0740ebfb3700e3b81aa791fee451472698c84e199c2eb48a443ff1d5b405c",
    }
)
TEST_MARK: Final = "for BankID Test"
"""Stands in the issuer of BankID's public test certificates for services."""


class RootRefused(PermanentError):  # noqa: N818 - a verdict on a setting
    """A certificate that may not be trusted here; the message says how to mend it."""


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of the certificate in lower-case hexadecimal."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def is_simulated(certificate: x509.Certificate) -> bool:
    """Tell whether one of our simulators made the certificate."""
    names = (certificate.subject, certificate.issuer)
    return any(SIMULATOR_MARK in name.rfc4514_string() for name in names)


def is_test(certificate: x509.Certificate) -> bool:
    """Tell whether the certificate belongs to BankID's test environment.

    There anybody can be anyone.
    """
    issuer = certificate.issuer.rfc4514_string().lower()
    return fingerprint(certificate) in TEST_FINGERPRINTS or TEST_MARK.lower() in issuer


def load_roots(
    files: Iterable[Path],
    *,
    environment: Environment,
    fingerprints: Iterable[str],
    at: datetime,
) -> tuple[x509.Certificate, ...]:
    """Read the roots an operator has set, and see that they may be trusted here.

    In production each must be one whose fingerprint the operator has compared.

    Raises:
        RootRefused: one may not.
    """
    compared = frozenset(_plain(written) for written in fingerprints)
    roots = tuple(root for file in files for root in read_certificates(file))
    for root in roots:
        _check_root(root, at)
        if environment == "production":
            _check_production(root, compared)
    return roots


def check_client_certificate(file: Path, *, environment: Environment) -> None:
    """See that our own certificate is not a test one in production.

    Raises:
        RootRefused: it is.
    """
    for certificate in read_certificates(file)[:1]:
        if environment == "production" and (
            is_simulated(certificate) or is_test(certificate)
        ):
            raise RootRefused(
                f"{file} is a test certificate, and this is production. Set "
                "bankid.client_certificate to the one your bank issued."
            )


def read_certificates(file: Path) -> tuple[x509.Certificate, ...]:
    """Read the certificates of a PEM file.

    Raises:
        RootRefused: there are none.
    """
    try:
        return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
    except OSError as error:
        raise RootRefused(
            f"{file} cannot be read ({error.strerror}). Name a PEM file that this "
            "user may read."
        ) from error
    except ValueError as error:
        raise RootRefused(
            f"{file} holds no certificate. Name a file with one in PEM form."
        ) from error


def _plain(written: str) -> str:
    return written.replace(":", "").replace(" ", "").lower()


def _check_root(root: x509.Certificate, at: datetime) -> None:
    name = root.subject.rfc4514_string()
    if root.subject != root.issuer:
        raise RootRefused(
            f"“{name}” is no root: it is issued by somebody else. Name the root itself."
        )
    if not root.not_valid_before_utc <= at <= root.not_valid_after_utc:
        raise RootRefused(
            f"“{name}” is valid from {root.not_valid_before_utc:%Y-%m-%d} to "
            f"{root.not_valid_after_utc:%Y-%m-%d} only. Ask the issuer for the "
            "present root."
        )


def _check_production(root: x509.Certificate, compared: frozenset[str]) -> None:
    name, found = root.subject.rfc4514_string(), fingerprint(root)
    if is_simulated(root) or is_test(root):
        raise RootRefused(
            f"“{name}” is a test root, and this is production, where nobody may log "
            "in as a test person. Set bankid.ca_file and bankid.signing_roots to "
            "BankID's production roots, or FORMBUILDER_ENV to development."
        )
    if found not in compared:
        raise RootRefused(
            f"“{name}” has the fingerprint {found}, which is not among "
            "bankid.fingerprints. Compare it with the one BankID publishes; if they "
            "are the same, add it there."
        )
