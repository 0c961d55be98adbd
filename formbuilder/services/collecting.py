"""Asking an eID how an order fares: one asker at a time, and the answer stored first.

A process killed between the provider's answer and our commit leaves the order
pending, and it is asked for again when the lease runs out.
"""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Final

from formbuilder.database import eid_orders
from formbuilder.database.eid_orders import COMPLETE, FAILED, EidOrderRow
from formbuilder.identity.provider import (
    Complete,
    Failed,
    IdentityUnavailable,
    OrderRefused,
    Outcome,
)
from formbuilder.services.eid_store import EidStore
from formbuilder.services.tools import Tools

LEASE: Final = timedelta(seconds=15)
EVERY: Final = timedelta(seconds=2)
LIFETIME: Final = timedelta(minutes=10)


class Collecting:
    """Collects pending orders."""

    def __init__(self, tools: Tools, store: EidStore) -> None:
        self._tools = tools
        self._store = store

    def collect(self, tenant: str, row: EidOrderRow) -> EidOrderRow:
        """Ask the provider, if nobody else is asking, and store what it says."""
        now = self._tools.clock()
        if now > row.created_at + LIFETIME:
            return self._ended(tenant, row, FAILED, "expiredTransaction")
        is_ours = self._tools.database.write(
            tenant,
            lambda tc: eid_orders.claim(
                tc, row.id, now=now, not_after=now - EVERY, lease_until=now + LEASE
            ),
        )
        if not is_ours:
            return row
        provider = self._store.provider(row.provider)
        try:
            outcome = provider.collect(self._store.started(tenant, row))
        except IdentityUnavailable:
            self._still_pending(tenant, row.id, row.hint)
            return row
        except OrderRefused as refusal:
            return self._ended(tenant, row, FAILED, refusal.code)
        return self._told(tenant, row, outcome)

    def _told(self, tenant: str, row: EidOrderRow, outcome: Outcome) -> EidOrderRow:
        if isinstance(outcome, Complete):
            found = {
                "identity": asdict(outcome.identity),
                "evidence": outcome.evidence.to_json(),
                "device_ip": outcome.device_ip,
                # What the evidence is checked against, however late it is used.
                "received_at": self._tools.clock().isoformat(),
            }
            sealed = self._store.seal(tenant, row.id, "result", json.dumps(found))
            return self._ended(tenant, row, COMPLETE, "", sealed)
        if isinstance(outcome, Failed):
            return self._ended(tenant, row, FAILED, outcome.hint)
        self._still_pending(tenant, row.id, outcome.hint)
        return self._store.again(tenant, row)

    def _ended(
        self,
        tenant: str,
        row: EidOrderRow,
        status: str,
        hint: str,
        sealed: bytes | None = None,
    ) -> EidOrderRow:
        self._tools.database.write(
            tenant,
            lambda tc: eid_orders.finish(
                tc, row.id, status=status, hint=hint, result_sealed=sealed
            ),
        )
        return self._store.again(tenant, row)

    def _still_pending(self, tenant: str, order_id: str, hint: str | None) -> None:
        self._tools.database.write(
            tenant, lambda tc: eid_orders.note_pending(tc, order_id, hint=hint)
        )
