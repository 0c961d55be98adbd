"""Orders at an eID as this installation keeps them: sealed, and each one browser's own."""

import hmac
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from formbuilder.audit import Event
from formbuilder.database import audit as audit_log
from formbuilder.database import eid_orders, used_orders
from formbuilder.database.connection import TenantConnection
from formbuilder.database.eid_orders import EidOrderRow
from formbuilder.identity.provider import IdentityProvider, StartedOrder
from formbuilder.services.eid_binding import has_nonce
from formbuilder.services.tools import Tools
from schemas.errors import Refused


class EidStore:
    """Finds, seals and opens orders."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def insert(
        self,
        tenant: str,
        order_id: str,
        started: StartedOrder,
        flow: str,
        *,
        context: Mapping[str, Any],
        person_key: str | None,
    ) -> None:
        """Keep an order that was just started."""
        row = EidOrderRow(
            id=order_id,
            provider=started.provider,
            purpose=started.purpose,
            flow_hash=_hash(flow),
            person_key=person_key,
            order_sealed=self.seal(tenant, order_id, "order", started.to_json()),
            context_sealed=self.seal(tenant, order_id, "context", json.dumps(context)),
            created_at=self._tools.clock(),
        )
        self._tools.database.write(tenant, lambda tc: eid_orders.insert(tc, row))

    def found(self, tenant: str, order_id: str, flow: str) -> EidOrderRow:
        """Return the browser's own order, used or not.

        Raises:
            Refused: it is another browser's or made up; audited.
        """
        with self._tools.database.read(tenant) as tc:
            row = eid_orders.get(tc, order_id)
        if row is None or not hmac.compare_digest(row.flow_hash, _hash(flow)):
            reason = "unknown_order" if row is None else "other_browser"
            self.note(tenant, Event.REFUSED, order_id, reason)
            raise Refused("foreign_order")
        return row

    def led_back(self, tenant: str, flow: str, nonce: str) -> str | None:
        """Note that the app led back to the browser whose order has this nonce."""
        with self._tools.database.read(tenant) as tc:
            rows = eid_orders.of_browser(tc, _hash(flow))
        for row in rows:
            context = self.context(tenant, row)
            if has_nonce(context, nonce):
                self._returned(tenant, row.id, context)
                return row.id
        return None

    def _returned(self, tenant: str, order_id: str, context: dict[str, Any]) -> None:
        kept = context | {"is_returned": True}
        self._tools.database.write(
            tenant, lambda tc: self.keep_context(tc, order_id, kept)
        )

    def again(self, tenant: str, row: EidOrderRow) -> EidOrderRow:
        """Return the order as it is now."""
        with self._tools.database.read(tenant) as tc:
            return eid_orders.get(tc, row.id) or row

    def provider(self, key: str) -> IdentityProvider:
        """Return the provider of that name.

        Raises:
            Refused: the installation has none such.
        """
        found = self._tools.providers.get(key)
        if found is None:
            raise Refused("unknown_provider")
        return found

    def started(self, tenant: str, row: EidOrderRow) -> StartedOrder:
        """Return what the provider knows the order by."""
        text = self.open(tenant, row.id, "order", row.order_sealed)
        return StartedOrder.from_json(text)

    def context(self, tenant: str, row: EidOrderRow) -> dict[str, Any]:
        """Return what an order was started with, or what is left of it."""
        context: dict[str, Any] = json.loads(
            self.open(tenant, row.id, "context", row.context_sealed)
        )
        return context

    def keep_context(
        self, tc: TenantConnection, order_id: str, context: Mapping[str, Any]
    ) -> None:
        """Replace what an order was started with."""
        sealed = self.seal(tc.tenant, order_id, "context", json.dumps(context))
        used_orders.reduce_to(tc, order_id, context_sealed=sealed)

    def note(self, tenant: str, event: Event, order_id: str, reason: str) -> None:
        """Write an event about an order."""
        longest = 64
        self._tools.database.write(
            tenant,
            lambda tc: audit_log.record(
                tc,
                event=event,
                at=self._tools.clock(),
                object_id=order_id[:longest],
                detail={"reason": reason},
            ),
        )

    def seal(self, tenant: str, order_id: str, what: str, text: str) -> bytes:
        """Seal a part of an order."""
        place = f"{order_id}/{what}"
        return self._tools.keyring.seal("eid", tenant, place, text.encode())

    def open(self, tenant: str, order_id: str, what: str, sealed: bytes) -> str:
        """Open a part of an order."""
        place = f"{order_id}/{what}"
        return self._tools.keyring.open("eid", tenant, place, sealed).decode()


def _hash(flow: str) -> str:
    return sha256(flow.encode()).hexdigest()
