"""The signed XML document, read strictly: exactly BankID's shape or nothing."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

DSIG: Final = "{http://www.w3.org/2000/09/xmldsig#}"
BANKID_TYPES: Final = "http://www.bankid.com/signature/v1.0.0/types"
BANKID: Final = f"{{{BANKID_TYPES}}}"
C14N: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
LARGEST: Final = 1024 * 1024
CERTIFICATES: Final = range(2, 6)
"""How many certificates a chain without its root may have."""


class EvidenceRefused(Exception):  # noqa: N818 - a verdict; its text is the reason code
    """The evidence does not hold; the text is a stable code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDocument:
    """The parts of a signature document, not yet believed.

    `visible`, `non_visible` and the rest of the signed data are read from the very
    element whose digest is checked.
    """

    signed_info: etree._Element = field(repr=False)
    signed_data: etree._Element = field(repr=False)
    key_info: etree._Element = field(repr=False)
    data_digest: bytes
    key_digest: bytes
    signature: bytes
    certificates: tuple[bytes, ...] = field(repr=False)
    visible: str | None = field(repr=False)
    non_visible: str | None = field(repr=False)
    relying_party: str
    function: str


def read_document(xml: bytes) -> SignedDocument:
    """Read a signature document.

    Raises:
        EvidenceRefused: it is not exactly what BankID makes.
    """
    root = _parse(xml)
    signed_info, value, key_info, holder = _children(
        root,
        tuple(
            DSIG + name
            for name in ("SignedInfo", "SignatureValue", "KeyInfo", "Object")
        ),
        {},
    )
    (signed_data,) = _children(holder, (f"{BANKID}bankIdSignedData",), {})
    _identified(root, key_info, signed_data)
    data_digest, key_digest = _references(signed_info)
    visible, non_visible, server, client = _signed_parts(signed_data)
    return SignedDocument(
        signed_info=signed_info,
        signed_data=signed_data,
        key_info=key_info,
        data_digest=data_digest,
        key_digest=key_digest,
        signature=_decoded(value),
        certificates=_certificates(key_info),
        visible=visible,
        non_visible=non_visible,
        relying_party=_utf8(_decoded(_only(server, "name"))),
        function=_text(_only(client, "funcId")),
    )


def _parse(xml: bytes) -> etree._Element:
    if len(xml) > LARGEST:
        raise EvidenceRefused("too-big")
    # Checked in the bytes, before any parser has an opinion. A CDATA section would
    # vanish in canonical form, so what a person sees would not be what was signed.
    if b"<!" in xml or b"<?" in xml.removeprefix(b"<?xml "):
        raise EvidenceRefused("forbidden-markup")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_blank_text=False,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise EvidenceRefused("not-xml") from error
    if root.tag != f"{DSIG}Signature" or root.getroottree().docinfo.encoding not in (
        "UTF-8",
        None,
    ):
        raise EvidenceRefused("shape")
    return root


def _children(
    element: etree._Element,
    tags: tuple[str, ...],
    attributes: dict[str, str],
) -> tuple[etree._Element, ...]:
    """Return the children, exactly these in this order, with no text between them."""
    found = tuple(element)
    if [child.tag for child in found] != list(tags):
        raise EvidenceRefused("shape")
    if _attributes(element) != attributes or _stray(element):
        raise EvidenceRefused("shape")
    return found


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _stray(element: etree._Element) -> bool:
    return bool(element.text or any(child.tail for child in element))


def _identified(
    root: etree._Element, key_info: etree._Element, signed_data: etree._Element
) -> None:
    """See that the two Ids are where the references point, and nowhere else."""
    if _attributes(key_info) != {"Id": "bidKeyInfo"}:
        raise EvidenceRefused("shape")
    if _attributes(signed_data) != {"Id": "bidSignedData"}:
        raise EvidenceRefused("shape")
    identifiers = [
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if etree.QName(name).localname.lower() == "id"
    ]
    if sorted(identifiers) != ["bidKeyInfo", "bidSignedData"]:
        raise EvidenceRefused("shape")


def _references(signed_info: etree._Element) -> tuple[bytes, bytes]:
    method, algorithm, data, key = _children(
        signed_info,
        (f"{DSIG}CanonicalizationMethod", f"{DSIG}SignatureMethod")
        + (f"{DSIG}Reference",) * 2,
        {},
    )
    _algorithm(method, C14N)
    _algorithm(algorithm, RSA_SHA256)
    return (
        _reference(data, {"Type": BANKID_TYPES, "URI": "#bidSignedData"}),
        _reference(key, {"URI": "#bidKeyInfo"}),
    )


def _reference(reference: etree._Element, attributes: dict[str, str]) -> bytes:
    transforms, method, digest = _children(
        reference,
        (f"{DSIG}Transforms", f"{DSIG}DigestMethod", f"{DSIG}DigestValue"),
        attributes,
    )
    (transform,) = _children(transforms, (f"{DSIG}Transform",), {})
    _algorithm(transform, C14N)
    _algorithm(method, SHA256)
    return _decoded(digest)


def _algorithm(element: etree._Element, wanted: str) -> None:
    if _attributes(element) != {"Algorithm": wanted} or len(element) or element.text:
        raise EvidenceRefused("algorithm")


def _certificates(key_info: etree._Element) -> tuple[bytes, ...]:
    (data,) = _children(key_info, (f"{DSIG}X509Data",), {"Id": "bidKeyInfo"})
    if len(data) not in CERTIFICATES or _stray(data) or data.attrib:
        raise EvidenceRefused("shape")
    if any(child.tag != f"{DSIG}X509Certificate" for child in data):
        raise EvidenceRefused("shape")
    return tuple(_decoded(child) for child in data)


def _signed_parts(
    data: etree._Element,
) -> tuple[str | None, str | None, etree._Element, etree._Element]:
    """Return the texts as base64, or None, then the parts about us and about them."""
    parts = {child.tag: child for child in data}
    order = ["usrVisibleData", "usrNonVisibleData", "srvInfo", "clientInfo"]
    wanted = [f"{BANKID}{name}" for name in order if f"{BANKID}{name}" in parts]
    if [child.tag for child in data] != wanted or _stray(data):
        raise EvidenceRefused("shape")
    visible, non_visible = (parts.get(f"{BANKID}{name}") for name in order[:2])
    server, client = (parts.get(f"{BANKID}{name}") for name in order[2:])
    if server is None or client is None:
        raise EvidenceRefused("shape")
    if visible is not None and (
        visible.get("charset") != "UTF-8" or visible.get("visible") != "wysiwys"
    ):
        raise EvidenceRefused("shape")
    return (
        None if visible is None else _text(visible),
        None if non_visible is None else _text(non_visible),
        server,
        client,
    )


def _only(parent: etree._Element, name: str) -> etree._Element:
    found = parent.findall(f"{BANKID}{name}")
    if len(found) != 1:
        raise EvidenceRefused("shape")
    return found[0]


def _text(element: etree._Element) -> str:
    if len(element):
        raise EvidenceRefused("shape")
    return element.text or ""


def _decoded(element: etree._Element) -> bytes:
    return decode(_text(element))


def decode(text: str) -> bytes:
    """Decode base64 that has nothing else in it.

    Raises:
        EvidenceRefused: it is not base64, or not the usual way to write it.
    """
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EvidenceRefused("base64") from error
    if base64.b64encode(content).decode("ascii") != text:
        raise EvidenceRefused("base64")
    return content


def _utf8(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EvidenceRefused("shape") from error
