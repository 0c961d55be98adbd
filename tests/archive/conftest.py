import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.keyholders import Holder, make_holder


@pytest.fixture(scope="session")
def school_health() -> Holder:
    return make_holder("Elevhälsans medicinska insats")


@pytest.fixture(scope="session")
def archivist() -> Holder:
    return make_holder("Kommunarkivet", ec.SECP384R1())
