"""What the doctor says of the audit log, on SQLite and on a real PostgreSQL."""

import tracemalloc

import pytest
from sqlalchemy import text

from formbuilder.audit import Event
from formbuilder.config import Settings
from formbuilder.database import audit
from formbuilder.database.connection import TenantConnection
from formbuilder.database.copying import act_as
from formbuilder.database.database import Database
from formbuilder.database.upgrading import engine_for
from formbuilder.operations.doctor import examine
from formbuilder.operations.finding import Finding
from tests.installed import NOW


def happen(database: Database, events: int, detail: str = "kitchen") -> None:
    def work(tc: TenantConnection) -> None:
        for number in range(events):
            audit.record(
                tc,
                event=Event.DELIVERED,
                at=NOW,
                object_id=str(number),
                detail={"department": detail},
            )

    database.write("ekvalla", work)


def tamper(settings: Settings, statement: str) -> None:
    """Change the table past the service, as somebody with a database shell would."""
    engine = engine_for(settings.database)
    with engine.begin() as connection:
        act_as(connection, "ekvalla")
        assert connection.execute(text(statement)).rowcount == 1
    engine.dispose()


def chain_of(settings: Settings, tenant: str = "ekvalla") -> Finding:
    found = examine(settings, now=NOW)
    return next(one for one in found if one.check == f"audit {tenant}")


def test_a_whole_chain_is_told_with_its_last_hash(
    settings: Settings, database: Database
) -> None:
    happen(database, 3)
    with database.read("ekvalla") as tc:
        [last] = audit.newest(tc, limit=1)

    found = chain_of(settings)
    assert found.state == "ok"
    assert found.message.startswith("3 events")
    assert last.hash in found.message


def test_a_municipality_where_nothing_has_happened_is_well(
    settings: Settings, database: Database
) -> None:
    happen(database, 1)

    assert chain_of(settings, "nybro").state == "ok"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET event = 'delivery_failed' WHERE seq = 2",
        'UPDATE audit SET detail = \'{"department":"school"}\' WHERE seq = 2',
        "UPDATE audit SET detail = 'not JSON' WHERE seq = 2",
        "UPDATE audit SET at = '2026-01-01T00:00:00.000000Z' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
    ],
)
def test_an_event_that_somebody_changed_or_took_away_is_found(
    settings: Settings, database: Database, change: str
) -> None:
    happen(database, 3)
    tamper(settings, change)

    found = chain_of(settings)
    assert (found.state, found.message[:8]) == ("failed", "Event 2 ")
    assert "compare event 2 with the backups" in found.advice


@pytest.mark.parametrize("wrong", ["actor_key = x'ff'", "at = x'00'", "at = 7"])
def test_an_event_of_other_types_is_a_changed_one(
    settings: Settings, database: Database, wrong: str
) -> None:
    if not settings.database.startswith("sqlite"):
        pytest.skip("PostgreSQL keeps columns to their types.")
    happen(database, 3)
    tamper(settings, f"UPDATE audit SET {wrong} WHERE seq = 2")  # noqa: S608 - our own words

    found = chain_of(settings)
    assert (found.state, found.message[:8]) == ("failed", "Event 2 ")


def test_a_long_chain_is_never_whole_in_memory(database: Database) -> None:
    happen(database, 4000, detail="x" * 2000)

    tracemalloc.start()
    try:
        with database.read("ekvalla") as tc:
            followed = audit.follow(tc)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert followed.events == 4000
    assert most < 4000 * 2000 / 2
