"""Real signatures of BankID's test environment, where somebody has them.

They lie outside the project: the folder is named by FORMBUILDER_CORPUS, or is
`shared/corpus` beside the checkout.
"""

import base64
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from formbuilder.identity.evidence.verification import Expected, verify_evidence
from formbuilder.identity.provider import Evidence
from formbuilder.identity.roots import RootRefused, load_roots

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CORPUS = Path(os.environ.get("FORMBUILDER_CORPUS", BESIDE)) / "bankid"

pytestmark = pytest.mark.skipif(
    not (CORPUS / "bankid-signatures.json").exists(),
    reason="no real signatures here: set FORMBUILDER_CORPUS to the folder with bankid/",
)

ASKED_BY = {
    "with-visible-data": "cn=Finansiell ID-Teknik BID AB,name=Test av BankID,"
    "serialNumber=5566304928,o=Testbank A AB (publ),c=SE",
    "without-visible-data": "cn=FP Testcert 4,name=Test av BankID,"
    "serialNumber=5566304928,o=Testbank A AB (publ),c=SE",
}


def samples() -> list[tuple[Evidence, Expected]]:
    found = json.loads((CORPUS / "bankid-signatures.json").read_text("utf-8"))
    return [_sample(one) for one in found["samples"]]


def _sample(one) -> tuple[Evidence, Expected]:
    facts = one["facts"]
    person = facts["personal_number_in_cert"]
    texts = [
        None if facts[name] is None else base64.b64decode(facts[name])
        for name in ("usrVisibleData", "usrNonVisibleData")
    ]
    evidence = Evidence(
        signature_xml=base64.b64decode(one["signature_b64"]),
        ocsp=base64.b64decode(one["ocspResponse_b64"]),
        completion={"user": {"personalNumber": person}},
    )
    expected = Expected(
        function="Identification",
        visible=texts[0] or b"",
        non_visible=texts[1],
        person=person,
        relying_party=ASKED_BY[one["name"]],
        received_at=datetime.fromisoformat(facts["ocsp"]["produced_at"]),
    )
    return evidence, expected


def roots() -> list[x509.Certificate]:
    return [x509.load_pem_x509_certificate((CORPUS / "test_root.pem").read_bytes())]


def reasons(change) -> list[str]:
    return [
        verify_evidence(*change(evidence, expected), roots()).reason
        for evidence, expected in samples()
    ]


def test_there_are_some():
    assert len(samples()) == 2


def test_real_signatures_hold():
    assert reasons(lambda evidence, expected: (evidence, expected)) == ["", ""]


def test_a_real_log_in_is_no_signature():
    found = reasons(lambda e, expected: (e, replace(expected, function="Signing")))

    assert found == ["key-usage", "key-usage"]


def test_a_real_signature_is_not_from_today():
    now = datetime.now(UTC)
    found = reasons(lambda e, expected: (e, replace(expected, received_at=now)))

    assert found == ["ocsp-time", "ocsp-time"]


def test_a_real_signature_asked_for_by_somebody_else_is_refused():
    found = reasons(lambda e, expected: (e, replace(expected, relying_party="cn=Vi")))

    assert found == ["relying-party", "relying-party"]


def test_the_word_about_one_real_signature_is_not_about_the_other():
    (one, expected), (other, _) = samples()
    swapped = replace(one, ocsp=other.ocsp)
    found = verify_evidence(
        swapped,
        replace(expected, received_at=expected.received_at + timedelta(days=3)),
        roots(),
    )

    assert found.reason == "ocsp-certificate"


def test_the_test_root_is_refused_in_production():
    with pytest.raises(RootRefused, match="test root"):
        load_roots(
            [CORPUS / "test_root.pem"],
            environment="production",
            fingerprints=(),
            at=datetime.now(UTC),
        )
