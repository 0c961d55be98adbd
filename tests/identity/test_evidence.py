"""What was signed, by whom and when cannot be changed afterwards."""

import base64
import copy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA1
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simulated import JOHAN, MANIFEST, SARA, VISIBLE

from formbuilder.identity.evidence.verification import (
    Expected,
    relying_party_name,
    verify_evidence,
)
from formbuilder.identity.provider import Evidence
from formbuilder.simulators.bankid.certificates import Holder, issue_person
from formbuilder.simulators.bankid.evidence import Act, sign_act, vouch
from formbuilder.simulators.bankid.pki import Pki, open_pki

NOW = datetime(2027, 4, 1, 9, 30, tzinfo=UTC)


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


class Notary:
    """Makes evidence, good or bad, of a simulated person."""

    def __init__(self, pki: Pki) -> None:
        self.pki = pki
        self.roots = [pki.signing_root.certificate]
        self.act = Act(
            function="Signing",
            visible=b64(VISIBLE.encode()),
            visible_format=None,
            non_visible=b64(MANIFEST),
            relying_party=relying_party_name(pki.relying_party.certificate),
            display_name="Ekvalla kommun",
            uhi="x",
        )

    def person(self, *, signs: bool = True, at: datetime = NOW) -> Holder:
        return issue_person(
            self.pki.customers,
            self.pki.person_key,
            number=SARA,
            given="Sara",
            family="Lindqvist",
            signs=signs,
            at=at,
        )

    def evidence(
        self,
        act: Act | None = None,
        *,
        holder: Holder | None = None,
        edit: Callable[[bytes], bytes] = lambda xml: xml,
        at: datetime = NOW,
        vouch_for_edit: bool = True,
    ) -> Evidence:
        holder = holder or self.person()
        made = sign_act(act or self.act, holder, self.pki.chain)
        xml = edit(made)
        answered = xml if vouch_for_edit else made
        return Evidence(
            signature_xml=xml,
            ocsp=vouch(self.pki, holder.certificate, answered, at),
            completion={"user": {"personalNumber": SARA}},
        )

    def expected(self) -> Expected:
        return Expected(
            function="Signing",
            visible=VISIBLE.encode(),
            non_visible=MANIFEST,
            person=SARA,
            relying_party=self.act.relying_party,
            received_at=NOW + timedelta(seconds=4),
        )

    def reason(self, evidence: Evidence, expected: Expected | None = None) -> str:
        verdict = verify_evidence(evidence, expected or self.expected(), self.roots)
        assert verdict.ok is (verdict.reason == "")
        return verdict.reason


@pytest.fixture(scope="module")
def notary(pki_directory: Path) -> Notary:
    return Notary(
        open_pki(pki_directory, organisation="Ekvalla kommun", organisation_number="1")
    )


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def edit(xml: bytes) -> bytes:
        assert xml.count(old) >= 1
        return xml.replace(old, new, 1)

    return edit


def test_good_evidence_holds_and_tells_when_it_was_signed(notary):
    verdict = verify_evidence(notary.evidence(), notary.expected(), notary.roots)

    assert verdict.ok
    assert verdict.signed_at == NOW


VISIBLE_TEXT = b64(VISIBLE.encode()).encode()
OTHER_TEXT = b64(VISIBLE.encode().replace(b"version 3", b"version 4")).encode()
EDITS = {
    "changed visible text": (swap(VISIBLE_TEXT, OTHER_TEXT), "data-digest"),
    "changed manifest": (
        swap(b64(MANIFEST).encode(), b64(b"{}").encode()),
        "data-digest",
    ),
    "a comment in the text": (
        swap(VISIBLE_TEXT, VISIBLE_TEXT[:8] + b"<!-- -->" + VISIBLE_TEXT[8:]),
        "forbidden-markup",
    ),
    "a CDATA section": (
        swap(VISIBLE_TEXT, b"<![CDATA[" + VISIBLE_TEXT + b"]]>"),
        "forbidden-markup",
    ),
    "a processing instruction": (
        swap(VISIBLE_TEXT, b"<?x y?>" + VISIBLE_TEXT),
        "forbidden-markup",
    ),
    "a document type": (
        swap(b"<Signature ", b'<!DOCTYPE Signature [<!ENTITY a "b">]><Signature '),
        "forbidden-markup",
    ),
    "a second object": (
        swap(b"</Signature>", b"<Object></Object></Signature>"),
        "shape",
    ),
    "a second set of data": (
        swap(b"<Object>", b'<Object><bankIdSignedData Id="bidSignedData"/>'),
        "shape",
    ),
    "text between elements": (swap(b"<Object>", b"<Object>x"), "shape"),
    "whitespace between elements": (swap(b"<KeyInfo", b"\n<KeyInfo"), "shape"),
    "a third id": (swap(b"<srvInfo>", b'<srvInfo Id="x">'), "shape"),
    "a reference elsewhere": (
        swap(b'URI="#bidSignedData"', b'URI="#bidKeyInfo"'),
        "shape",
    ),
    "no reference to the chain": (
        lambda xml: re.sub(
            rb'<Reference URI="#bidKeyInfo">.*?</Reference>', b"", xml, count=1
        ),
        "shape",
    ),
    "SHA-1 digests": (
        swap(
            b"http://www.w3.org/2001/04/xmlenc#sha256",
            b"http://www.w3.org/2000/09/xmldsig#sha1",
        ),
        "algorithm",
    ),
    "an HMAC as signature": (
        swap(
            b"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            b"http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        ),
        "algorithm",
    ),
    "another canonical form": (
        swap(
            b"http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
            b"http://www.w3.org/2001/10/xml-exc-c14n#",
        ),
        "algorithm",
    ),
    "another function": (swap(b">Signing<", b">Identification<"), "data-digest"),
    "another root element": (
        lambda xml: xml.replace(b"<Signature ", b"<Sig ").replace(
            b"</Signature>", b"</Sig>"
        ),
        "shape",
    ),
    "base64 with a space": (swap(b"<SignatureValue>", b"<SignatureValue> "), "base64"),
    "cut short": (lambda xml: xml[:-20], "not-xml"),
    "empty": (lambda _: b"", "not-xml"),
    "too big": (lambda xml: xml + b" " * 1024 * 1024, "too-big"),
}


