"""The signature document and OCSP answer of a simulated person."""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from formbuilder.simulators.bankid.certificates import Holder
from formbuilder.simulators.bankid.pki import Pki

DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
TYPES: Final = "http://www.bankid.com/signature/v1.0.0/types"
C14N: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA256_URI: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
VERSION: Final = "Personal=0.0.0&platform=formbuilder-simulator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is signed, for whom and on what device; texts are in base64 as sent."""

    function: str
    visible: str | None
    visible_format: str | None
    non_visible: str | None
    relying_party: str
    display_name: str
    uhi: str


def sign_act(act: Act, person: Holder, chain: Sequence[x509.Certificate]) -> bytes:
    """Return the signature document, written in canonical form from the start."""
    if not isinstance(person.key, rsa.RSAPrivateKey):
        raise TypeError("people sign with RSA keys")
    data = _signed_data(act)
    keys = _key_info((person.certificate, *chain))
    info = _signed_info(data, keys)
    value = person.key.sign(info.encode("utf-8"), padding.PKCS1v15(), SHA256())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        f'<Signature xmlns="{DSIG}">{info}'
        f"<SignatureValue>{_base64(value)}</SignatureValue>"
        f"{keys}<Object>{data}</Object></Signature>"
    ).encode()


def vouch(pki: Pki, person: x509.Certificate, signature: bytes, at: datetime) -> bytes:
    """Return the OCSP answer that binds itself to this signature."""
    text = base64.b64encode(signature)
    # SHA-1 as in BankID's own answers.
    nonce = hashlib.sha1(text).digest() + secrets.token_bytes(12)  # noqa: S324 - see above
    moment = at.replace(microsecond=0)
    response = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=person,
            issuer=pki.customers.certificate,
            algorithm=SHA1(),  # noqa: S303 - it only names the issuer, as in theirs
            cert_status=ocsp.OCSPCertStatus.GOOD,
            this_update=moment,
            next_update=None,
            revocation_time=None,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.NAME, pki.ocsp.certificate)
        .certificates([pki.ocsp.certificate])
        .add_extension(x509.OCSPNonce(nonce), critical=True)
        .sign(pki.ocsp.key, SHA256())
    )
    return _made_at(response.public_bytes(Encoding.DER), moment, pki.ocsp)


def _made_at(response: bytes, moment: datetime, responder: Holder) -> bytes:
    """Return the answer with the simulator's time in it instead of the machine's."""
    if not isinstance(responder.key, rsa.RSAPrivateKey):
        raise TypeError("the responder signs with an RSA key")
    answer = asn1_ocsp.OCSPResponse.load(response)
    basic = answer["response_bytes"]["response"].parsed
    told = basic["tbs_response_data"]
    told["produced_at"] = moment
    basic["signature"] = responder.key.sign(
        told.dump(force=True), padding.PKCS1v15(), SHA256()
    )
    answer["response_bytes"]["response"] = basic
    changed: bytes = answer.dump(force=True)
    return changed


def _signed_data(act: Act) -> str:
    form = f' format="{act.visible_format}"' if act.visible_format else ""
    visible = (
        f'<usrVisibleData charset="UTF-8"{form} visible="wysiwys">{act.visible}'
        "</usrVisibleData>"
        if act.visible is not None
        else ""
    )
    non_visible = (
        f"<usrNonVisibleData>{act.non_visible}</usrNonVisibleData>"
        if act.non_visible is not None
        else ""
    )
    return (
        f'<bankIdSignedData xmlns="{TYPES}" Id="bidSignedData">{visible}{non_visible}'
        f"<srvInfo><name>{_text(act.relying_party)}</name>"
        f"<nonce>{_base64(secrets.token_bytes(20))}</nonce>"
        f"<displayName>{_text(act.display_name)}</displayName></srvInfo>"
        f"{_client_info(act)}</bankIdSignedData>"
    )


def _client_info(act: Act) -> str:
    return (
        f"<clientInfo><funcId>{escape(act.function)}</funcId>"
        f"<version>{_text(VERSION)}</version><env><ai><type>{_text('SIMULATOR')}</type>"
        f"<deviceInfo>{_text('0')}</deviceInfo><uhi>{_text(act.uhi)}</uhi>"
        "<fsib>0</fsib><utb>cs1</utb><requirement><condition>"
        "<type>CertificatePolicies</type><value>1.2.3.4.5</value></condition>"
        "</requirement><uauth>pw</uauth></ai></env></clientInfo>"
    )


def _key_info(chain: Sequence[x509.Certificate]) -> str:
    certificates = "".join(
        f"<X509Certificate>{_base64(c.public_bytes(Encoding.DER))}</X509Certificate>"
        for c in chain
    )
    return (
        f'<KeyInfo xmlns="{DSIG}" Id="bidKeyInfo"><X509Data>{certificates}'
        "</X509Data></KeyInfo>"
    )


def _signed_info(data: str, keys: str) -> str:
    signed = _reference(f'Type="{TYPES}" URI="#bidSignedData"', data)
    known = _reference('URI="#bidKeyInfo"', keys)
    return (
        f'<SignedInfo xmlns="{DSIG}">'
        f'<CanonicalizationMethod Algorithm="{C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{RSA_SHA256}"></SignatureMethod>'
        f"{signed}{known}</SignedInfo>"
    )


def _reference(attributes: str, content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return (
        f"<Reference {attributes}><Transforms>"
        f'<Transform Algorithm="{C14N}"></Transform></Transforms>'
        f'<DigestMethod Algorithm="{SHA256_URI}"></DigestMethod>'
        f"<DigestValue>{_base64(digest)}</DigestValue></Reference>"
    )


def _text(value: str) -> str:
    return _base64(value.encode("utf-8"))


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
