import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from formbuilder.config import Settings
from formbuilder.database import diary, opening
from formbuilder.database.connection import TenantConnection
from formbuilder.database.keyed import Keyed
from formbuilder.database.sessions import SessionRow
from formbuilder.database.sqlite import IDLE, Sqlite
from formbuilder.database.tables import sessions
from schemas.errors import TemporaryError

BY_HASH = Keyed(SessionRow, sessions, "id_hash")


def count_one(tc: TenantConnection) -> int:
    return diary.next_number(tc, series="bun", year=2027)


@pytest.fixture
def store(sqlite_settings: Settings) -> Iterator[Sqlite]:
    opened = Sqlite(sqlite_settings.database)
    yield opened
    opened.close()


@contextmanager
def another_program(store: Sqlite) -> Iterator[None]:
    """Hold the file as another program would that writes to it."""
    other = sqlite3.connect(str(store.writer._engine.url.database))
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextmanager
def held_up(store: Sqlite, count: int) -> Iterator[ThreadPoolExecutor]:
    """Let so many writers wait for the same commit."""
    begun, gate = threading.Event(), threading.Event()

    def hold_up(_tc: TenantConnection) -> None:
        begun.set()
        gate.wait(60)

    with ThreadPoolExecutor(count + 1) as writers:
        writers.submit(store.write, "ekvalla", hold_up)
        begun.wait(60)
        yield writers
        deadline = time.monotonic() + 30
        while store.writer.waiting < count and time.monotonic() < deadline:
            time.sleep(0.01)
        gate.set()


def test_many_writers_share_few_commits(store: Sqlite) -> None:
    with held_up(store, 16) as writers:
        numbers = [writers.submit(store.write, "ekvalla", count_one) for _ in range(16)]

    assert sorted(n.result() for n in numbers) == list(range(1, 17))
    assert store.writer.commits <= 3


def test_a_failing_writer_loses_its_own_work_only(store: Sqlite) -> None:
    gate = threading.Event()

    def count_then_fail(tc: TenantConnection) -> None:
        count_one(tc)
        raise LookupError

    with ThreadPoolExecutor(4) as writers:
        writers.submit(store.write, "ekvalla", lambda _tc: gate.wait(5))
        first = writers.submit(store.write, "ekvalla", count_one)
        bad = writers.submit(store.write, "ekvalla", count_then_fail)
        gate.set()
        second = writers.submit(store.write, "ekvalla", count_one)

        assert isinstance(bad.exception(), LookupError)
        assert {first.result(), second.result()} == {1, 2}


def test_a_writer_that_fails_alone_leaves_nothing(store: Sqlite) -> None:
    def count_then_fail(tc: TenantConnection) -> None:
        count_one(tc)
        raise LookupError

    with pytest.raises(LookupError):
        store.write("ekvalla", count_then_fail)

    assert store.write("ekvalla", count_one) == 1


def test_a_writer_alone_begins_no_savepoint(store: Sqlite) -> None:
    begun: list[str] = []
    event.listen(store.writer._engine, "savepoint", lambda _c, name: begun.append(name))

    store.write("ekvalla", count_one)

    assert begun == []


def test_nobody_hears_of_success_before_the_commit(store: Sqlite) -> None:
    """The commit itself fails, so that every caller must be told."""
    engine = store.writer._engine

    def refuse(_connection: object) -> None:
        raise TemporaryError("the disk is full")

    event.listen(engine, "commit", refuse)
    with pytest.raises(TemporaryError, match="nothing was stored"):
        store.write("ekvalla", count_one)
    event.remove(engine, "commit", refuse)

    assert store.write("ekvalla", count_one) == 1


@pytest.mark.parametrize("is_alone", [True, False])
def test_a_commit_that_the_database_refuses_leaves_nothing_behind(
    store: Sqlite, *, is_alone: bool
) -> None:
    """A key that leads nowhere is found at COMMIT, which leaves all that was done."""

    def lead_nowhere(tc: TenantConnection) -> int:
        for statement in (
            "CREATE TEMP TABLE houses (id INTEGER PRIMARY KEY)",
            "CREATE TEMP TABLE doors (house REFERENCES houses DEFERRABLE INITIALLY DEFERRED)",
            "INSERT INTO doors VALUES (7)",
        ):
            tc.connection.exec_driver_sql(statement)
        return count_one(tc)

    jobs = [lead_nowhere] if is_alone else [count_one, lead_nowhere, count_one]
    with held_up(store, len(jobs)) as writers:
        told = [writers.submit(store.write, "ekvalla", job) for job in jobs]

    assert {type(one.exception()) for one in told} == {TemporaryError}
    assert store.write("ekvalla", count_one) == 1


