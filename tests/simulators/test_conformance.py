"""Two public client libraries complete orders against the simulated service."""

import ssl
from collections.abc import Iterator

import bankid as pybankid
import bankid_sdk
import httpx
import pytest
from bankid.exceptions import AlreadyInProgressError, InvalidParametersError
from simulated import SARA, peer_of

from formbuilder.mutual_tls import mutual_tls


def context_of(simulator) -> ssl.SSLContext:
    peer = peer_of(simulator)
    return mutual_tls(peer.ca_file, peer.client_certificate, peer.client_key)


class PyBankIdHere(pybankid.BankIDClient):
    """pybankid pointed at another address: it has no setting for that."""

    def __init__(self, simulator) -> None:
        # Its own constructor wants certificate files for a deprecated argument.
        self._simulated = httpx.Client(
            verify=context_of(simulator),
            headers={"Content-Type": "application/json"},
            trust_env=False,
        )
        self.client = self._simulated
        base = simulator.base_url
        self._auth_endpoint = base + "auth"
        self._phone_auth_endpoint = base + "phone/auth"
        self._sign_endpoint = base + "sign"
        self._phone_sign_endpoint = base + "phone/sign"
        self._collect_endpoint = base + "collect"
        self._cancel_endpoint = base + "cancel"


@pytest.fixture
def pybankid_client(simulator) -> Iterator[PyBankIdHere]:
    found = PyBankIdHere(simulator)
    yield found
    found.client.close()


@pytest.fixture
def sdk(simulator) -> Iterator[bankid_sdk.SyncV60]:
    host = simulator.base_url.removesuffix("rp/v6.0/")
    http = httpx.Client(base_url=host, verify=context_of(simulator), trust_env=False)
    yield bankid_sdk.SyncV60(http)
    http.close()


def test_pybankid_logs_somebody_in(pybankid_client, hand):
    order = pybankid_client.authenticate("192.0.2.1", user_visible_data="Logga in")
    assert pybankid_client.collect(order["orderRef"])["status"] == "pending"

    hand.approve(order["orderRef"])

    done = pybankid_client.collect(order["orderRef"])
    assert done["completionData"]["user"]["personalNumber"] == SARA


def test_pybankid_signs(pybankid_client, hand):
    order = pybankid_client.sign(
        "192.0.2.1",
        "Skriv under",
        requirement={"personalNumber": SARA},
        user_non_visible_data="{}",
    )
    hand.approve(order["orderRef"])

    assert pybankid_client.collect(order["orderRef"])["status"] == "complete"


def test_pybankid_draws_a_code_the_phone_takes(pybankid_client, hand, simulator):
    order = pybankid_client.authenticate("192.0.2.1")
    code = pybankid_client.generate_qr_code_content(
        order["qrStartToken"], simulator.clock(), order["qrStartSecret"]
    )

    assert hand.http.post("_sim/scan", json={"qr": code}).status_code == 200


def test_pybankid_cancels_and_hears_of_a_second_collect(pybankid_client):
    order = pybankid_client.authenticate("192.0.2.1")
    assert pybankid_client.cancel(order["orderRef"])

    with pytest.raises(InvalidParametersError):
        pybankid_client.collect(order["orderRef"])


def test_pybankid_starts_an_order_over_the_telephone(pybankid_client, hand):
    order = pybankid_client.phone_authenticate(SARA, "RP")
    waiting = pybankid_client.collect(order["orderRef"])
    hand.approve(order["orderRef"])

    assert waiting["hintCode"] == "userCallConfirm"
    assert pybankid_client.collect(order["orderRef"])["status"] == "complete"


def test_pybankid_hears_that_somebody_is_busy(pybankid_client):
    pybankid_client.phone_authenticate(SARA, "user")

    with pytest.raises(AlreadyInProgressError):
        pybankid_client.phone_authenticate(SARA, "user")


def test_bankid_sdk_logs_somebody_in(sdk, hand):
    order = sdk.auth("192.0.2.1", user_visible_data="Logga in")
    assert isinstance(sdk.collect(order.order_ref), bankid_sdk.PendingCollect)

    hand.approve(order.order_ref)

    done = sdk.collect(order.order_ref)
    assert isinstance(done, bankid_sdk.CompleteCollect)
    assert done.completion_data.user.personal_number == SARA


def test_bankid_sdk_signs_and_hears_of_a_failure(sdk, hand):
    order = sdk.sign("192.0.2.1", user_visible_data="Skriv under")
    hand.approve(order.order_ref)
    assert isinstance(sdk.collect(order.order_ref), bankid_sdk.CompleteCollect)

    second = sdk.sign("192.0.2.1", user_visible_data="Skriv under")
    hand.order(second.order_ref, "cancel")

    failed = sdk.collect(second.order_ref)
    assert isinstance(failed, bankid_sdk.FailedCollect)


def test_bankid_sdk_cancels(sdk):
    order = sdk.auth("192.0.2.1")
    sdk.cancel(order.order_ref)

    with pytest.raises(bankid_sdk.errors.InvalidParameters):
        sdk.collect(order.order_ref)
