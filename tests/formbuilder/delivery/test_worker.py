from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formbuilder.audit import Event
from formbuilder.database import audit, orders
from formbuilder.database.database import Database
from formbuilder.database.orders import OrderRow
from formbuilder.delivery.channel import (
    ChannelRefused,
    ChannelUnavailable,
    Delivery,
    Receipt,
)
from formbuilder.delivery.retry import LONGEST, TRIES, is_last, wait_before
from formbuilder.delivery.worker import Outcome, Workshop, process_order, workshop
from tests.installed import NOW, Clock


class Killed(BaseException):
    """What a SIGKILL looks like from inside: nothing after it runs."""


class Recording:
    """A channel that remembers what it was given, and fails as it is told."""

    key: ClassVar[str] = "inbox"

    def __init__(self) -> None:
        self.delivered: list[str] = []
        self.failure: BaseException | None = None
        self.meanwhile: Callable[[], None] = lambda: None

    def deliver(self, delivery: Delivery) -> Receipt:
        self.delivered.append(delivery.id)
        self.meanwhile()
        if self.failure is not None:
            raise self.failure
        return Receipt()


def fulfil(tenant: str, order: OrderRow) -> Delivery:
    return Delivery(
        id=order.id,
        tenant=tenant,
        department=order.department or "",
        receiver=order.receiver or "",
        ref="r",
        version=order.version,
        created_at=order.created_at,
        payload=b"{}",
    )


@pytest.fixture
def channel() -> Recording:
    return Recording()


@pytest.fixture
def archived() -> list[str]:
    return []


@pytest.fixture
def make_shop(
    database: Database, clock: Clock, channel: Recording, archived: list[str]
) -> Callable[[str], Workshop]:
    def make(name: str) -> Workshop:
        return workshop(
            name=name,
            database=database,
            channels={"inbox": channel},
            fulfil=fulfil,
            archive=lambda _tenant, order: archived.append(order.id),
            clock=clock,
            fraction=lambda: 1.0,
        )

    return make


@pytest.fixture
def shop(make_shop: Callable[[str], Workshop]) -> Workshop:
    return make_shop("one")


def found(database: Database, order_id: str = "o1") -> OrderRow:
    with database.read("ekvalla") as tc:
        order = orders.get(tc, order_id)
    assert order is not None
    return order


def test_a_delivered_order_is_done_in_the_ledger_and_audited(
    shop: Workshop, database: Database, place: Callable[..., OrderRow]
) -> None:
    place()

    assert process_order(shop, "ekvalla", "o1") is Outcome.DONE

    with database.read("ekvalla") as tc:
        [event] = audit.of_object(tc, "o1")
    assert found(database).done_at == NOW
    assert event.event == Event.DELIVERED


def test_a_done_order_is_not_done_again(
    shop: Workshop, channel: Recording, place: Callable[..., OrderRow]
) -> None:
    place()
    outcomes = [process_order(shop, "ekvalla", "o1") for _ in range(2)]

    assert outcomes == [Outcome.DONE, Outcome.NOT_OURS]
    assert channel.delivered == ["o1"]


def test_an_archive_order_goes_to_the_archive(
    shop: Workshop, archived: list[str], place: Callable[..., OrderRow]
) -> None:
    place(kind=orders.ARCHIVE, channel=None)

    assert process_order(shop, "ekvalla", "o1") is Outcome.DONE
    assert archived == ["o1"]


def test_a_receiver_that_is_down_is_tried_again_later(
    shop: Workshop,
    database: Database,
    channel: Recording,
    clock: Clock,
    place: Callable[..., OrderRow],
) -> None:
    place()
    channel.failure = ChannelUnavailable("webhook_http_503", "It is down.")

    first = process_order(shop, "ekvalla", "o1")
    too_early = process_order(shop, "ekvalla", "o1")
    clock.pass_(seconds=5)
    channel.failure = None
    second = process_order(shop, "ekvalla", "o1")

    assert (first, too_early, second) == (
        Outcome.PUT_OFF,
        Outcome.NOT_OURS,
        Outcome.DONE,
    )
    assert found(database).error_code is None


