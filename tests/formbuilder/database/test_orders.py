from collections.abc import Callable
from datetime import timedelta

from formbuilder.database import orders
from formbuilder.database.connection import TenantConnection
from formbuilder.database.database import Database
from formbuilder.database.orders import OrderRow
from tests.installed import Clock

TENANT = "ekvalla"
LEASE = timedelta(seconds=30)


def lease(database: Database, clock: Clock, id_: str, worker: str) -> OrderRow | None:
    return database.write(
        TENANT,
        lambda tc: orders.lease(
            tc, id_, worker=worker, now=clock(), until=clock() + LEASE
        ),
    )


def due(database: Database, clock: Clock) -> tuple[str, ...]:
    with database.read(TENANT) as tc:
        return orders.due(tc, now=clock(), limit=10)


def test_an_order_is_taken_by_one_worker(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place()

    first, second = (lease(database, clock, "o1", worker) for worker in "ab")

    assert (first is not None, second) == (True, None)
    assert due(database, clock) == ()


def test_a_dead_workers_order_is_due_again_when_its_lease_ends(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place()
    lease(database, clock, "o1", "dead")

    clock.pass_(seconds=31)
    taken = lease(database, clock, "o1", "alive")

    assert taken is not None
    assert taken.attempts == 2


def test_who_lost_the_lease_cannot_settle_the_order(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place()
    lease(database, clock, "o1", "slow")
    clock.pass_(seconds=31)
    lease(database, clock, "o1", "other")

    def late(tc: TenantConnection) -> bool:
        return orders.mark_done(tc, "o1", worker="slow", at=clock())

    assert database.write(TENANT, late) is False


def test_a_renewed_lease_holds(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place()
    lease(database, clock, "o1", "a")
    clock.pass_(seconds=20)
    until = clock() + LEASE
    database.write(TENANT, lambda tc: orders.renew(tc, "o1", worker="a", until=until))
    clock.pass_(seconds=20)

    assert lease(database, clock, "o1", "b") is None


def test_versions_of_one_stream_are_delivered_in_order(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place("o1", stream_id="s", version=1, next_at=clock() + timedelta(hours=1))
    place("o2", stream_id="s", version=2)

    assert due(database, clock) == ()


def test_a_failed_version_does_not_block_the_next(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place("o1", stream_id="s", version=1, failed_at=clock())
    place("o2", stream_id="s", version=2)

    assert due(database, clock) == ("o2",)


def test_a_failed_order_is_retried_by_hand(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place(failed_at=clock(), error_code="webhook_http_400", attempts=7)
    database.write(TENANT, lambda tc: orders.retry(tc, "o1", now=clock()))

    assert due(database, clock) == ("o1",)


def test_a_done_order_can_be_replayed_but_not_retried(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place(done_at=clock())

    assert not database.write(TENANT, lambda tc: orders.retry(tc, "o1", now=clock()))
    assert database.write(TENANT, lambda tc: orders.replay(tc, "o1", now=clock()))
    assert due(database, clock) == ("o1",)


def test_the_ledger_finds_orders_by_state(
    database: Database, clock: Clock, place: Callable[..., OrderRow]
) -> None:
    place("new")
    place("done", done_at=clock())
    place("failed", failed_at=clock())
    place("waiting", attempts=1)

    with database.read(TENANT) as tc:
        found = {
            state: [order.id for order in orders.ledger(tc, state=state)]
            for state in ("new", "waiting", "failed", "done")
        }

    assert found == {state: [state] for state in ("new", "waiting", "failed", "done")}
