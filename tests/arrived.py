"""Whether all that was acknowledged has arrived, and nothing of it twice."""

from collections import Counter

from formbuilder.app import open_installation
from formbuilder.database import inbox, orders, records, tables
from formbuilder.demo.outcome import outcome
from formbuilder.demo.town import TENANT, Town


def assert_all_there_once(
    place: Town, *, cases: int, channels: tuple[str, ...]
) -> None:
    """Compare what was accepted and ordered with what arrived and was archived."""
    installation = open_installation(place.settings)
    try:
        with installation.database.read(TENANT) as tc:
            done = orders.ledger(tc, limit=10_000)
            kept = records.everything(tc)
            accepted = tc.rows(
                tc.select(tables.units, tables.units.c.accepted_at.is_not(None))
            )
            found = [
                row
                for key in installation.tools.directories[TENANT].departments
                for row in inbox.of_department(tc, key)
            ]
    finally:
        installation.close()
    assert {order.state for order in done} == {"done"}
    sent = Counter(order.channel for order in done if order.kind == orders.DELIVERY)
    assert set(channels) == sent.keys()
    # Every version of every view once, in its inbox.
    assert sent["inbox"] == len(found) == len({row.order_id for row in found})
    folders = [p for p in (place.settings.home / "delivered").glob("*/*") if p.is_dir()]
    assert sent["folder"] == len(folders)
    # The receiver took each id in once, however often it was called.
    assert sent["webhook"] == len(place.webhooks.received)
    # One record for every accepted version, and each of them verifies.
    assert Counter(unit.id for unit in accepted) == Counter(r.unit_id for r in kept)
    assert not [r for r in outcome(place).archived if r.findings]
    assert len({unit.case_id for unit in accepted}) == cases
