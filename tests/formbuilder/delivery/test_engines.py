"""The suite that every engine passes, on each database it can work with."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from pkgutil import iter_modules
from typing import ClassVar

import psycopg
import pytest

from formbuilder.config import Settings
from formbuilder.database import orders
from formbuilder.database.database import Database
from formbuilder.database.orders import OrderRow
from formbuilder.delivery import engines
from formbuilder.delivery.channel import Delivery, Receipt
from formbuilder.delivery.engine import DeliveryEngine
from formbuilder.delivery.engines.lease import LeaseEngine
from formbuilder.delivery.engines.procrastinate import (
    ProcrastinateEngine,
    conninfo,
    prepare,
)
from formbuilder.delivery.worker import Workshop, workshop
from schemas.errors import OperatorError
from tests.formbuilder.delivery.test_worker import fulfil


class Counting:
    """A channel that counts, and can be held up."""

    key: ClassVar[str] = "inbox"

    def __init__(self) -> None:
        self.delivered: list[str] = []
        self.may_go = threading.Event()
        self.may_go.set()

    def deliver(self, delivery: Delivery) -> Receipt:
        self.delivered.append(delivery.id)
        self.may_go.wait(60)
        return Receipt()


@pytest.fixture
def channel() -> Counting:
    return Counting()


@pytest.fixture
def make_shop(database: Database, channel: Counting) -> Callable[..., Workshop]:
    def make(name: str, lease: float = 30) -> Workshop:
        return workshop(
            name=name,
            database=database,
            channels={"inbox": channel},
            fulfil=fulfil,
            archive=lambda _tenant, _order: None,
            clock=lambda: datetime.now(UTC),
            fraction=lambda: 0.5,
            lease=timedelta(seconds=lease),
        )

    return make


every_engine = pytest.mark.parametrize(
    ("part", "settings"),
    [
        pytest.param(LeaseEngine, "sqlite", id="lease-sqlite"),
        pytest.param(
            LeaseEngine, "postgres", id="lease-postgres", marks=pytest.mark.postgres
        ),
        pytest.param(
            ProcrastinateEngine,
            "postgres",
            id="procrastinate-postgres",
            marks=pytest.mark.postgres,
        ),
    ],
    indirect=["settings"],
)


@contextmanager
def working(*started: DeliveryEngine) -> Iterator[None]:
    for engine in started:
        engine.start()
    try:
        yield
    finally:
        for engine in started:
            engine.stop()


def until(is_so: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.02)
    return False


def undone(database: Database) -> int:
    with database.read("ekvalla") as tc:
        return sum(1 for order in orders.ledger(tc) if order.state != "done")


@pytest.fixture
def place_now(place: Callable[..., OrderRow]) -> Callable[..., OrderRow]:
    """Orders of the real present: engines look at the real clock."""

    def place_now(id_: str, **values: object) -> OrderRow:
        now = datetime.now(UTC)
        return place(id_, **{"created_at": now, "next_at": now, **values})

    return place_now


@every_engine
def test_everything_due_is_done_once(
    part: type[DeliveryEngine],
    make_shop: Callable[..., Workshop],
    database: Database,
    channel: Counting,
    place_now: Callable[..., OrderRow],
) -> None:
    for number in range(12):
        place_now(f"o{number:02}")

    with working(part(make_shop("one")), part(make_shop("two"))):
        assert until(lambda: undone(database) == 0)

    assert sorted(channel.delivered) == [f"o{number:02}" for number in range(12)]


@every_engine
def test_what_is_placed_later_is_done_when_the_engine_is_woken(
    part: type[DeliveryEngine],
    make_shop: Callable[..., Workshop],
    database: Database,
    place_now: Callable[..., OrderRow],
) -> None:
    engine = part(make_shop("one"))
    with working(engine):
        place_now("late")
        engine.wake("ekvalla")

        assert until(lambda: undone(database) == 0)


@every_engine
def test_what_a_dead_worker_had_is_done_when_its_lease_ends(
    part: type[DeliveryEngine],
    make_shop: Callable[..., Workshop],
    database: Database,
    channel: Counting,
    place_now: Callable[..., OrderRow],
) -> None:
    ends = datetime.now(UTC) + timedelta(seconds=2)
    place_now("o1", leased_by="dead", lease_until=ends)

    with working(part(make_shop("alive"))):
        assert until(lambda: bool(channel.delivered))
        assert datetime.now(UTC) >= ends
        assert until(lambda: undone(database) == 0)

    assert channel.delivered == ["o1"]


@every_engine
def test_long_work_is_not_taken_over_while_its_worker_lives(
    part: type[DeliveryEngine],
    make_shop: Callable[..., Workshop],
    database: Database,
    channel: Counting,
    place_now: Callable[..., OrderRow],
) -> None:
    place_now("o1")
    channel.may_go.clear()

    with working(part(make_shop("one", lease=3.0)), part(make_shop("two", lease=3.0))):
        assert until(lambda: len(channel.delivered) == 1)
        time.sleep(5)
        channel.may_go.set()
        assert until(lambda: undone(database) == 0)

    assert channel.delivered == ["o1"]


@pytest.mark.postgres
@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_a_waiting_job_carries_ids_only_and_is_not_doubled(
    settings: Settings,
    make_shop: Callable[..., Workshop],
    place_now: Callable[..., OrderRow],
) -> None:
    place_now("o1")
    address = conninfo(settings.database)
    prepare(address)
    engine = ProcrastinateEngine(make_shop("web"))
    engine.wake("ekvalla")

    with psycopg.connect(address, autocommit=True) as connection:

        def jobs() -> list[object]:
            found = connection.execute("SELECT args FROM procrastinate_jobs")
            return [row[0] for row in found]

        assert until(lambda: bool(jobs()))
        engine.wake("ekvalla")
        time.sleep(0.3)
        assert jobs() == [{"tenant": "ekvalla", "order_id": "o1"}]
    engine.stop()


def test_the_queue_engine_says_that_it_needs_postgresql() -> None:
    with pytest.raises(OperatorError, match="serve --embedded"):
        conninfo("sqlite://")


def test_every_engine_on_disk_is_registered() -> None:
    on_disk = {module.name for module in iter_modules(engines.__path__)}
    registered = {Path(p.__module__.replace(".", "/")).name for p in engines.BUILT_IN}

    assert on_disk == registered
