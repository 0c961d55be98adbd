"""Whether this person did exactly this, for us, at that time."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from cryptography import x509
from cryptography.x509.oid import NameOID

from formbuilder.identity.evidence.chain import check_chain, read_certificates
from formbuilder.identity.evidence.document import (
    EvidenceRefused,
    SignedDocument,
    decode,
    read_document,
)
from formbuilder.identity.evidence.ocsp import check_ocsp
from formbuilder.identity.evidence.signature import check_signature
from formbuilder.identity.provider import Evidence, Verdict

Function = Literal["Identification", "Signing"]

ATTRIBUTE_NAMES: Final = {
    NameOID.COMMON_NAME: "cn",
    x509.ObjectIdentifier("2.5.4.41"): "name",
    NameOID.SERIAL_NUMBER: "serialNumber",
    NameOID.ORGANIZATION_NAME: "o",
    NameOID.ORGANIZATIONAL_UNIT_NAME: "ou",
    NameOID.LOCALITY_NAME: "l",
    NameOID.STATE_OR_PROVINCE_NAME: "st",
    NameOID.COUNTRY_NAME: "c",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the order asked for; a `person` of None means whoever the answer names."""

    function: Function
    visible: bytes = field(repr=False)
    non_visible: bytes | None = field(default=None, repr=False)
    person: str | None = field(default=None, repr=False)
    relying_party: str
    received_at: datetime


def relying_party_name(certificate: x509.Certificate) -> str:
    """Return the subject as a signature names whoever asked for it."""
    return certificate.subject.rfc4514_string(ATTRIBUTE_NAMES)


def verify_evidence(
    evidence: Evidence, expected: Expected, roots: Sequence[x509.Certificate]
) -> Verdict:
    """Say whether evidence holds for what was expected, and if not, why."""
    try:
        signed_at = _verify(evidence, expected, roots)
    except EvidenceRefused as refused:
        return Verdict(ok=False, reason=str(refused))
    return Verdict(ok=True, signed_at=signed_at)


def _verify(
    evidence: Evidence, expected: Expected, roots: Sequence[x509.Certificate]
) -> datetime:
    document = read_document(evidence.signature_xml)
    chain = read_certificates(document.certificates)
    leaf, issuer = chain[0], chain[1]
    check_signature(document, leaf)
    signed_at = check_ocsp(
        evidence.ocsp,
        signature_text=base64.b64encode(evidence.signature_xml).decode("ascii"),
        leaf=leaf,
        issuer=issuer,
        received_at=expected.received_at,
    )
    check_chain(chain, roots, signed_at)
    _check_usage(leaf, expected.function)
    _check_meaning(document, expected)
    _check_person(leaf, evidence, expected)
    return signed_at


def _check_usage(leaf: x509.Certificate, function: Function) -> None:
    """See that the person's certificate is for this: BankID gives people two."""
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    allowed = (
        usage.content_commitment
        if function == "Signing"
        else usage.digital_signature or usage.content_commitment
    )
    if not allowed:
        raise EvidenceRefused("key-usage")


def _check_meaning(document: SignedDocument, expected: Expected) -> None:
    if document.function != expected.function:
        raise EvidenceRefused("function")
    if _content(document.visible) != (expected.visible or None):
        raise EvidenceRefused("visible-text")
    if _content(document.non_visible) != expected.non_visible:
        raise EvidenceRefused("non-visible-text")
    if document.relying_party != expected.relying_party:
        raise EvidenceRefused("relying-party")


def _content(text: str | None) -> bytes | None:
    return None if text is None else decode(text)


def _check_person(
    leaf: x509.Certificate, evidence: Evidence, expected: Expected
) -> None:
    numbers = leaf.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if len(numbers) != 1:
        raise EvidenceRefused("person")
    user = evidence.completion.get("user")
    said = user.get("personalNumber") if isinstance(user, dict) else None
    if said != numbers[0].value or (expected.person or said) != said:
        raise EvidenceRefused("person")