@pytest.mark.parametrize("what", EDITS)
def test_no_edit_of_the_document_holds(notary, what):
    edit, reason = EDITS[what]

    assert notary.reason(notary.evidence(edit=edit)) == reason


def test_an_sha1_signature_is_refused_though_its_value_is_right(notary):
    weak = b"http://www.w3.org/2000/09/xmldsig#rsa-sha1"

    def resign(xml: bytes) -> bytes:
        strong = b"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
        info = re.search(rb"<SignedInfo.*</SignedInfo>", xml)[0].replace(strong, weak)
        value = notary.pki.person_key.sign(info, padding.PKCS1v15(), SHA1())  # noqa: S303 - what is refused
        xml = re.sub(rb"<SignedInfo.*</SignedInfo>", lambda _: info, xml)
        return re.sub(
            rb"<SignatureValue>.*</SignatureValue>",
            f"<SignatureValue>{b64(value)}</SignatureValue>".encode(),
            xml,
        )

    assert notary.reason(notary.evidence(edit=resign)) == "algorithm"


def test_a_signature_value_of_something_else_is_refused(notary):
    other = sign_act(notary.act, notary.person(), notary.pki.chain)
    value = re.search(rb"<SignatureValue>.*</SignatureValue>", other)[0]

    def graft(xml: bytes) -> bytes:
        return re.sub(rb"<SignatureValue>.*</SignatureValue>", lambda _: value, xml)

    assert notary.reason(notary.evidence(edit=graft)) == "signature"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(how_far=st.floats(0, 1), value=st.integers(0, 255))
def test_no_single_changed_byte_holds(notary, how_far, value):
    good = notary.evidence()
    place = 60 + int(how_far * (len(good.signature_xml) - 61))
    xml = bytearray(good.signature_xml)
    if xml[place] == value:
        return
    xml[place] = value

    assert notary.reason(replace(good, signature_xml=bytes(xml))) != ""


def test_another_root_is_not_trusted(notary, tmp_path):
    other = open_pki(tmp_path, organisation="Någon annan", organisation_number="2")
    verdict = verify_evidence(
        notary.evidence(), notary.expected(), [other.signing_root.certificate]
    )

    # Same name, other key: the name fits and the signature does not.
    assert verdict.reason == "chain"


def test_no_root_trusts_nobody(notary):
    verdict = verify_evidence(notary.evidence(), notary.expected(), [])

    assert verdict.reason == "no-roots"


def test_a_log_in_is_no_signature(notary):
    act = replace(notary.act, function="Identification")

    assert notary.reason(notary.evidence(act)) == "function"


def test_a_certificate_for_logging_in_cannot_sign(notary):
    evidence = notary.evidence(holder=notary.person(signs=False))

    assert notary.reason(evidence) == "key-usage"


def test_a_certificate_that_had_expired_is_refused(notary):
    old = notary.person(at=NOW - timedelta(days=900))

    assert notary.reason(notary.evidence(holder=old)) == "chain"


def test_a_certificate_not_yet_valid_is_refused(notary):
    early = notary.person(at=NOW + timedelta(days=90))

    assert notary.reason(notary.evidence(holder=early)) == "chain"


def test_the_text_shown_must_be_the_one_asked_for(notary):
    other = replace(notary.expected(), visible=VISIBLE.encode() + b".")

    assert notary.reason(notary.evidence(), other) == "visible-text"


@pytest.mark.parametrize("manifest", [b"{}", None, MANIFEST + b" "])
def test_the_manifest_must_be_the_one_asked_for(notary, manifest):
    other = replace(notary.expected(), non_visible=manifest)

    assert notary.reason(notary.evidence(), other) == "non-visible-text"


