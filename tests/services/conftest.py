from collections.abc import Iterator
from pathlib import Path

import pytest
from town import Town, found_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    found = found_town(tmp_path)
    yield found
    found.database.close()


@pytest.fixture
def school(town: Town) -> Town:
    """The town with the school start published."""
    town.publish()
    return town