def test_a_full_disk_and_a_held_file_are_temporary_and_pass(store: Sqlite) -> None:
    def fill_up(tc: TenantConnection) -> None:
        tc.connection.exec_driver_sql("PRAGMA max_page_count = 1")
        tc.connection.exec_driver_sql("CREATE TABLE big AS SELECT randomblob(99999)")

    def make_room(tc: TenantConnection) -> None:
        tc.connection.exec_driver_sql("PRAGMA max_page_count = 99999")
        tc.connection.exec_driver_sql("PRAGMA busy_timeout = 1")

    with pytest.raises(TemporaryError, match="disk is full"):
        store.write("ekvalla", fill_up)
    store.write("ekvalla", make_room)
    with another_program(store), pytest.raises(TemporaryError, match="is locked"):
        store.write("ekvalla", count_one)

    assert store.write("ekvalla", count_one) == 1


def test_a_file_that_another_program_holds_is_told_as_any_error_of_it(
    store: Sqlite,
) -> None:
    engine = store.writer._engine
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")

    with another_program(store), pytest.raises(OperationalError), engine.begin():
        pass


def test_what_follows_is_worked_out_before_the_commit_and_told_after(
    store: Sqlite,
) -> None:
    engine, seen = store.writer._engine, threading.Event()
    happened: list[str] = []

    def commit(_connection: object) -> None:
        seen.wait(60)
        happened.append("committed")

    def follow(number: int) -> int:
        happened.append("worked out")
        seen.set()
        return number * 2

    event.listen(engine, "commit", commit)
    made = store.write_while("ekvalla", count_one, follow)
    event.remove(engine, "commit", commit)

    assert made == 2
    assert happened == ["worked out", "committed"]


def test_nobody_hears_of_what_follows_from_a_commit_that_failed(store: Sqlite) -> None:
    engine = store.writer._engine

    def refuse(_connection: object) -> None:
        raise TemporaryError("the disk is full")

    event.listen(engine, "commit", refuse)
    with pytest.raises(TemporaryError, match="nothing was stored"):
        store.write_while("ekvalla", count_one, lambda number: number)
    event.remove(engine, "commit", refuse)

    assert store.write("ekvalla", count_one) == 1


def test_nothing_follows_from_work_that_failed(store: Sqlite) -> None:
    followed: list[object] = []

    def fail(_tc: TenantConnection) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        store.write_while("ekvalla", fail, followed.append)

    assert followed == []


def test_who_fails_at_what_follows_has_stored_all_the_same(store: Sqlite) -> None:
    def fail(_number: int) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        store.write_while("ekvalla", count_one, fail)

    assert store.write("ekvalla", count_one) == 2


def test_a_writer_told_of_no_connection_does_not_wait_for_ever(store: Sqlite) -> None:
    def refuse(_connection: object) -> None:
        raise TemporaryError("no connection")

    event.listen(store.writer._engine, "begin", refuse)
    with pytest.raises(TemporaryError, match="nothing was stored"):
        store.write_while("ekvalla", count_one, lambda number: number)
    event.remove(store.writer._engine, "begin", refuse)


def test_readers_of_one_row_keep_only_so_many_connections(store: Sqlite) -> None:
    together = threading.Barrier(IDLE + 4)

    def look(_number: int) -> object:
        connection = store._resting()
        together.wait(60)
        store._rest(connection)
        return store.at("ekvalla", BY_HASH, "nobody")

    with ThreadPoolExecutor(IDLE + 4) as readers:
        found = set(readers.map(look, range(IDLE + 4)))

    assert found == {None}
    assert len(store._idle) <= IDLE


def test_a_write_inside_a_write_is_refused_at_once(store: Sqlite) -> None:
    with pytest.raises(RuntimeError, match="inside a write"):
        store.write("ekvalla", lambda _tc: store.write("ekvalla", count_one))


def test_after_closing_nothing_is_taken(sqlite_settings: Settings) -> None:
    store = Sqlite(sqlite_settings.database)
    store.close()

    with pytest.raises(TemporaryError, match="stopping"):
        store.write("ekvalla", count_one)


def test_commits_are_synced_to_the_disk(sqlite_settings: Settings) -> None:
    engine = opening.sqlite_writer(sqlite_settings.database)
    with engine.connect() as connection:
        kept = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()

    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_readers_cannot_write(store: Sqlite) -> None:
    with store.read("ekvalla") as tc, pytest.raises(Exception, match="readonly"):
        count_one(tc)
