import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from formbuilder.config import Settings
from formbuilder.database import diary, opening, postgres, tables
from formbuilder.database.database import Database
from schemas.errors import Refused


def test_what_one_tenant_writes_another_does_not_see(database: Database) -> None:
    database.write("ekvalla", lambda tc: diary.next_number(tc, series="bun", year=2027))

    with database.read("nybro") as tc:
        assert tc.one(tables.diary_counters) is None


def test_each_tenant_counts_its_own_diary(database: Database) -> None:
    numbers = [
        database.write(tenant, lambda tc: diary.next_number(tc, series="a", year=1))
        for tenant in ("ekvalla", "ekvalla", "nybro")
    ]

    assert numbers == [1, 2, 1]


def test_a_tenant_nobody_set_up_is_refused(database: Database) -> None:
    with pytest.raises(Refused):
        database.write("elsewhere", lambda _tc: None)


def test_every_table_has_its_tenant_first_in_its_key() -> None:
    firsts = {t.name: next(iter(t.primary_key.columns)).name for t in tables.OF_TENANTS}

    assert set(firsts.values()) == {"tenant"}


def test_every_reference_and_unique_key_stays_within_its_tenant() -> None:
    for table in tables.OF_TENANTS:
        for key in table.foreign_key_constraints:
            assert key.column_keys[0] == "tenant", key.name
        for index in table.indexes:
            assert index.columns.keys()[0] == "tenant", index.name


@pytest.mark.postgres
def test_the_server_itself_hides_other_tenants_rows(
    postgres_settings: Settings,
) -> None:
    database = Database(postgres_settings)
    database.write("ekvalla", lambda tc: diary.next_number(tc, series="a", year=1))

    with database.read("nybro") as tc:
        unfiltered = tc.connection.execute(select(tables.diary_counters)).all()
    database.close()

    assert unfiltered == []


@pytest.mark.postgres
def test_the_server_itself_refuses_rows_of_another_tenant(
    postgres_settings: Settings,
) -> None:
    engine = opening.postgres(postgres_settings.database)
    row = {"tenant": "nybro", "series": "a", "year": 1, "last": 1}
    with engine.connect() as connection:
        tc = postgres.bound(connection, "ekvalla")

        with pytest.raises(DBAPIError, match="row-level security"):
            tc.connection.execute(tables.diary_counters.insert(), row)
    engine.dispose()


@pytest.mark.postgres
def test_every_table_of_tenants_is_guarded_by_the_server(
    postgres_settings: Settings,
) -> None:
    engine = opening.postgres(postgres_settings.database)
    with engine.connect() as connection:
        guarded = connection.scalars(
            text("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        ).all()
    engine.dispose()

    assert set(guarded) == {table.name for table in tables.OF_TENANTS}
