"""The two municipalities as fixtures; a folder's conftest takes in those it needs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.city import City, founded, prepare


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The municipalities as they are before anybody has come."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder)
    return folder


@pytest.fixture
def city(tmp_path: Path, prepared: Path) -> Iterator[City]:
    with founded(tmp_path, prepared) as found:
        yield found
