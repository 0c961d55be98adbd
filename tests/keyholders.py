"""Holders of EC certificates, made for a test."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Holder = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def make_holder(name: str, curve: ec.EllipticCurve | None = None) -> Holder:
    key = ec.generate_private_key(curve or ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    born = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(born)
        .not_valid_after(born + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    return key, certificate
