"""What all tests share: repeatable examples, one browser, one warning let pass."""

from collections.abc import Iterator

import pytest
from browsing import CHROMIUM, chromium
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

# Hypothesis runs the same examples each time, so that a failure can be repeated,
# and none has to be quick on a machine that has much else to do.
settings.register_profile(
    "repeatable",
    derandomize=True,
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open Chromium once: Playwright does not start twice in one process."""
    if CHROMIUM is None:
        pytest.skip("install Chromium to see the pages")
    with chromium() as opened:
        yield opened


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is long, lest one process be left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_configure(config: pytest.Config) -> None:
    """Let pass the one warning that is not ours to mend.

    WeasyPrint opens its colour profile once per PDF and leaves closing it to the
    interpreter; nothing is lost by that.
    """
    config.addinivalue_line(
        "filterwarnings",
        "ignore:(?s).*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning",
    )
