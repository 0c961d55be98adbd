"""EC P-256 key pairs with certificates of their own: departments and the archivist."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from formbuilder.files import write_whole
from formbuilder.master_keys import KeysRefused

_LASTS = timedelta(days=3650)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    """A private key and the certificate that others seal to."""

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey = field(repr=False)


def make(name: str, *, now: datetime) -> KeyPair:
    """Make a pair whose certificate it signs itself."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + _LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_AGREEMENT_ONLY, critical=True)
    )
    return KeyPair(certificate=builder.sign(private, hashes.SHA256()), private=private)


_AGREEMENT_ONLY = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=True,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def write(path: Path, pair: KeyPair) -> None:
    """Write NAME.crt and NAME.key, the key first: a certificate alone would lose."""
    key = pair.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_whole(path.with_suffix(".key"), key)
    write_whole(path.with_suffix(".crt"), pair.certificate.public_bytes(Encoding.PEM))


def read_certificate(path: Path) -> x509.Certificate:
    """Read NAME.crt.

    Raises:
        KeysRefused: it is missing or no certificate.
    """
    file = path.with_suffix(".crt")
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError) as error:
        raise KeysRefused(
            f"{file} is missing or damaged. Run: formbuilder keys init."
        ) from error


def read(path: Path) -> KeyPair:
    """Read NAME.crt and NAME.key.

    Raises:
        KeysRefused: one is missing or damaged, or they do not belong together.
    """
    certificate = read_certificate(path)
    file = path.with_suffix(".key")
    try:
        private = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise KeysRefused(
            f"{file} is missing or damaged. Its owner must open this content, or "
            "put the key back from their copy."
        ) from error
    if not isinstance(private, ec.EllipticCurvePrivateKey) or (
        private.public_key() != certificate.public_key()
    ):
        raise KeysRefused(f"{file} does not belong to the certificate beside it.")
    return KeyPair(certificate=certificate, private=private)
