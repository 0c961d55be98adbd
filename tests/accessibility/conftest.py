"""The example forms, published in one municipality, in Swedish and right to left."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from town import EXAMPLES, found_town

from schemas.parsing import definition_from
from tests.inspecting import Inspector, inspector
from tests.promises.city import City, founded

FORMS = ("skolstart", "felanmalan", "bygglovsfraga", "foreningsbidrag")


@pytest.fixture(scope="session")
def offered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The municipality as it is before anybody has come."""
    folder = tmp_path_factory.mktemp("offered")
    town = found_town(folder)
    for name in FORMS:
        document = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
        # What has no Arabic words is shown from right to left all the same.
        document["languages"] = {"ar": {}, **document.get("languages", {})}
        town.publish_definition(
            definition_from(
                json.dumps(document),
                read=lambda path: (EXAMPLES / path).read_text("utf-8"),
            )
        )
    town.database.close()
    return folder


@pytest.fixture
def city(tmp_path: Path, offered: Path) -> Iterator[City]:
    with founded(tmp_path, offered) as found:
        yield found


@pytest.fixture
def inspected(browser: Browser) -> Iterator[Inspector]:
    with inspector(browser) as opened:
        yield opened
