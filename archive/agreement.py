"""Key agreement with an EC certificate, as CMS writes it (RFC 5753 §3, RFC 5652 §6.2.2).

A fresh key pair meets the certificate's public key; the X9.63 key derivation
with SHA-256 makes of their shared secret the key that wraps the content key.
"""

from typing import Final

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from schemas.errors import PermanentError

WRAP_AES256: Final = "2.16.840.1.101.3.4.1.45"
AGREE_X963_SHA256: Final = "1.3.132.1.11.1"  # dhSinglePass-stdDH-sha256kdf-scheme
EC_PUBLIC_KEY: Final = "1.2.840.10045.2.1"
KEY_BITS: Final = 256


class _SharedInfo(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """ECC-CMS-SharedInfo of RFC 5753 §7.2."""

    _fields = [  # noqa: RUF012 - asn1crypto's way to declare fields
        ("key_info", algos.AlgorithmIdentifier),
        ("supp_pub_info", core.OctetString, {"explicit": 2}),
    ]


def agree_with(certificate: x509.Certificate, content_key: bytes) -> cms.RecipientInfo:
    """Wrap the content key for the holder of the certificate's private key."""
    public = certificate.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise PermanentError(
            "Only certificates with an EC key can be recipients. "
            "Make one with `openssl ecparam -name prime256v1`."
        )
    fresh = ec.generate_private_key(public.curve)
    wrapping = _derived(fresh.exchange(ec.ECDH(), public))
    point = fresh.public_key().public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )
    return _info(point, _identifier(certificate), aes_key_wrap(wrapping, content_key))


def agreed_key(
    info: cms.KeyAgreeRecipientInfo, private_key: ec.EllipticCurvePrivateKey
) -> bytes:
    """Return the key that wraps the content key, from the recipient's side."""
    point = info["originator"].chosen["public_key"].native
    public = ec.EllipticCurvePublicKey.from_encoded_point(private_key.curve, point)
    return _derived(private_key.exchange(ec.ECDH(), public))


def is_addressed_to(
    info: cms.KeyAgreeRecipientInfo, certificate: x509.Certificate
) -> bool:
    """Tell whether the recipient is the holder of this certificate, and our kind."""
    known = info["key_encryption_algorithm"]["algorithm"].dotted == AGREE_X963_SHA256
    rid = info["recipient_encrypted_keys"][0]["rid"]
    return bool(known and rid.dump() == _identifier(certificate).dump())


def rewritten(info: cms.KeyAgreeRecipientInfo) -> cms.RecipientInfo:
    """Build the recipient anew from what varies in it."""
    recipient = info["recipient_encrypted_keys"][0]
    point = info["originator"].chosen["public_key"].native
    return _info(point, recipient["rid"], recipient["encrypted_key"].native)


def _info(
    point: bytes, rid: cms.KeyAgreementRecipientIdentifier, wrapped: bytes
) -> cms.RecipientInfo:
    originator = {"algorithm": {"algorithm": EC_PUBLIC_KEY}, "public_key": point}
    return cms.RecipientInfo(
        "kari",
        cms.KeyAgreeRecipientInfo(
            {
                "version": "v3",
                "originator": cms.OriginatorIdentifierOrKey(
                    name="originator_key", value=originator
                ),
                "key_encryption_algorithm": {
                    "algorithm": AGREE_X963_SHA256,
                    "parameters": _wrap_algorithm(),
                },
                "recipient_encrypted_keys": [{"rid": rid, "encrypted_key": wrapped}],
            }
        ),
    )


def _identifier(certificate: x509.Certificate) -> cms.KeyAgreementRecipientIdentifier:
    parsed = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    return cms.KeyAgreementRecipientIdentifier(
        "issuer_and_serial_number",
        {"issuer": parsed.issuer, "serial_number": parsed.serial_number},
    )


def _wrap_algorithm() -> algos.AlgorithmIdentifier:
    return algos.AlgorithmIdentifier({"algorithm": WRAP_AES256})


def _derived(secret: bytes) -> bytes:
    shared = _SharedInfo(
        {
            "key_info": _wrap_algorithm(),
            "supp_pub_info": KEY_BITS.to_bytes(4, "big"),
        }
    )
    derivation = X963KDF(hashes.SHA256(), KEY_BITS // 8, shared.dump())
    return derivation.derive(secret)
