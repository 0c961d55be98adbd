"""A municipality whose family has walked the whole way, and the operator's commands."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from formbuilder.demo.town import Town, stop, town
from formbuilder.demo.walk import walk
from tests.commanded import Operator

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town after the walk: its service is stopped, its peers still answer."""
    with town(tmp_path_factory.mktemp("walked"), EXAMPLES) as place:
        process = place.start_service()
        try:
            walk(place, lambda _step: None)
        finally:
            stop(process)
        yield place


@pytest.fixture
def operator(walked: Town) -> Operator:
    """The operator of that town; for commands that change nothing."""
    return Operator(walked.environment)


@pytest.fixture
def copied(walked: Town, tmp_path: Path) -> Operator:
    """The operator of a copy of that town, who may change it."""
    for name in ("data", "keys"):
        shutil.copytree(walked.home / name, tmp_path / name)
    return Operator(walked.environment).of(
        home=tmp_path / "data", keys=tmp_path / "keys"
    )


@pytest.fixture
def fresh(walked: Town, tmp_path: Path) -> Operator:
    """An operator who has settings, and no home, keys or database yet."""
    return Operator(walked.environment).of(
        home=tmp_path / "new-data", keys=tmp_path / "new-keys"
    )
