"""Municipalities to fill forms in at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.filling.serving import opened
from tests.filling.window import Window
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


@pytest.fixture
def window(city: City, browser: Browser) -> Iterator[Window]:
    """A phone's browser in front of the city."""
    with opened(city, browser) as made:
        yield made
