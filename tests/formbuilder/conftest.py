"""Installations to test with: two tenants, on SQLite and on a real PostgreSQL."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from formbuilder import keyring
from formbuilder.config import Settings
from formbuilder.database import orders
from formbuilder.database.database import Database
from formbuilder.database.orders import OrderRow
from formbuilder.database.upgrading import upgrade
from formbuilder.keyring import Keyring
from tests.installed import NOW, Clock, an_order, installed, store_case
from tests.postgres import Server, running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def new_id() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{next(numbers):032x}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server | None]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(
    postgres: Server | None, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """One upgraded database, to be copied for each test."""
    if postgres is None:
        return ""
    name = postgres.new_database()
    upgrade(installed(tmp_path_factory.mktemp("template"), postgres.url(name)))
    return name


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    settings = installed(tmp_path)
    upgrade(settings)
    return settings


@pytest.fixture
def postgres_settings(
    tmp_path: Path, postgres: Server | None, postgres_template: str
) -> Iterator[Settings]:
    if postgres is None:
        pytest.skip("no PostgreSQL binaries, or they may not run here")
    name = postgres.new_database(postgres_template)
    yield installed(tmp_path, postgres.url(name))
    postgres.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest) -> Settings:
    """An upgraded installation, once on each kind of database."""
    found = request.getfixturevalue(f"{request.param}_settings")
    assert isinstance(found, Settings)
    return found


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings)
    yield opened
    opened.close()


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    ring = keyring.create(tmp_path / "keys")
    for tenant in ("ekvalla", "nybro"):
        ring.make_pairs(tenant, ("kitchen", "school_health"), now=NOW, with_escrow=True)
    return ring


@pytest.fixture
def place(database: Database) -> Callable[..., OrderRow]:
    """Store an order of a case."""
    database.write("ekvalla", store_case)

    def place(id_: str = "o1", **values: object) -> OrderRow:
        order = an_order(id_, **values)
        database.write("ekvalla", lambda tc: orders.insert(tc, order))
        return order

    return place
