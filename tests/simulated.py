"""A simulated BankID and register for tests, and a tester's hand on the phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from formbuilder.config import PeerSettings
from formbuilder.identity.connecting import connect_bankid
from formbuilder.identity.provider import OrderRequest, StartedOrder
from formbuilder.identity.providers.bankid import BankID
from formbuilder.simulators.bankid.server import RunningSimulator
from formbuilder.simulators.bankid.server import start as start_bankid

SARA = "198604222383"
JOHAN = "198503092390"
VISIBLE = "Ekvalla kommun: Skolstart, version 3\nJag intygar att uppgifterna stämmer."
MANIFEST = b'{"form":"skolstart","sections":{"diet":"00ff"}}'


def peer_of(simulator: RunningSimulator) -> PeerSettings:
    return PeerSettings(
        base_url=simulator.base_url,
        ca_file=simulator.ca_file,
        client_certificate=simulator.client_cert,
        client_key=simulator.client_key,
        signing_roots=(simulator.signing_root_file,),
        launch_host=simulator.phone_url,
    )


def login_request(**changes: Any) -> OrderRequest:
    values = {
        "purpose": "login",
        "end_user_ip": "192.0.2.7",
        "visible_text": "Hej å ä ö",
    }
    return OrderRequest(**(values | changes))


def sign_request(**changes: Any) -> OrderRequest:
    values = {
        "purpose": "sign",
        "end_user_ip": "2001:db8::7",
        "visible_text": VISIBLE,
        "non_visible": MANIFEST,
        "person": SARA,
    }
    return OrderRequest(**(values | changes))


class Hand:
    """What a tester does at the phone's control interface."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, trust_env=False)

    def order(self, order: StartedOrder | str, act: str, **body: Any) -> httpx.Response:
        reference = order if isinstance(order, str) else order.reference
        return self.http.post(f"_sim/orders/{reference}/{act}", json=body)

    def approve(self, order: StartedOrder | str, person: str = SARA) -> httpx.Response:
        return self.order(order, "approve", personal_number=person)

    def push(self, seconds: float) -> None:
        self.http.post("_sim/clock", json={"advance": seconds}).raise_for_status()

    def fault(self, **fault: Any) -> None:
        self.http.post("_sim/faults", json=fault).raise_for_status()

    def orders(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.http.get("_sim/orders").json()
        return found


@pytest.fixture(scope="session")
def pki_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bankid-pki")


@pytest.fixture
def simulator(pki_directory: Path) -> Iterator[RunningSimulator]:
    running = start_bankid(pki_directory, environment="test")
    yield running
    running.stop()


@pytest.fixture
def hand(simulator: RunningSimulator) -> Iterator[Hand]:
    found = Hand(simulator.phone_url)
    yield found
    found.http.close()


@pytest.fixture
def bankid(simulator: RunningSimulator) -> Iterator[BankID]:
    provider = connect_bankid(
        peer_of(simulator),
        environment="test",
        clock=simulator.clock,
    )
    yield provider
    provider.close()
