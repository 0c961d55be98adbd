"""The simulated service is as strict as BankID's."""

import base64
import json
import ssl
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simulated import JOHAN, SARA, login_request, peer_of

from formbuilder.mutual_tls import mutual_tls
from formbuilder.simulators.bankid.certificates import (
    certificate_for,
    key_usage,
    lasting,
    organisation_name,
    signed,
)
from formbuilder.simulators.bankid.server import start
from schemas.errors import PermanentError

TEXT = base64.b64encode(b"Hej").decode()
AUTH = {"endUserIp": "192.0.2.1"}
SIGN = AUTH | {"userVisibleData": TEXT}
PHONE = {"callInitiator": "RP", "personalNumber": SARA}


@pytest.fixture
def http(simulator) -> Iterator[httpx.Client]:
    peer = peer_of(simulator)
    context = mutual_tls(peer.ca_file, peer.client_certificate, peer.client_key)
    with httpx.Client(
        base_url=simulator.base_url, verify=context, trust_env=False
    ) as client:
        yield client


def call(http, path: str, body: Any, **headers: str) -> httpx.Response:
    content = json.dumps(body).encode()
    told = {"Content-Type": "application/json"} | headers
    return http.post(path, content=content, headers=told)


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errorCode"]


def test_whoever_shows_no_certificate_is_turned_away_in_the_handshake(simulator):
    context = ssl.create_default_context(cafile=str(simulator.ca_file))

    with (
        httpx.Client(verify=context, trust_env=False) as client,
        pytest.raises(httpx.TransportError),
    ):
        client.post(simulator.base_url + "auth", json=AUTH)


def test_the_machines_own_roots_do_not_trust_it(simulator):
    with (
        httpx.Client(verify=ssl.create_default_context(), trust_env=False) as client,
        pytest.raises(httpx.ConnectError, match="certificate"),
    ):
        client.post(simulator.base_url + "auth", json=AUTH)


@pytest.mark.parametrize(("path", "body"), [("auth", AUTH), ("sign", SIGN)])
def test_an_order_gets_four_tokens(http, path, body):
    answer = call(http, path, body).json()

    assert set(answer) == {
        "orderRef",
        "autoStartToken",
        "qrStartToken",
        "qrStartSecret",
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [("phone/auth", PHONE), ("phone/sign", PHONE | {"userVisibleData": TEXT})],
)
def test_an_order_over_the_telephone_gets_no_start_tokens(http, path, body):
    assert set(call(http, path, body).json()) == {"orderRef"}


BAD = [
    ("auth", {}),
    ("auth", {"endUserIp": "300.1.1.1"}),
    ("auth", {"endUserIp": 7}),
    ("auth", AUTH | {"personalNumber": SARA}),
    ("auth", AUTH | {"aFieldNobodyKnows": 1}),
    ("auth", AUTH | {"userVisibleData": "no base64!"}),
    ("auth", AUTH | {"userVisibleData": ""}),
    ("auth", AUTH | {"userVisibleData": "AAAA" * 376}),
    ("auth", AUTH | {"userVisibleDataFormat": "html"}),
    ("auth", AUTH | {"web": {"userAgent": "x"}, "app": {"deviceOS": "y"}}),
    ("auth", AUTH | {"web": {}}),
    ("auth", AUTH | {"web": {"referringDomain": "Stora.SE"}}),
    ("auth", AUTH | {"web": {"deviceIdentifier": "x" * 65}}),
    ("auth", AUTH | {"returnUrl": "x" * 513}),
    ("auth", AUTH | {"returnUrl": "not a url"}),
    ("auth", AUTH | {"returnRisk": "yes"}),
    ("auth", AUTH | {"requirement": {"personalNumber": "198604222384"}}),
    ("auth", AUTH | {"requirement": {"personalNumber": "860422-2383"}}),
    ("auth", AUTH | {"requirement": {"pinCode": 1}}),
    ("auth", AUTH | {"requirement": {"certificatePolicies": ["1.*"]}}),
    ("auth", AUTH | {"requirement": {"certificatePolicies": []}}),
    ("auth", AUTH | {"requirement": {"cardReader": "class3"}}),
    ("auth", AUTH | {"requirement": {"risk": "high"}}),
    ("auth", AUTH | {"requirement": {"aFieldNobodyKnows": 1}}),
    ("auth", AUTH | {"requirement": []}),
    ("sign", AUTH),
    ("sign", SIGN | {"userVisibleData": "AAAA" * 10_001}),
    ("sign", SIGN | {"userNonVisibleData": "AAAA" * 50_001}),
    ("phone/auth", {"callInitiator": "RP"}),
    ("phone/auth", PHONE | {"callInitiator": "rp"}),
    ("phone/auth", PHONE | {"endUserIp": "192.0.2.1"}),
    ("collect", {}),
    ("collect", {"orderRef": 7}),
    ("collect", {"orderRef": "made-up"}),
    ("cancel", {"orderRef": "made-up"}),
]