def test_a_signature_without_manifest_is_not_one_with_it(notary):
    bare = notary.evidence(replace(notary.act, non_visible=None))

    assert notary.reason(bare) == "non-visible-text"


def test_a_signature_asked_for_by_another_service_does_not_count(notary):
    act = replace(notary.act, relying_party="cn=Någon annan,c=SE")

    assert notary.reason(notary.evidence(act)) == "relying-party"


def test_another_person_is_refused(notary):
    assert (
        notary.reason(notary.evidence(), replace(notary.expected(), person=JOHAN))
        == "person"
    )


def test_an_answer_that_names_another_than_its_certificate_is_refused(notary):
    lying = replace(notary.evidence(), completion={"user": {"personalNumber": JOHAN}})

    assert notary.reason(lying, replace(notary.expected(), person=None)) == "person"


@pytest.mark.parametrize("completion", [{}, {"user": None}, {"user": {}}])
def test_an_answer_that_names_nobody_is_refused(notary, completion):
    silent = replace(notary.evidence(), completion=completion)

    assert notary.reason(silent, replace(notary.expected(), person=None)) == "person"


def test_the_word_about_another_signature_is_refused(notary):
    one, other = notary.evidence(), notary.evidence()

    # The nonce is bound to the signature; both are by the same person, but the
    # certificates are issued anew, so the serial number gives it away first.
    assert notary.reason(replace(one, ocsp=other.ocsp)) == "ocsp-certificate"


def test_the_word_about_another_signature_by_the_same_certificate_is_refused(notary):
    holder = notary.person()
    one, other = notary.evidence(holder=holder), notary.evidence(holder=holder)

    assert notary.reason(replace(one, ocsp=other.ocsp)) == "ocsp-nonce"


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24])
def test_the_word_from_another_time_is_refused(notary, minutes):
    late = notary.evidence(at=NOW + timedelta(minutes=minutes))

    assert notary.reason(late) == "ocsp-time"


def test_an_altered_word_is_refused(notary):
    good = notary.evidence()
    cut = good.ocsp[:-1] + bytes([good.ocsp[-1] ^ 1])
    damaged = bytearray(good.ocsp)
    place = good.ocsp.rindex(notary.pki.ocsp.certificate.signature) - 300
    damaged[place] ^= 1

    assert notary.reason(replace(good, ocsp=cut)).startswith("ocsp")
    assert notary.reason(replace(good, ocsp=bytes(damaged))).startswith("ocsp")


@pytest.mark.parametrize("ocsp", [b"", b"x", b"\x30\x03\x0a\x01\x01"])
def test_no_word_at_all_is_refused(notary, ocsp):
    assert notary.reason(replace(notary.evidence(), ocsp=ocsp)).startswith("ocsp")


def test_a_responder_of_another_issuer_is_refused(notary, tmp_path):
    stranger = open_pki(tmp_path, organisation="Någon annan", organisation_number="2")
    forged = copy.copy(notary.pki)
    object.__setattr__(forged, "ocsp", stranger.ocsp)
    holder = notary.person()
    xml = sign_act(notary.act, holder, notary.pki.chain)
    evidence = replace(
        notary.evidence(),
        signature_xml=xml,
        ocsp=vouch(forged, holder.certificate, xml, NOW),
    )

    assert notary.reason(evidence) == "ocsp-responder"


def test_the_persons_own_certificate_cannot_vouch_for_itself(notary):
    holder = notary.person()
    forged = copy.copy(notary.pki)
    object.__setattr__(forged, "ocsp", holder)
    xml = sign_act(notary.act, holder, notary.pki.chain)
    evidence = replace(
        notary.evidence(),
        signature_xml=xml,
        ocsp=vouch(forged, holder.certificate, xml, NOW),
    )

    assert notary.reason(evidence) == "ocsp-responder"


def test_a_persons_certificate_cannot_issue_another(notary):
    sara = notary.person()
    fake = issue_person(
        sara,
        notary.pki.person_key,
        number=SARA,
        given="Sara",
        family="Lindqvist",
        signs=True,
        at=NOW,
    )
    chain = (sara.certificate, *notary.pki.chain)
    xml = sign_act(notary.act, fake, chain)
    forged = copy.copy(notary.pki)
    object.__setattr__(forged, "customers", sara)
    evidence = replace(
        notary.evidence(),
        signature_xml=xml,
        ocsp=vouch(forged, fake.certificate, xml, NOW),
    )

    assert notary.reason(evidence) in ("chain", "ocsp-responder")


def test_the_relying_party_is_written_the_way_signatures_do(notary):
    assert relying_party_name(notary.pki.relying_party.certificate) == (
        "cn=Ekvalla kommun,name=Ekvalla kommun,serialNumber=1,"
        "o=FORMBUILDER SIMULATOR Bank,c=SE"
    )
