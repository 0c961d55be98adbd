"""Throw-away certificates in BankID's shape, made at the first start."""

import os
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import (
    ExtendedKeyUsageOID,
    NameOID,
)

from formbuilder.identity.roots import SIMULATOR_MARK
from formbuilder.simulators.bankid.certificates import (
    BANK,
    Holder,
    Key,
    certificate_for,
    distinguished_name,
    key_usage,
    lasting,
    organisation_name,
    policies,
    signed,
)


@dataclass(frozen=True, slots=True)
class Pki:
    """Everything the simulator signs or is known by."""

    directory: Path
    server_root: Holder
    server: Holder
    relying_party_root: Holder
    relying_party: Holder
    signing_root: Holder
    bank: Holder
    customers: Holder
    ocsp: Holder
    person_key: rsa.RSAPrivateKey

    def file(self, name: str) -> Path:
        """Return where a certificate (`.pem`) or key (`.key`) lies."""
        return self.directory / name

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Return what stands between a person and the root, the nearest first."""
        return (self.customers.certificate, self.bank.certificate)


def open_pki(directory: Path, *, organisation: str, organisation_number: str) -> Pki:
    """Read the certificates in the directory, and make those that are missing.

    The service's own certificate is made anew when the organisation changes name.
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = _Workshop(directory)
    server_root = made.authority("server-root", "SSL Root CA")
    signing_root = made.authority("signing-root", "BankID Root CA", rsa_key=True)
    bank = made.authority("bank", "Bank CA", signing_root, rsa_key=True)
    customers = made.authority("customers", "Customer CA", bank, rsa_key=True)
    rp_root = made.authority("rp-root", "RP CA")
    subject = organisation_name(organisation, organisation_number)
    return Pki(
        directory=directory,
        server_root=server_root,
        server=made.server(server_root),
        relying_party_root=rp_root,
        relying_party=made.relying_party("rp", subject, rp_root),
        signing_root=signing_root,
        bank=bank,
        customers=customers,
        ocsp=made.responder(customers),
        person_key=made.person_key(),
    )


class _Workshop:
    """Makes what is missing in one directory, and reads what is there."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def authority(
        self,
        name: str,
        title: str,
        issuer: Holder | None = None,
        *,
        rsa_key: bool = False,
    ) -> Holder:
        found = self._read(name)
        if found is not None:
            return found
        key: Key = _rsa() if rsa_key else ec.generate_private_key(ec.SECP256R1())
        subject = distinguished_name(
            (NameOID.ORGANIZATION_NAME, BANK),
            (NameOID.COMMON_NAME, f"{SIMULATOR_MARK} {title} v1"),
        )
        wanted = (
            lasting(certificate_for(subject, issuer, key))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .add_extension(key_usage(certificates=True), True)
            .add_extension(policies(), False)
        )
        certificate = signed(wanted, issuer or key)
        return self._write(name, Holder(certificate, key))

    def server(self, root: Holder) -> Holder:
        found = self._read("server")
        if found is not None:
            return found
        key = ec.generate_private_key(ec.SECP256R1())
        subject = distinguished_name((NameOID.COMMON_NAME, f"{SIMULATOR_MARK} service"))
        names = x509.SubjectAlternativeName(
            [
                x509.DNSName("localhost"),
                x509.IPAddress(ip_address("127.0.0.1")),
                x509.IPAddress(ip_address("::1")),
            ]
        )
        wanted = (
            lasting(certificate_for(subject, root, key))
            .add_extension(names, False)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False
            )
        )
        return self._write("server", Holder(signed(wanted, root), key))

    def relying_party(self, file: str, subject: x509.Name, root: Holder) -> Holder:
        found = self._read(file)
        if found is not None and found.certificate.subject == subject:
            return found
        # Like the real ones it has no extended key usage.
        key = ec.generate_private_key(ec.SECP256R1())
        wanted = (
            lasting(certificate_for(subject, root, key))
            .add_extension(key_usage(digital=True), True)
            .add_extension(policies(), False)
        )
        return self._write(file, Holder(signed(wanted, root), key))

    def responder(self, customers: Holder) -> Holder:
        found = self._read("ocsp")
        if found is not None:
            return found
        key = _rsa()
        subject = distinguished_name(
            (NameOID.ORGANIZATION_NAME, BANK),
            (NameOID.COMMON_NAME, f"{SIMULATOR_MARK} OCSP Signing"),
        )
        wanted = (
            lasting(certificate_for(subject, customers, key))
            .add_extension(key_usage(content_commitment=True), True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), True
            )
            .add_extension(x509.OCSPNoCheck(), False)
        )
        return self._write("ocsp", Holder(signed(wanted, customers), key))

    def person_key(self) -> rsa.RSAPrivateKey:
        """Return the key every simulated person shares: making one takes long."""
        file = self._directory / "persons.key"
        if not file.exists():
            _write_private(file, _pem(_rsa()))
        key = _load(file)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError(f"{file} is no RSA key; remove the folder and start again")
        return key

    def _read(self, name: str) -> Holder | None:
        certificate = self._directory / f"{name}.pem"
        key = self._directory / f"{name}.key"
        if not certificate.exists() or not key.exists():
            return None
        loaded = _load(key)
        if not isinstance(loaded, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            return None
        return Holder(x509.load_pem_x509_certificate(certificate.read_bytes()), loaded)

    def _write(self, name: str, holder: Holder) -> Holder:
        _write_private(self._directory / f"{name}.key", _pem(holder.key))
        (self._directory / f"{name}.pem").write_bytes(
            holder.certificate.public_bytes(Encoding.PEM)
        )
        return holder


def _load(file: Path) -> PrivateKeyTypes:
    # Checking that the primes are primes takes most of a start, and we chose them.
    return load_pem_private_key(
        file.read_bytes(), None, unsafe_skip_rsa_key_validation=True
    )


def _write_private(file: Path, content: bytes) -> None:
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)


def _pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
