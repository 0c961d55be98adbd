"""Whether the digests and the signature value of a document are right."""

import copy
import hashlib
import hmac
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree

from formbuilder.identity.evidence.document import EvidenceRefused, SignedDocument

SMALLEST_KEY: Final = 2048


def check_signature(document: SignedDocument, leaf: x509.Certificate) -> None:
    """See that the leaf's key signed the document's data and chain.

    Raises:
        EvidenceRefused: it did not.
    """
    _check_digest(document.signed_data, document.data_digest, "data-digest")
    _check_digest(document.key_info, document.key_digest, "chain-digest")
    key = leaf.public_key()
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_KEY:
        raise EvidenceRefused("weak-key")
    try:
        key.verify(
            document.signature,
            canonical(document.signed_info),
            padding.PKCS1v15(),
            SHA256(),
        )
    except InvalidSignature as error:
        raise EvidenceRefused("signature") from error


def _check_digest(element: etree._Element, digest: bytes, reason: str) -> None:
    found = hashlib.sha256(canonical(element)).digest()
    if not hmac.compare_digest(found, digest):
        raise EvidenceRefused(reason)


def canonical(element: etree._Element) -> bytes:
    """Return inclusive canonical XML 1.0 of one element.

    Of a copy: written inside its document, libxml2 2.14 gives grandchildren an
    `xmlns=""` that nobody signed.
    """
    return etree.tostring(copy.deepcopy(element), method="c14n", with_comments=False)
