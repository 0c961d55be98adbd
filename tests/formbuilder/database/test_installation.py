from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from formbuilder.config import Settings, Tenant
from formbuilder.database import diary, tables
from formbuilder.database.database import Database
from formbuilder.database.installation import WrongDatabase
from formbuilder.database.upgrading import engine_for, is_current, upgrade
from tests.installed import installed


def test_a_database_does_not_open_in_another_environment(settings: Settings) -> None:
    with pytest.raises(WrongDatabase, match="belongs to “test”"):
        Database(replace(settings, environment="development"))


def test_an_upgrade_does_not_change_the_environment(settings: Settings) -> None:
    with pytest.raises(WrongDatabase, match="belongs to “test”"):
        upgrade(replace(settings, environment="production"))


def test_a_database_that_was_never_made_says_how_to_make_it(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()

    with pytest.raises(WrongDatabase, match="formbuilder db upgrade"):
        Database(installed(tmp_path))


def test_a_tenant_added_later_needs_an_upgrade(settings: Settings) -> None:
    added = Tenant(key="lund", hosts=("lund.test",), directory=settings.home)
    more = replace(settings, tenants=(*settings.tenants, added))

    with pytest.raises(WrongDatabase, match="lund"):
        Database(more)
    upgrade(more)
    Database(more).close()


def test_upgrading_twice_changes_nothing(settings: Settings) -> None:
    upgrade(settings)

    Database(settings).close()


def test_the_upgraded_tables_are_those_the_code_knows(settings: Settings) -> None:
    engine = engine_for(settings.database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, tables.metadata)
        current = is_current(connection)
    engine.dispose()

    assert (differences, current) == ([], True)


def test_a_database_in_memory_is_ready_at_once(tmp_path: Path) -> None:
    database = Database(installed(tmp_path, "sqlite://"))

    number = database.write(
        "ekvalla", lambda tc: diary.next_number(tc, series="a", year=1)
    )
    with database.read("ekvalla") as tc:
        row = tc.one(tables.diary_counters)
    database.close()

    assert row is not None
    assert row.last == number
