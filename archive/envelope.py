"""The envelope every record lies in: CMS AuthEnvelopedData with AES-256-GCM.

RFC 5083 and RFC 5084, in DER, so that the plain `openssl cms -decrypt` program
opens it decades from now. The content key is wrapped once per recipient: for a
symmetric key (`kekri`, RFC 5652 §6.2.3) or for the holder of an EC certificate
(`kari`, RFC 5753). Reading is strict: an envelope that is not byte for byte what
this module writes is refused, so no byte of it can change unnoticed.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from asn1crypto import algos, cms, core
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)

from archive.agreement import agree_with, agreed_key, is_addressed_to, rewritten
from schemas.errors import PermanentError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
OCTET_STRING: Final = 0x04
SEQUENCE: Final = 0x30
FIRST_PRIMITIVE: Final = 0x80  # [0] IMPLICIT OCTET STRING
FIRST: Final = 0xA0  # [0] EXPLICIT
SHORT_LENGTHS: Final = 0x80
# What asn1crypto raises, tried on every damaged byte, when bytes are no ASN.1.
UNREADABLE: Final = (
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecipient:
    """Whoever holds a symmetric key; `key_id` is written in clear in the envelope."""

    key_id: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRecipient:
    """Whoever holds the private key of an EC certificate."""

    certificate: x509.Certificate


Recipient = KeyRecipient | CertificateRecipient
Octets = bytes | memoryview


class EnvelopeRefused(PermanentError):  # noqa: N818 - a verdict on bytes
    """An envelope that is damaged, or meant for somebody else."""


class _GcmParameters(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    _fields = [("nonce", core.OctetString), ("tag_length", core.Integer)]  # noqa: RUF012 - asn1crypto's way to declare fields


def seal(data: bytes, recipients: Sequence[Recipient]) -> bytes:
    """Encrypt for every recipient and return the envelope."""
    if not recipients:
        raise PermanentError(
            "An envelope needs at least one recipient. Name a key or a certificate."
        )
    content_key = secrets.token_bytes(KEY_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(content_key).encrypt(nonce, data, None)
    infos = [_recipient_info(recipient, content_key) for recipient in recipients]
    content = memoryview(sealed)  # A record may be large: its bytes are copied once.
    return _assemble(infos, nonce, content[:-TAG_BYTES], content[-TAG_BYTES:])


def open_with_key(envelope: bytes, key: bytes, key_id: str | None = None) -> bytes:
    """Decrypt with a symmetric key; with `key_id`, only as that recipient.

    Raises:
        EnvelopeRefused: the envelope is damaged or not for this key.

    """

    def unwrapped(info: cms.RecipientInfo) -> bytes | None:
        if info.name != "kekri":
            return None
        identifier = info.chosen["kekid"]["key_identifier"].native
        if key_id is not None and identifier != key_id.encode():
            return None
        return aes_key_unwrap(key, info.chosen["encrypted_key"].native)

    return _opened(envelope, unwrapped)


def open_with_certificate(
    envelope: bytes,
    private_key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
) -> bytes:
    """Decrypt with the private key of the certificate it was sealed for.

    Raises:
        EnvelopeRefused: the envelope is damaged or not for this certificate.

    """

    def unwrapped(info: cms.RecipientInfo) -> bytes | None:
        if info.name != "kari" or not is_addressed_to(info.chosen, certificate):
            return None
        wrapped = info.chosen["recipient_encrypted_keys"][0]["encrypted_key"].native
        return aes_key_unwrap(agreed_key(info.chosen, private_key), wrapped)

    return _opened(envelope, unwrapped)


def _recipient_info(recipient: Recipient, content_key: bytes) -> cms.RecipientInfo:
    if isinstance(recipient, CertificateRecipient):
        return agree_with(recipient.certificate, content_key)
    wrapped = aes_key_wrap(recipient.key, content_key)
    return _key_info(recipient.key_id.encode(), wrapped)


def _key_info(key_id: bytes, wrapped: bytes) -> cms.RecipientInfo:
    return cms.RecipientInfo(
        "kekri",
        cms.KEKRecipientInfo(
            {
                "version": "v4",
                "kekid": {"key_identifier": key_id},
                "key_encryption_algorithm": {"algorithm": "aes256_wrap"},
                "encrypted_key": wrapped,
            }
        ),
    )


def _rewritten(info: cms.RecipientInfo) -> cms.RecipientInfo:
    """Build the recipient anew from what varies in it, to see that nothing else did."""
    if info.name == "kekri":
        key_id = info.chosen["kekid"]["key_identifier"].native
        return _key_info(key_id, info.chosen["encrypted_key"].native)
    if info.name == "kari":
        return rewritten(info.chosen)
    raise EnvelopeRefused("The envelope has a recipient of a kind never written here.")


def _assemble(
    infos: Sequence[cms.RecipientInfo], nonce: bytes, ciphertext: Octets, tag: Octets
) -> bytes:
    parameters = _GcmParameters({"nonce": nonce, "tag_length": TAG_BYTES})
    algorithm = algos.EncryptionAlgorithm(
        {"algorithm": "aes256_gcm", "parameters": parameters}
    )
    content_info = _der(
        SEQUENCE,
        cms.ContentType("data").dump(),
        algorithm.dump(),
        *_der(FIRST_PRIMITIVE, ciphertext),
    )
    content = _der(
        SEQUENCE,
        cms.CMSVersion("v0").dump(),
        cms.RecipientInfos(infos).dump(),
        *content_info,
        *_der(OCTET_STRING, tag),
    )
    outer_type = cms.ContentType("authenticated_enveloped_data").dump()
    return b"".join(_der(SEQUENCE, outer_type, *_der(FIRST, *content)))


def _der(tag: int, *pieces: Octets) -> tuple[Octets, ...]:
    """Return the pieces as one DER value (X.690 §8.1), to be joined in the end."""
    size = sum(map(len, pieces))
    if size < SHORT_LENGTHS:
        return bytes([tag, size]), *pieces
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, SHORT_LENGTHS | len(length)]) + length, *pieces


def _parsed(envelope: bytes) -> cms.AuthEnvelopedData:
    try:
        info = cms.ContentInfo.load(envelope, strict=True)
        content = info["content"]
        if info["content_type"].native != "authenticated_enveloped_data":
            raise EnvelopeRefused("The content is not a CMS AuthEnvelopedData.")
        content["recipient_infos"].native  # noqa: B018 - parses every recipient
    except UNREADABLE as error:
        raise EnvelopeRefused(
            "The envelope is damaged: its outer form cannot be read. "
            "Restore it from a backup."
        ) from error
    return content


def _opened(
    envelope: bytes, unwrapped: Callable[[cms.RecipientInfo], bytes | None]
) -> bytes:
    content = _parsed(envelope)
    try:
        found = next((k for k in map(unwrapped, content["recipient_infos"]) if k), None)
        if found is None:
            raise EnvelopeRefused(
                "The envelope is not addressed to this key. Use the key its id names."
            )
        return _decrypted(envelope, content, found)
    except (InvalidUnwrap, InvalidTag, *UNREADABLE) as error:
        raise EnvelopeRefused(
            "The envelope does not open: it is damaged, or the key is another. "
            "Check the key id; if it is right, restore the envelope from a backup."
        ) from error


def _decrypted(
    envelope: bytes, content: cms.AuthEnvelopedData, content_key: bytes
) -> bytes:
    encrypted = content["auth_encrypted_content_info"]
    parameters = encrypted["content_encryption_algorithm"]["parameters"]
    nonce = parameters.parse(_GcmParameters)["nonce"].native
    ciphertext, tag = encrypted["encrypted_content"].native, content["mac"].native
    data = AESGCM(content_key).decrypt(nonce, ciphertext + tag, None)
    infos = [_rewritten(info) for info in content["recipient_infos"]]
    again = _assemble(infos, nonce, ciphertext, tag)
    if again != envelope:
        raise EnvelopeRefused("The envelope has bytes that do not belong to it.")
    return data