@pytest.mark.parametrize(("path", "body"), BAD)
def test_a_call_that_is_not_as_it_must_be_is_refused(http, path, body):
    assert error(call(http, path, body)) == (400, "invalidParameters")


@pytest.mark.parametrize(
    "more",
    [
        {"userVisibleData": "AAAA" * 375},
        {"userVisibleDataFormat": "simpleMarkdownV1"},
        {"requirement": {"certificatePolicies": ["1.2.752.78.1.5", "1.2.3.4.*"]}},
        {"requirement": {"risk": "LOW"}},
        {"app": {"deviceOS": "iOS"}},
        {"returnUrl": "googlechromes://"},
        {"returnUrl": "https://ekvalla.example.se/bankid/return?n=1"},
    ],
)
def test_what_bankid_takes_is_taken(http, more):
    assert call(http, "auth", AUTH | more).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_a_body_that_is_no_object_is_refused(http, body):
    answer = http.post(
        "auth", content=body, headers={"Content-Type": "application/json"}
    )

    assert error(answer) == (400, "invalidParameters")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "text/plain"])
def test_only_the_bare_content_type_is_taken(http, kind):
    answer = http.post("auth", content=b"{}", headers={"Content-Type": kind})

    assert error(answer) == (415, "unsupportedMediaType")


def test_other_paths_and_methods_are_named(http):
    assert error(http.get("auth")) == (405, "methodNotAllowed")
    assert error(call(http, "nothing", {})) == (404, "notFound")
    assert error(call(http, "/rp/v5.1/auth", AUTH)) == (404, "notFound")


def test_an_order_belongs_to_the_certificate_that_made_it(simulator, http, tmp_path):
    reference = call(http, "auth", AUTH).json()["orderRef"]
    pki = simulator.pki
    key = pki.server.key
    certificate = signed(
        lasting(
            certificate_for(
                organisation_name("Grannkommunen", "2"), pki.relying_party_root, key
            )
        ).add_extension(key_usage(digital=True), critical=True),
        pki.relying_party_root,
    )
    file = tmp_path / "neighbour.pem"
    file.write_bytes(certificate.public_bytes(Encoding.PEM))
    context = mutual_tls(simulator.ca_file, file, pki.file("server.key"))

    with httpx.Client(
        base_url=simulator.base_url, verify=context, trust_env=False
    ) as neighbour:
        assert error(call(neighbour, "collect", {"orderRef": reference}))[0] == 400
    assert call(http, "collect", {"orderRef": reference}).status_code == 200


@pytest.mark.parametrize(("kept", "forgotten"), [(179, 181)])
def test_a_result_is_kept_three_minutes(http, hand, kept, forgotten):
    first, second = (call(http, "auth", AUTH).json()["orderRef"] for _ in range(2))
    hand.approve(first, SARA)
    hand.approve(second, JOHAN)
    hand.push(kept)
    assert call(http, "collect", {"orderRef": first}).json()["status"] == "complete"
    hand.push(forgotten - kept)

    assert call(http, "collect", {"orderRef": second}).status_code == 400


def test_a_failure_is_kept_five_minutes(http, hand):
    first, second = (call(http, "auth", AUTH).json()["orderRef"] for _ in range(2))
    for reference in (first, second):
        hand.order(reference, "cancel")
    hand.push(299)
    assert call(http, "collect", {"orderRef": first}).status_code == 200
    hand.push(2)

    assert call(http, "collect", {"orderRef": second}).status_code == 400


def test_one_nobody_picked_up_is_kept_a_little_over_three_minutes(http, hand):
    first, second = (call(http, "auth", AUTH).json()["orderRef"] for _ in range(2))
    hand.push(189)
    told = call(http, "collect", {"orderRef": first}).json()
    hand.push(2)

    assert told["hintCode"] == "startFailed"
    assert call(http, "collect", {"orderRef": second}).status_code == 400


def test_a_new_order_by_the_same_person_cancels_the_one_they_had_open(http, hand):
    first, second = (call(http, "auth", AUTH).json()["orderRef"] for _ in range(2))
    hand.order(first, "choose", personal_number=SARA)
    hand.order(second, "choose", personal_number=SARA)

    told = call(http, "collect", {"orderRef": first}).json()

    assert (told["status"], told["hintCode"]) == ("failed", "cancelled")


