from collections.abc import Iterator
from pathlib import Path

import pytest

from formbuilder.visitor import Page, Visitor
from tests.promises.city import City, founded, prepare
from tests.promises.places import at


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
def certificate(city: City) -> tuple[Visitor, Page]:
    """The page that asks for a doctor's certificate."""
    visitor, page = city.answered()
    return visitor, visitor.get(at("intyg", page))
