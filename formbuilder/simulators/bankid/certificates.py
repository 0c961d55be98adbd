"""Certificates in BankID's shape, each marked as a simulator's."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from formbuilder.identity.roots import SIMULATOR_MARK

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

BORN: Final = datetime(2020, 1, 1, tzinfo=UTC)
DIES: Final = datetime(2060, 1, 1, tzinfo=UTC)
DISPLAY_NAME: Final = x509.ObjectIdentifier("2.5.4.41")
POLICY: Final = x509.ObjectIdentifier("1.2.3.4.5")
BANK: Final = f"{SIMULATOR_MARK} Bank"
PERSON_YEARS: Final = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key


def organisation_name(title: str, number: str) -> x509.Name:
    """Return the subject of a service's certificate; people see its `name`."""
    return distinguished_name(
        (NameOID.COUNTRY_NAME, "SE"),
        (NameOID.ORGANIZATION_NAME, BANK),
        (NameOID.SERIAL_NUMBER, number),
        (DISPLAY_NAME, title),
        (NameOID.COMMON_NAME, title),
    )


def distinguished_name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    """Return a subject of these attributes, in order."""
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def certificate_for(
    subject: x509.Name, issuer: Holder | None, key: Key
) -> x509.CertificateBuilder:
    """Begin a certificate; without an issuer it will vouch for itself."""
    by = subject if issuer is None else issuer.certificate.subject
    public = (key if issuer is None else issuer.key).public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(public), False
        )
    )


def lasting(wanted: x509.CertificateBuilder) -> x509.CertificateBuilder:
    """Let it outlive any trial."""
    return wanted.not_valid_before(BORN).not_valid_after(DIES)


def signed(wanted: x509.CertificateBuilder, issuer: Holder | Key) -> x509.Certificate:
    """Finish a certificate."""
    key = issuer.key if isinstance(issuer, Holder) else issuer
    return wanted.sign(key, SHA256())


def key_usage(
    *,
    digital: bool = False,
    content_commitment: bool = False,
    certificates: bool = False,
) -> x509.KeyUsage:
    """Return what the key is for, and nothing else."""
    return x509.KeyUsage(
        digital_signature=digital,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def policies() -> x509.CertificatePolicies:
    """Return the policy of BankID's test certificates."""
    return x509.CertificatePolicies([x509.PolicyInformation(POLICY, None)])


def _ocsp_address() -> x509.AuthorityInformationAccess:
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP,
                x509.UniformResourceIdentifier("http://ocsp.simulator.invalid"),
            )
        ]
    )


def issue_person(
    issuer: Holder,
    key: rsa.RSAPrivateKey,
    *,
    number: str,
    given: str,
    family: str,
    signs: bool,
    at: datetime,
) -> Holder:
    """Make a person's certificate, to log in or to sign; people have both."""
    name = f"{given} {family}".strip()
    subject = distinguished_name(
        (NameOID.COUNTRY_NAME, "SE"),
        (NameOID.ORGANIZATION_NAME, BANK),
        (NameOID.SURNAME, family or "-"),
        (NameOID.GIVEN_NAME, given or "-"),
        (NameOID.SERIAL_NUMBER, number),
        (DISPLAY_NAME, f"({at:%y%m%d %H.%M}) {name} - {SIMULATOR_MARK}"),
        (NameOID.COMMON_NAME, name),
    )
    start = at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    wanted = (
        certificate_for(subject, issuer, key)
        .not_valid_before(start)
        .not_valid_after(start + PERSON_YEARS)
        .add_extension(key_usage(content_commitment=signs, digital=not signs), True)
        .add_extension(policies(), False)
        .add_extension(_ocsp_address(), False)
    )
    return Holder(signed(wanted, issuer), key)
