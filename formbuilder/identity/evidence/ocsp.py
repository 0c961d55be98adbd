"""Whether the issuer said, about this very signature, that the certificate was good."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from formbuilder.identity.evidence.document import EvidenceRefused

LARGEST: Final = 64 * 1024
TOLERANCE: Final = timedelta(minutes=5)
BOUND: Final = 20
"""How many of the nonce's bytes are the SHA-1 of the signature."""
INNER_OCTET_STRING: Final = b"\x04\x20"


def check_ocsp(
    response: bytes,
    *,
    signature_text: str,
    leaf: x509.Certificate,
    issuer: x509.Certificate,
    received_at: datetime,
) -> datetime:
    """Return when the issuer vouched for the leaf and this signature.

    `signature_text` is the whole document in base64, as BankID gave it.

    Raises:
        EvidenceRefused: it did not, or not for these, or at another time.
    """
    answer = _read(response)
    if answer.serial_number != leaf.serial_number or not _names(answer, issuer):
        raise EvidenceRefused("ocsp-certificate")
    if answer.certificate_status is not ocsp.OCSPCertStatus.GOOD:
        raise EvidenceRefused("ocsp-status")
    made = answer.produced_at_utc
    _check_responder(answer, issuer, made)
    _check_nonce(answer, signature_text)
    if (
        abs(made - received_at) > TOLERANCE
        or abs(answer.this_update_utc - made) > TOLERANCE
    ):
        raise EvidenceRefused("ocsp-time")
    return made


def _read(response: bytes) -> ocsp.OCSPResponse:
    if len(response) > LARGEST:
        raise EvidenceRefused("too-big")
    try:
        answer = ocsp.load_der_ocsp_response(response)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise EvidenceRefused("ocsp-status")
        if len(list(answer.responses)) != 1:
            raise EvidenceRefused("ocsp-shape")
    except ValueError as error:
        raise EvidenceRefused("ocsp-shape") from error
    return answer


def _names(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Tell whether the answer is about a certificate of this issuer."""
    # RFC 6960 §4.1.1: hashes of the issuer's name and of its key's bits. SHA-1 here
    # only names the issuer; who signed is checked apart.
    algorithm = answer.hash_algorithm
    key_identifier = x509.SubjectKeyIdentifier.from_public_key(issuer.public_key())
    if isinstance(algorithm, hashes.SHA1):
        key_matches = answer.issuer_key_hash == key_identifier.digest
    else:
        key_matches = True
    name_hash = hashes.Hash(algorithm)
    name_hash.update(issuer.subject.public_bytes())
    return key_matches and answer.issuer_name_hash == name_hash.finalize()


def _check_responder(
    answer: ocsp.OCSPResponse, issuer: x509.Certificate, at: datetime
) -> None:
    """See that the leaf's own issuer let this responder speak (RFC 6960 §4.2.2.2)."""
    responder = next(
        (c for c in answer.certificates if c.subject == answer.responder_name), None
    )
    if responder is None:
        raise EvidenceRefused("ocsp-responder")
    try:
        responder.verify_directly_issued_by(issuer)
        usage = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (InvalidSignature, TypeError, ValueError, x509.ExtensionNotFound) as error:
        raise EvidenceRefused("ocsp-responder") from error
    valid = responder.not_valid_before_utc <= at <= responder.not_valid_after_utc
    if not valid or ExtendedKeyUsageOID.OCSP_SIGNING not in usage.value:
        raise EvidenceRefused("ocsp-responder")
    _check_value(answer, responder)


def _check_value(answer: ocsp.OCSPResponse, responder: x509.Certificate) -> None:
    key, algorithm = responder.public_key(), answer.signature_hash_algorithm
    if not isinstance(key, rsa.RSAPublicKey) or not isinstance(
        algorithm, hashes.SHA256 | hashes.SHA384 | hashes.SHA512
    ):
        raise EvidenceRefused("ocsp-algorithm")
    try:
        key.verify(
            answer.signature,
            answer.tbs_response_bytes,
            padding.PKCS1v15(),
            algorithm,
        )
    except InvalidSignature as error:
        raise EvidenceRefused("ocsp-signature") from error


def _check_nonce(answer: ocsp.OCSPResponse, signature_text: str) -> None:
    """See that the answer was made for this signature and no other."""
    try:
        found = answer.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except (x509.ExtensionNotFound, ValueError) as error:
        raise EvidenceRefused("ocsp-nonce") from error
    # Some responders wrap the nonce in an octet string of its own.
    nonce = found.removeprefix(INNER_OCTET_STRING) if len(found) > 32 else found  # noqa: PLR2004 - the length BankID writes
    # SHA-1 as BankID's profile has it; the signature itself is what carries weight.
    bound = hashlib.sha1(signature_text.encode("ascii")).digest()  # noqa: S324 - see above
    if not hmac.compare_digest(nonce[:BOUND], bound):
        raise EvidenceRefused("ocsp-nonce")
