"""Logging in and signing with an electronic identity, one order at a time.

- `Identify.start_login(tenant, kind, provider_key, browser, flow) -> order_id`
- `Identify.start(tenant, provider_key, request, flow, person_key, context)`: any order.
- `Identify.status(tenant, order_id, flow) -> OrderStatus`: asks the provider if
  nobody else is asking; the answer is stored before anyone is told.
- `Identify.finish_login(tenant, order_id, flow) -> (token, Session)`: used once.
- `Identify.cancel(tenant, order_id, flow)`

An order belongs to the browser that started it: `flow` is its flow cookie. A
process killed between the provider's answer and our commit leaves the order
pending, and it is asked for again when the lease runs out.
"""

import hmac
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from formbuilder.audit import Event
from formbuilder.database import audit as audit_log
from formbuilder.database import eid_orders, used_orders
from formbuilder.database.connection import TenantConnection
from formbuilder.database.eid_orders import COMPLETE, FAILED, PENDING, EidOrderRow
from formbuilder.identity.provider import (
    Complete,
    Evidence,
    Failed,
    Identity,
    IdentityProvider,
    IdentityUnavailable,
    OrderRefused,
    OrderRequest,
    Outcome,
    StartedOrder,
)
from formbuilder.services.sessions import Session, Sessions, insert
from formbuilder.services.tools import Tools
from schemas.errors import Refused

LEASE: Final = timedelta(seconds=15)
EVERY: Final = timedelta(seconds=2)
LIFETIME: Final = timedelta(minutes=10)
USED_WITHIN: Final = timedelta(minutes=5)
"""A result nobody has taken after this long is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """What an identity service may know of the browser."""

    ip: str
    user_agent: str = ""
    return_url: str = ""
    referring_domain: str = ""
    device_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStatus:
    """How an order fares, for the page that waits."""

    state: str
    hint: str
    qr: str | None
    launch_url: str
    purpose: str
    expires_in: int
    visible_text: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A completed order with what proves it."""

    row: EidOrderRow
    identity: Identity
    evidence: Evidence
    context: Any


