"""The whole way on PostgreSQL: web and workers apart, one worker killed at work."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from formbuilder.database import tables
from formbuilder.demo.town import Town, stop, town
from formbuilder.demo.walk import Walk, walk
from formbuilder.operations.doctor import examine
from tests.arrived import assert_all_there_once
from tests.postgres import OWNER, running

pytestmark = [pytest.mark.postgres, pytest.mark.kill]

EXAMPLES = Path(__file__).parents[2] / "examples"
BUSY_WITHIN = 240.0
HELD = (
    "SELECT count(*) FROM orders WHERE leased_by LIKE %s AND done_at IS NULL "
    "AND failed_at IS NULL AND lease_until > now()"
)


@dataclass
class Walked:
    """A family's walk, and the worker that did not live to see its end."""

    place: Town
    database: str
    outcome: Walk
    killed: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    with running() as server:
        if server is None:
            pytest.skip("no PostgreSQL binaries, or they may not run here")
        name = server.new_database()
        above = server.url(name, role="postgres").replace("+psycopg", "")
        home = tmp_path_factory.mktemp("postgres")
        with town(home, EXAMPLES, database_url=server.url(name)) as place:
            yield _walk(place, server.url(name).replace("+psycopg", ""), above)


def _walk(place: Town, database: str, above: str) -> Walked:
    processes = [place.start_service(), place.start_worker(), place.start_worker()]
    killed: list[int] = []
    killer = threading.Thread(
        target=_kill_while_busy, args=(processes[1], above, killed), daemon=True
    )
    killer.start()
    try:
        done = walk(place, lambda _step: None)
    finally:
        killer.join(BUSY_WITHIN)
        for process in processes:
            stop(process)
    return Walked(place=place, database=database, outcome=done, killed=killed)


def _kill_while_busy(
    worker: subprocess.Popen[bytes], above: str, killed: list[int]
) -> None:
    """Hold the worker still when it seems busy, and kill it if it is."""
    deadline = time.monotonic() + BUSY_WITHIN
    with psycopg.connect(above, autocommit=True) as connection:

        def is_busy() -> bool:
            found = connection.execute(HELD, [f"%-{worker.pid}-%"]).fetchone()
            return bool(found and found[0])

        while time.monotonic() < deadline:
            if is_busy():
                os.killpg(worker.pid, signal.SIGSTOP)
                # What it had sent when it was stopped may still be on its way.
                time.sleep(0.2)
                if is_busy():
                    os.killpg(worker.pid, signal.SIGKILL)
                    worker.wait()
                    killed.append(worker.pid)
                    return
                os.killpg(worker.pid, signal.SIGCONT)
            time.sleep(0.005)


def test_a_family_reaches_every_department_though_a_worker_dies(walked: Walked) -> None:
    assert len(walked.killed) == 1
    assert walked.outcome.outcome.missing() == []


def test_all_arrives_once_although_what_the_dead_held_is_done_anew(
    walked: Walked,
) -> None:
    assert_all_there_once(walked.place, cases=1, channels=("inbox", "webhook"))


def test_a_query_that_names_no_tenant_sees_nothing(walked: Walked) -> None:
    with psycopg.connect(walked.database) as connection:
        seen = [_count(connection, table.name) for table in tables.OF_TENANTS]

    assert set(seen) == {0}


def test_a_query_of_another_tenant_sees_nothing(walked: Walked) -> None:
    with psycopg.connect(walked.database) as connection:
        _be(connection, "nybro")
        seen = [_count(connection, table.name) for table in tables.OF_TENANTS]

    assert set(seen) == {0}


def test_a_query_of_the_tenant_sees_its_rows(walked: Walked) -> None:
    with psycopg.connect(walked.database) as connection:
        _be(connection, "ekvalla")

        assert _count(connection, "units") > 0


def test_a_row_cannot_be_written_to_another_tenant(walked: Walked) -> None:
    with psycopg.connect(walked.database) as connection:
        _be(connection, "ekvalla")

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE cases SET tenant = 'nybro'")


def test_the_services_role_stands_under_row_level_security(walked: Walked) -> None:
    found = [f for f in examine(walked.place.settings, now=_now()) if "row" in f.check]

    assert [(f.check, f.state) for f in found] == [("row-level security", "ok")]


def test_doctor_finds_a_role_that_row_level_security_does_not_hold(
    walked: Walked,
) -> None:
    above = replace(
        walked.place.settings,
        database_url=walked.place.settings.database.replace(OWNER + "@", "postgres@"),
    )

    [found] = [f for f in examine(above, now=_now()) if f.check == "row-level security"]
    assert (found.state, "postgres" in found.message) == ("failed", True)


def _now() -> datetime:
    return datetime.now(UTC)


def _be(connection: psycopg.Connection, tenant: str) -> None:
    connection.execute("SELECT set_config('formbuilder.tenant', %s, true)", [tenant])


def _count(connection: psycopg.Connection, table: str) -> int:
    statement = psycopg.sql.SQL("SELECT count(*) FROM {}").format(
        psycopg.sql.Identifier(table)
    )
    found = connection.execute(statement).fetchone()
    return int(found[0]) if found else -1
