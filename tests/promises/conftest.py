from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.city import City, founded


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with founded(tmp_path) as found:
        yield found
