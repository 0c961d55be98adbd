from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from formbuilder.database import diary, tables
from formbuilder.database.connection import TenantConnection
from formbuilder.database.database import Database

TENANTS = ("ekvalla", "nybro")


def next_number(tc: TenantConnection) -> int:
    return diary.next_number(tc, series="bun", year=2027)


def test_writers_at_the_same_moment_see_each_others_work(database: Database) -> None:
    with ThreadPoolExecutor(8) as writers:
        numbers = writers.map(
            lambda _: database.write("ekvalla", next_number), range(40)
        )

        assert sorted(numbers) == list(range(1, 41))


@pytest.mark.parametrize(
    "change",
    [
        lambda tc: tc.update(tables.diary_counters, last=99),
        lambda tc: tc.delete(tables.diary_counters),
    ],
    ids=["update", "delete"],
)
def test_what_one_tenant_changes_stays_as_it_was_for_another(
    database: Database, change: Callable[[TenantConnection], int]
) -> None:
    for tenant in TENANTS:
        database.write(tenant, next_number)

    changed = database.write("ekvalla", change)

    assert changed == 1
    with database.read("nybro") as tc:
        row = tc.one(tables.diary_counters)
    assert row is not None
    assert row.last == 1