def test_what_cannot_succeed_fails_with_a_code(
    shop: Workshop,
    database: Database,
    channel: Recording,
    place: Callable[..., OrderRow],
) -> None:
    place()
    channel.failure = ChannelRefused("webhook_http_410", "It is gone.")

    assert process_order(shop, "ekvalla", "o1") is Outcome.FAILED
    assert found(database).error_code == "webhook_http_410"
    assert found(database).state == "failed"


def test_a_channel_nobody_enabled_fails_with_a_code(
    shop: Workshop, database: Database, place: Callable[..., OrderRow]
) -> None:
    place(channel="pigeon")

    assert process_order(shop, "ekvalla", "o1") is Outcome.FAILED
    assert found(database).error_code == "no_such_channel"


def test_a_fault_of_ours_puts_off_and_tells_no_answer(
    shop: Workshop,
    database: Database,
    channel: Recording,
    place: Callable[..., OrderRow],
    capsys: pytest.CaptureFixture[str],
) -> None:
    place()
    channel.failure = KeyError("nötallergi")

    assert process_order(shop, "ekvalla", "o1") is Outcome.PUT_OFF
    assert found(database).error_code == "unexpected"
    assert "nötallergi" not in "".join(capsys.readouterr())


def test_after_the_last_try_somebody_must_look(
    shop: Workshop,
    database: Database,
    channel: Recording,
    place: Callable[..., OrderRow],
) -> None:
    place(attempts=TRIES - 1)
    channel.failure = ChannelUnavailable("folder_unwritable", "No share.")

    assert process_order(shop, "ekvalla", "o1") is Outcome.FAILED
    assert found(database).error_code == "folder_unwritable"


def test_a_killed_workers_order_is_done_by_another(
    make_shop: Callable[[str], Workshop],
    database: Database,
    channel: Recording,
    clock: Clock,
    place: Callable[..., OrderRow],
) -> None:
    place()
    channel.failure = Killed()
    with pytest.raises(Killed):
        process_order(make_shop("victim"), "ekvalla", "o1")
    assert found(database).leased_by == "victim", "it was busy"

    channel.failure = None
    at_once = process_order(make_shop("other"), "ekvalla", "o1")
    clock.pass_(seconds=31)
    later = process_order(make_shop("other"), "ekvalla", "o1")

    assert (at_once, later) == (Outcome.NOT_OURS, Outcome.DONE)
    assert channel.delivered == ["o1", "o1"], "the channel makes the second harmless"


def test_a_slow_worker_that_beats_keeps_its_order(
    shop: Workshop,
    make_shop: Callable[[str], Workshop],
    channel: Recording,
    clock: Clock,
    place: Callable[..., OrderRow],
) -> None:
    place()
    others: list[Outcome] = []

    def a_minute() -> None:
        for _ in range(6):
            clock.pass_(seconds=10)
            shop.heartbeat.beat()
        others.append(process_order(make_shop("other"), "ekvalla", "o1"))

    channel.meanwhile = a_minute

    assert process_order(shop, "ekvalla", "o1") is Outcome.DONE
    assert others == [Outcome.NOT_OURS]


def test_a_stalled_worker_does_not_settle_what_another_took(
    shop: Workshop,
    make_shop: Callable[[str], Workshop],
    channel: Recording,
    clock: Clock,
    place: Callable[..., OrderRow],
) -> None:
    place()
    others: list[Outcome] = []

    def stall() -> None:
        clock.pass_(seconds=31)
        channel.meanwhile = lambda: None
        others.append(process_order(make_shop("other"), "ekvalla", "o1"))

    channel.meanwhile = stall

    assert process_order(shop, "ekvalla", "o1") is Outcome.NOT_OURS
    assert others == [Outcome.DONE]
    with shop.database.read("ekvalla") as tc:
        assert len(audit.of_object(tc, "o1")) == 1


@given(attempt=st.integers(1, TRIES), fraction=st.floats(0, 1))
def test_waits_grow_and_stay_within_an_hour(attempt: int, fraction: float) -> None:
    wait = wait_before(attempt, fraction=fraction)

    assert timedelta(seconds=2.5) <= wait <= LONGEST
    assert wait <= wait_before(attempt + 1, fraction=1.0)


def test_the_last_try_comes_after_some_days() -> None:
    waits = [wait_before(attempt, fraction=0.5) for attempt in range(1, TRIES)]

    assert sum(waits, timedelta()) > timedelta(days=2)
    assert is_last(TRIES)
