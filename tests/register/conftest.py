from collections.abc import Iterator

import httpx
import pytest

from formbuilder.register.registers.skatteverket import Skatteverket, http_client
from formbuilder.simulators.register import RunningRegister, start


@pytest.fixture
def running() -> Iterator[RunningRegister]:
    found = start(environment="test")
    yield found
    found.stop()


@pytest.fixture
def register(running: RunningRegister) -> Iterator[Skatteverket]:
    found = Skatteverket(
        http_client(),
        base_url=running.base_url,
        client_id=running.client_id,
        client_secret=running.client_secret,
        order=running.order,
    )
    yield found
    found.close()


@pytest.fixture
def control(running: RunningRegister) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.base_url, trust_env=False) as client:
        yield client