def test_three_wrong_codes_block_the_bankid(http, hand):
    reference = call(http, "auth", AUTH).json()["orderRef"]
    for _ in range(3):
        hand.order(reference, "wrong-code")

    assert (
        call(http, "collect", {"orderRef": reference}).json()["hintCode"]
        == "certificateErr"
    )


@pytest.mark.parametrize(
    ("person", "body", "hint"),
    [
        ("199304272397", AUTH, "certificateErr"),
        (
            "198809072393",
            AUTH | {"requirement": {"risk": "low"}},
            "transactionRiskBlocked",
        ),
    ],
)
def test_some_personas_bring_trouble_of_their_own(http, hand, person, body, hint):
    reference = call(http, "auth", body).json()["orderRef"]
    hand.approve(reference, person)

    assert call(http, "collect", {"orderRef": reference}).json()["hintCode"] == hint


def test_an_old_app_cannot_go_back_to_a_return_address(http, hand):
    body = AUTH | {"returnUrl": "https://ekvalla.example.se/tillbaka"}
    reference = call(http, "auth", body).json()["orderRef"]
    hand.order(reference, "start")
    hand.approve(reference, "197809072395")

    assert (
        call(http, "collect", {"orderRef": reference}).json()["hintCode"]
        == "notSupportedByUserApp"
    )


def test_high_risk_is_told_when_asked_for(http, hand):
    reference = call(http, "auth", AUTH | {"returnRisk": True}).json()["orderRef"]
    hand.approve(reference, "198809072393")
    done = call(http, "collect", {"orderRef": reference}).json()["completionData"]

    assert done["risk"] == "high"


def test_some_devices_have_no_hardware_id(http, hand):
    reference = call(http, "auth", AUTH).json()["orderRef"]
    hand.approve(reference, "198407092397")
    done = call(http, "collect", {"orderRef": reference}).json()["completionData"]

    assert set(done["device"]) == {"ipAddress"}


@pytest.mark.parametrize("person", ["198905672385", "202103142390", "198604222384"])
def test_not_everybody_can_have_bankid(http, hand, person):
    reference = call(http, "auth", AUTH).json()["orderRef"]

    assert hand.approve(reference, person).status_code == 409


def test_faults_come_as_often_as_asked_for_and_can_be_taken_back(http, hand):
    hand.fault(on="auth", error="maintenance", times=2)
    assert [call(http, "auth", AUTH).status_code for _ in range(2)] == [503, 503]
    hand.fault(on="auth", error="maintenance", times=5)
    hand.http.delete("_sim/faults")

    assert call(http, "auth", AUTH).status_code == 200


def test_a_slow_answer_is_slow(http, hand):
    hand.fault(on="auth", delay=0.2)
    began = time.monotonic()
    call(http, "auth", AUTH)

    assert time.monotonic() - began >= 0.2


def test_it_starts_within_a_second_and_frees_its_ports(pki_directory):
    began = time.process_time()
    running = start(pki_directory, environment="test")
    took = time.process_time() - began
    running.stop()
    again = start(
        pki_directory, environment="test", port=httpx.URL(running.base_url).port or 0
    )
    again.stop()

    assert took < 1


def test_it_does_not_start_in_production(tmp_path):
    with pytest.raises(PermanentError):
        start(tmp_path, environment="production")
    assert not list(tmp_path.iterdir())


def test_keys_can_be_read_by_their_owner_only(simulator):
    keys = list(simulator.pki.directory.glob("*.key"))

    assert keys
    assert {file.stat().st_mode & 0o777 for file in keys} == {0o600}


def test_every_certificate_says_that_it_is_simulated(simulator):
    pki = simulator.pki
    holders = (
        pki.server_root,
        pki.relying_party_root,
        pki.relying_party,
        pki.signing_root,
        pki.bank,
        pki.customers,
        pki.ocsp,
        pki.server,
    )

    assert all(
        "FORMBUILDER SIMULATOR"
        in h.certificate.subject.rfc4514_string()
        + h.certificate.issuer.rfc4514_string()
        for h in holders
    )


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "endUserIp",
                        "requirement",
                        "personalNumber",
                        "web",
                        "orderRef",
                        "x",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=6,
    ),
    path=st.sampled_from(["auth", "sign", "phone/auth", "collect", "cancel"]),
)
def test_nothing_that_is_sent_breaks_it(http, body, path):
    assert call(http, path, body).status_code in (200, 400)


def test_our_request_fields_are_all_valid(bankid):
    assert bankid.start(login_request(device_id="abc", user_agent="Test")).reference
