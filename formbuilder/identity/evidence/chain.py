"""Whether certificates lead from a person to a root we trust, at that time."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from cryptography import x509
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from formbuilder.identity.evidence.document import EvidenceRefused

DEEPEST: Final = 4


def read_certificates(encoded: Sequence[bytes]) -> tuple[x509.Certificate, ...]:
    """Read DER certificates.

    Raises:
        EvidenceRefused: one is not a certificate.
    """
    try:
        return tuple(x509.load_der_x509_certificate(der) for der in encoded)
    except ValueError as error:
        raise EvidenceRefused("certificate") from error


def check_chain(
    chain: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> None:
    """See that the chain, the person's certificate first, ends at a trusted root.

    Raises:
        EvidenceRefused: it does not, or somebody on the way was not valid then.
    """
    if not roots:
        raise EvidenceRefused("no-roots")
    _check_order(chain, roots)
    verifier = (
        PolicyBuilder()
        .store(Store(list(roots)))
        .time(at)
        .max_chain_depth(DEEPEST)
        .extension_policies(ca_policy=_authority(), ee_policy=_person())
        .build_client_verifier()
    )
    try:
        verifier.verify(chain[0], list(chain[1:]))
    except VerificationError as error:
        raise EvidenceRefused("chain") from error


def _check_order(
    chain: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
) -> None:
    """See that each is issued by the next and the last by a root; none may be extra."""
    for one, issuer in pairwise(chain):
        if one.issuer != issuer.subject:
            raise EvidenceRefused("chain")
    if all(chain[-1].issuer != root.subject for root in roots):
        raise EvidenceRefused("untrusted-root")


def _authority() -> ExtensionPolicy:
    return (
        ExtensionPolicy.permit_all()
        .require_present(
            x509.BasicConstraints, Criticality.AGNOSTIC, _must_be_authority
        )
        .require_present(x509.KeyUsage, Criticality.AGNOSTIC, _must_sign_certificates)
    )


def _person() -> ExtensionPolicy:
    """Permit what BankID's certificates for people lack of a web server's."""
    return ExtensionPolicy.permit_all().require_present(
        x509.KeyUsage, Criticality.AGNOSTIC, None
    )


def _must_be_authority(
    _policy: Policy, _certificate: x509.Certificate, constraints: x509.BasicConstraints
) -> None:
    if not constraints.ca:
        raise ValueError("an issuer that is no authority")


def _must_sign_certificates(
    _policy: Policy, _certificate: x509.Certificate, usage: x509.KeyUsage
) -> None:
    if not usage.key_cert_sign:
        raise ValueError("an issuer that may not sign certificates")
