"""Municipalities to fill forms in at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.filling.serving import opened
from tests.filling.window import Window
from tests.founding import city, prepared
from tests.promises.city import City

__all__ = ["city", "prepared", "window"]


@pytest.fixture
def window(city: City, browser: Browser) -> Iterator[Window]:
    """A phone's browser in front of the city."""
    with opened(city, browser) as made:
        yield made
