from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from formbuilder.audit import Event
from formbuilder.config import Settings
from formbuilder.database import audit, diary, orders, tables
from formbuilder.database.database import Database
from formbuilder.database.orders import OrderRow
from formbuilder.keyring import Keyring
from formbuilder.objects import ObjectStore
from formbuilder.operations.backup import backup
from formbuilder.operations.manifest import BackupRefused
from formbuilder.operations.restore import restore
from tests.installed import NOW, an_order, installed, store_case
from tests.postgres import Server

PDF = b"%PDF-1.7 Peanuts make the child very ill."


@pytest.fixture
def in_use(settings: Settings) -> Settings:
    """An installation with rows of two tenants, an upload and a record."""
    database = Database(settings)
    database.write("ekvalla", store_case)
    database.write("ekvalla", lambda tc: orders.insert(tc, an_order("o1")))
    for tenant in ("ekvalla", "nybro"):
        database.write(tenant, lambda tc: diary.next_number(tc, series="a", year=1))
        database.write(tenant, lambda tc: audit.record(tc, event=Event.SIGNED, at=NOW))
    database.close()
    ObjectStore(settings.home / "objects").put(
        "ekvalla", [PDF], accept=(), max_bytes=1000, new_name=lambda: "abcd"
    )
    record = settings.home / "archive" / "ekvalla" / "r.pdf.cms"
    record.parent.mkdir(parents=True)
    record.write_bytes(b"an envelope")
    delivered = settings.home / "delivered" / "kitchen"
    delivered.mkdir(parents=True)
    (delivered / "payload.json").write_bytes(b"the receiver's own")
    return settings


@pytest.fixture
def elsewhere(
    settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    """An empty machine with a database of the same kind."""
    folder = tmp_path / "elsewhere"
    if settings.is_embedded:
        yield installed(folder)
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.new_database()
    yield installed(folder, server.url(name))
    server.drop(name)


def order_of(settings: Settings) -> OrderRow | None:
    database = Database(settings)
    with database.read("ekvalla") as tc:
        found = orders.get(tc, "o1")
    database.close()
    return found


def test_what_was_backed_up_is_all_there_on_an_empty_machine(
    in_use: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    backup(in_use, tmp_path / "copy", now=NOW)
    restored = restore(elsewhere, tmp_path / "copy", now=NOW)

    assert order_of(elsewhere) == order_of(in_use)
    assert restored.files == 2
    for name in ("objects/ekvalla/ab/abcd", "archive/ekvalla/r.pdf.cms"):
        assert (elsewhere.home / name).read_bytes() == (in_use.home / name).read_bytes()


def test_counters_and_the_audit_chain_go_on_after_a_restore(
    in_use: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    backup(in_use, tmp_path / "copy", now=NOW)
    restore(elsewhere, tmp_path / "copy", now=NOW)

    database = Database(elsewhere)
    number = database.write(
        "nybro", lambda tc: diary.next_number(tc, series="a", year=1)
    )
    with database.read("nybro") as tc:
        broken, events = audit.follow(tc).broken_at, audit.newest(tc)
    database.close()
    assert (number, broken) == (2, None)
    assert [entry.event for entry in events] == [Event.RESTORED, Event.SIGNED]


@pytest.mark.postgres
def test_an_installation_grows_from_sqlite_to_postgresql(
    sqlite_settings: Settings, tmp_path: Path, postgres: Server | None
) -> None:
    if postgres is None:
        pytest.skip("no PostgreSQL binaries, or they may not run here")
    database = Database(sqlite_settings)
    database.write("ekvalla", store_case)
    database.write("ekvalla", lambda tc: orders.insert(tc, an_order("o1")))
    database.close()
    larger = installed(tmp_path / "new", postgres.url(postgres.new_database()))

    backup(sqlite_settings, tmp_path / "copy", now=NOW)
    restore(larger, tmp_path / "copy", now=NOW)

    assert order_of(larger) == order_of(sqlite_settings)


def test_a_backup_holds_no_key_and_nothing_of_the_receivers(
    in_use: Settings, keys: Keyring, tmp_path: Path
) -> None:
    made = backup(in_use, tmp_path / "copy", now=NOW)

    secret = (tmp_path / "keys" / "master.json").read_text()[-80:-20]
    held = b"".join(
        p.read_bytes() for p in (tmp_path / "copy").rglob("*") if p.is_file()
    )
    assert keys.generations == (1,)
    assert secret.encode() not in held
    assert b"the receiver's own" not in held
    assert b"Peanuts" not in held
    assert not any(name.startswith("delivered") for name in made.files)


def test_a_backup_is_of_one_moment_while_the_service_writes(
    in_use: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    database = Database(in_use)

    def write_meanwhile(name: str) -> None:
        if name == "rows/ekvalla/cases.jsonl":
            database.write("ekvalla", lambda tc: orders.insert(tc, an_order("o2")))

    backup(in_use, tmp_path / "copy", now=NOW, progress=write_meanwhile)
    database.close()
    restore(elsewhere, tmp_path / "copy", now=NOW)

    copied = Database(elsewhere)
    with copied.read("ekvalla") as tc:
        assert [order.id for order in orders.ledger(tc)] == ["o1"]
    copied.close()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda copy: (copy / "rows/ekvalla/orders.jsonl").unlink(), "missing: rows"),
        (
            lambda copy: (copy / "objects/ekvalla/ab/abcd").write_bytes(b""),
            "changed: objects/ekvalla/ab/abcd",
        ),
        (lambda copy: (copy / "rows/x.jsonl").write_bytes(b""), "extra: rows/x.jsonl"),
        (lambda copy: (copy / "manifest.json").unlink(), "no backup"),
    ],
    ids=["missing", "changed", "extra", "no manifest"],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    in_use: Settings,
    elsewhere: Settings,
    tmp_path: Path,
    damage: Callable[[Path], None],
    told: str,
) -> None:
    backup(in_use, tmp_path / "copy", now=NOW)
    damage(tmp_path / "copy")

    with pytest.raises(BackupRefused, match=told):
        restore(elsewhere, tmp_path / "copy", now=NOW)
    assert not elsewhere.home.exists()


def test_a_restore_never_mixes_with_what_is_there(
    in_use: Settings, tmp_path: Path
) -> None:
    backup(in_use, tmp_path / "copy", now=NOW)

    with pytest.raises(BackupRefused, match="not empty"):
        restore(in_use, tmp_path / "copy", now=NOW)
    with pytest.raises(BackupRefused, match="rows already"):
        restore(
            replace(in_use, home=tmp_path / "other", database_url=in_use.database),
            tmp_path / "copy",
            now=NOW,
        )


def test_a_backup_goes_back_into_its_own_environment_only(
    in_use: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    backup(in_use, tmp_path / "copy", now=NOW)

    with pytest.raises(BackupRefused, match="belongs to “test”"):
        restore(
            replace(elsewhere, environment="production"), tmp_path / "copy", now=NOW
        )


def test_a_backup_is_never_written_over_another(
    in_use: Settings, tmp_path: Path
) -> None:
    backup(in_use, tmp_path / "copy", now=NOW)

    with pytest.raises(BackupRefused, match="there already"):
        backup(in_use, tmp_path / "copy", now=NOW)


def test_every_table_of_tenants_is_copied() -> None:
    apart = {"installation", "tenants"}

    assert {t.name for t in tables.OF_TENANTS} | apart == set(tables.metadata.tables)