class Identify:
    """Starts, follows and uses orders."""

    def __init__(self, tools: Tools, sessions: Sessions) -> None:
        self._tools = tools
        self._sessions = sessions

    def start_login(
        self, tenant: str, kind: str, provider_key: str, browser: Browser, flow: str
    ) -> str:
        """Ask somebody to log in and return the order's id."""
        name = self._tools.directories[tenant].municipality.name
        request = OrderRequest(
            purpose="login",
            end_user_ip=browser.ip,
            visible_text=f"Logga in hos {name}.",
            return_url=browser.return_url,
            user_agent=browser.user_agent,
            referring_domain=browser.referring_domain,
            device_id=browser.device_id,
        )
        return self.start(tenant, provider_key, request, flow, context={"kind": kind})

    def start(
        self,
        tenant: str,
        provider_key: str,
        request: OrderRequest,
        flow: str,
        *,
        context: dict[str, Any],
        person_key: str | None = None,
    ) -> str:
        """Start an order at the provider, store it and return its id."""
        started = self._provider(provider_key).start(request)
        order_id = self._tools.new_id()
        content = context | {"visible_text": request.visible_text}
        row = EidOrderRow(
            id=order_id,
            provider=provider_key,
            purpose=request.purpose,
            flow_hash=_hash(flow),
            person_key=person_key,
            order_sealed=self._seal(tenant, order_id, "order", started.to_json()),
            context_sealed=self._seal(tenant, order_id, "context", json.dumps(content)),
            created_at=self._tools.clock(),
        )
        self._tools.database.write(tenant, lambda tc: eid_orders.insert(tc, row))
        return order_id

    def status(self, tenant: str, order_id: str, flow: str) -> OrderStatus:
        """Return how the order fares now.

        Raises:
            Refused: it is another browser's, used already, or made up.
        """
        row = self._row(tenant, order_id, flow)
        if row.status == PENDING:
            row = self._collected(tenant, row)
        started = self._started(tenant, row)
        now = self._tools.clock()
        provider = self._provider(row.provider)
        is_open = row.status == PENDING
        context = self._context(tenant, row)
        return OrderStatus(
            state=row.status,
            hint=row.hint or "",
            qr=provider.qr(started, now) if is_open else None,
            launch_url=provider.launch_url(started, same_device=True)
            if is_open
            else "",
            purpose=row.purpose,
            expires_in=max(0, int((row.created_at + LIFETIME - now).total_seconds())),
            visible_text=context["visible_text"] if row.purpose == "sign" else "",
            kind=context.get("kind", ""),
        )

    def cancel(self, tenant: str, order_id: str, flow: str) -> None:
        """Give an order up."""
        row = self._row(tenant, order_id, flow)
        if row.status != PENDING:
            return
        # It runs out by itself; what counts is that we no longer wait for it.
        with suppress(IdentityUnavailable, OrderRefused):
            self._provider(row.provider).cancel(self._started(tenant, row))
        self._tools.database.write(
            tenant,
            lambda tc: eid_orders.finish(tc, order_id, status=FAILED, hint="cancelled"),
        )

    def finish_login(
        self, tenant: str, order_id: str, flow: str
    ) -> tuple[str, Session]:
        """Use a completed log-in and return the new session with its token.

        Raises:
            Refused: the evidence does not hold, or it was used before.
        """
        result = self.result(tenant, order_id, flow, purpose="login")
        verdict = self._provider(result.row.provider).verify(
            result.evidence,
            purpose="login",
            visible_text=result.context["visible_text"],
            non_visible=None,
            person=result.identity.personal_number,
            received_at=self._tools.clock(),
        )
        if not verdict.ok:
            self._not_logged_in(tenant, order_id, verdict.reason)
            raise Refused("evidence")
        return self._sessions.prepared(
            tenant,
            result.context["kind"],
            result.identity,
            lambda _, row: self._tools.database.write(
                tenant, lambda tc: self._consume_with(tc, order_id, row)
            ),
        )

    def result(self, tenant: str, order_id: str, flow: str, *, purpose: str) -> Result:
        """Return a completed order that nobody has used.

        Raises:
            Refused: it is not complete, not this browser's, or too old.
        """
        row = self._row(tenant, order_id, flow)
        is_late = self._tools.clock() > row.created_at + LIFETIME + USED_WITHIN
        if row.status != COMPLETE or row.result_sealed is None or is_late:
            raise Refused("order_not_complete")
        if row.purpose != purpose:
            raise Refused("order_purpose")
        found = json.loads(self._open(tenant, row.id, "result", row.result_sealed))
        return Result(
            row=row,
            identity=Identity(**found["identity"]),
            evidence=Evidence.from_json(found["evidence"]),
            context=self._context(tenant, row),
        )

    def used(self, tenant: str, order_id: str, flow: str) -> EidOrderRow | None:
        """Return the browser's own order if it was used already."""
        row = self._found(tenant, order_id, flow)
        return row if row.consumed_at is not None else None

    def consume(
        self, tc: TenantConnection, order_id: str, *, context: dict[str, Any]
    ) -> bool:
        """Use an order within a transaction and forget what was to be signed.

        `context` is all that is kept. Tells whether it was still unused.
        """
        if not eid_orders.consume(tc, order_id, at=self._tools.clock()):
            return False
        sealed = self._seal(tc.tenant, order_id, "context", json.dumps(context))
        used_orders.reduce_to(tc, order_id, context_sealed=sealed)
        return True

    def context(self, tenant: str, row: EidOrderRow) -> Any:
        """Return what an order was started with, or what is left of it."""
        return self._context(tenant, row)

    def prune(self, tenant: str) -> int:
        """Forget orders that nobody can be waiting for, and what they would sign."""
        before = self._tools.clock() - LIFETIME - USED_WITHIN
        return self._tools.database.write(
            tenant, lambda tc: eid_orders.delete_started_before(tc, before)
        )

    def _collected(self, tenant: str, row: EidOrderRow) -> EidOrderRow:
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
        try:
            outcome = self._provider(row.provider).collect(self._started(tenant, row))
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
            }
            sealed = self._seal(tenant, row.id, "result", json.dumps(found))
            return self._ended(tenant, row, COMPLETE, "", sealed)
        if isinstance(outcome, Failed):
            return self._ended(tenant, row, FAILED, outcome.hint)
        self._still_pending(tenant, row.id, outcome.hint)
        return self._again(tenant, row)

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
        return self._again(tenant, row)

    def _still_pending(self, tenant: str, order_id: str, hint: str | None) -> None:
        self._tools.database.write(
            tenant, lambda tc: eid_orders.note_pending(tc, order_id, hint=hint)
        )

    def _again(self, tenant: str, row: EidOrderRow) -> EidOrderRow:
        with self._tools.database.read(tenant) as tc:
            return eid_orders.get(tc, row.id) or row

    def _row(self, tenant: str, order_id: str, flow: str) -> EidOrderRow:
        row = self._found(tenant, order_id, flow)
        if row.consumed_at is not None:
            raise Refused("order_used")
        return row

    def _found(self, tenant: str, order_id: str, flow: str) -> EidOrderRow:
        with self._tools.database.read(tenant) as tc:
            row = eid_orders.get(tc, order_id)
        if row is None or not hmac.compare_digest(row.flow_hash, _hash(flow)):
            self._tools.database.write(
                tenant, lambda tc: self._refused(tc, order_id, row is not None)
            )
            raise Refused("foreign_order")
        return row

    def _refused(self, tc: TenantConnection, order_id: str, exists: bool) -> None:
        audit_log.record(
            tc,
            event=Event.REFUSED,
            at=self._tools.clock(),
            object_id=order_id[:64],
            detail={"reason": "other_browser" if exists else "unknown_order"},
        )

    def _not_logged_in(self, tenant: str, order_id: str, reason: str) -> None:
        self._tools.database.write(
            tenant,
            lambda tc: audit_log.record(
                tc,
                event=Event.LOGIN_FAILED,
                at=self._tools.clock(),
                object_id=order_id,
                detail={"reason": reason},
            ),
        )

    def _consume_with(self, tc: TenantConnection, order_id: str, row: Any) -> None:
        if not eid_orders.consume(tc, order_id, at=self._tools.clock()):
            raise Refused("order_used")
        insert(self._tools, tc, row)

    def _provider(self, key: str) -> IdentityProvider:
        found = self._tools.providers.get(key)
        if found is None:
            raise Refused("unknown_provider")
        return found

    def _started(self, tenant: str, row: EidOrderRow) -> StartedOrder:
        text = self._open(tenant, row.id, "order", row.order_sealed)
        return StartedOrder.from_json(text)

    def _context(self, tenant: str, row: EidOrderRow) -> Any:
        return json.loads(self._open(tenant, row.id, "context", row.context_sealed))

    def _seal(self, tenant: str, order_id: str, what: str, text: str) -> bytes:
        place = f"{order_id}/{what}"
        return self._tools.keyring.seal("eid", tenant, place, text.encode())

    def _open(self, tenant: str, order_id: str, what: str, sealed: bytes) -> str:
        place = f"{order_id}/{what}"
        return self._tools.keyring.open("eid", tenant, place, sealed).decode()


def _hash(flow: str) -> str:
    return sha256(flow.encode()).hexdigest()
