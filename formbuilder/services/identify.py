"""Logging in and signing with an electronic identity, one order at a time.

- `Identify.start_login(tenant, kind, provider_key, browser, flow) -> order_id`
- `Identify.start(tenant, provider_key, request, flow, context=…)`: any order.
- `Identify.status(tenant, order_id, flow) -> OrderStatus`: asks the provider if
  nobody else is asking; the answer is stored before anyone is told.
- `Identify.returned(tenant, flow, nonce) -> order_id`: the app led back here.
- `Identify.finish_login(tenant, order_id, flow) -> (token, Session)`: used once.
- `Identify.cancel(tenant, order_id, flow)`

An order belongs to the browser that started it: `flow` is its flow cookie.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from formbuilder.audit import Event
from formbuilder.database import eid_orders
from formbuilder.database.connection import TenantConnection
from formbuilder.database.eid_orders import COMPLETE, FAILED, PENDING, EidOrderRow
from formbuilder.identity.provider import (
    Evidence,
    Identity,
    IdentityUnavailable,
    OrderRefused,
    OrderRequest,
)
from formbuilder.services.collecting import LIFETIME, Collecting
from formbuilder.services.eid_binding import (
    Browser,
    is_bound,
    order_request,
    remembered,
)
from formbuilder.services.eid_store import EidStore
from formbuilder.services.session import Session
from formbuilder.services.sessions import Sessions, replace
from formbuilder.services.tools import Tools
from schemas.errors import Refused

USED_WITHIN: Final = timedelta(minutes=5)
"""A result nobody has taken after this long is nobody's."""
NOT_BACK: Final = "returnAwaited"
"""The hint while an approved order waits for its app to lead back here."""


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
    is_here: bool = False
    to: str = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A completed order with what proves it, and when we had that."""

    row: EidOrderRow
    identity: Identity
    evidence: Evidence
    received_at: datetime
    context: Any


class Identify:
    """Starts, follows and uses orders."""

    def __init__(self, tools: Tools, sessions: Sessions) -> None:
        self._tools = tools
        self._sessions = sessions
        self._store = EidStore(tools)
        self._collecting = Collecting(tools, self._store)

    def is_offered(self, provider_key: str) -> bool:
        """Tell whether the installation has this way to log in and sign."""
        return provider_key in self._tools.providers

    def start_login(
        self, tenant: str, kind: str, provider_key: str, browser: Browser, flow: str
    ) -> str:
        """Ask somebody to log in and return the order's id."""
        name = self._tools.directories[tenant].municipality.name
        request = order_request("login", browser, visible_text=f"Logga in hos {name}.")
        context = remembered(browser) | {"kind": kind}
        return self.start(tenant, provider_key, request, flow, context=context)

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
        started = self._store.provider(provider_key).start(request)
        order_id = self._tools.new_id()
        self._store.insert(
            tenant,
            order_id,
            started,
            flow,
            context=context | {"visible_text": request.visible_text},
            person_key=person_key,
        )
        return order_id

    def status(self, tenant: str, order_id: str, flow: str) -> OrderStatus:
        """Return how the order fares now.

        Raises:
            Refused: it is another browser's, used already, or made up.
        """
        row = self._unused(tenant, order_id, flow)
        if row.status == PENDING:
            row = self._collecting.collect(tenant, row)
        context = self._store.context(tenant, row)
        is_here, is_open = bool(context.get("is_here")), row.status == PENDING
        started, now = self._store.started(tenant, row), self._tools.clock()
        provider = self._store.provider(row.provider)
        state, hint = self._fares(tenant, row, context)
        return OrderStatus(
            state=state,
            hint=hint,
            # Whoever has the code or the link can approve: each order has one of them.
            qr=provider.qr(started, now) if is_open and not is_here else None,
            launch_url=provider.launch_url(started, same_device=True)
            if is_open and is_here
            else "",
            purpose=row.purpose,
            expires_in=max(0, int((row.created_at + LIFETIME - now).total_seconds())),
            visible_text=context["visible_text"] if row.purpose == "sign" else "",
            kind=context.get("kind", ""),
            is_here=is_here,
            to=context.get("to", "/"),
        )

    def returned(self, tenant: str, flow: str, nonce: str) -> str:
        """Note that the app led back to the browser it was started from.

        Raises:
            Refused: no order of this browser's awaits that nonce; audited.
        """
        order_id = self._store.led_back(tenant, flow, nonce)
        if order_id is None:
            self._store.note(tenant, Event.REFUSED, "", "other_browser")
            raise Refused("foreign_return")
        return order_id

    def cancel(self, tenant: str, order_id: str, flow: str) -> None:
        """Give an order up."""
        row = self._unused(tenant, order_id, flow)
        if row.status == PENDING:
            # It runs out by itself; what counts is that we no longer wait for it.
            with suppress(IdentityUnavailable, OrderRefused):
                provider = self._store.provider(row.provider)
                provider.cancel(self._store.started(tenant, row))
        self._tools.database.write(
            tenant, lambda tc: eid_orders.give_up(tc, order_id, hint="cancelled")
        )

    def finish_login(
        self, tenant: str, order_id: str, flow: str, *, before: str = ""
    ) -> tuple[str, Session]:
        """Use a completed log-in and return the new session with its token.

        `before` is the token this browser had until now; its session ends.

        Raises:
            Refused: the evidence does not hold, or it was used before.
        """
        result = self.result(tenant, order_id, flow, purpose="login")
        verdict = self._store.provider(result.row.provider).verify(
            result.evidence,
            purpose="login",
            visible_text=result.context["visible_text"],
            non_visible=None,
            person=result.identity.personal_number,
            received_at=result.received_at,
        )
        if not verdict.ok:
            self._store.note(tenant, Event.LOGIN_FAILED, order_id, verdict.reason)
            raise Refused("evidence")
        return self._sessions.prepared(
            tenant,
            result.context["kind"],
            result.identity,
            lambda _, row: self._tools.database.write(
                tenant, lambda tc: self._consume_with(tc, order_id, row, before)
            ),
            before=before,
        )

    def result(self, tenant: str, order_id: str, flow: str, *, purpose: str) -> Result:
        """Return a completed order that nobody has used.

        Raises:
            Refused: it is not complete, not this browser's, or too old.
        """
        row = self._unused(tenant, order_id, flow)
        if row.status != COMPLETE or self._is_late(row):
            raise Refused("order_not_complete")
        if row.purpose != purpose:
            raise Refused("order_purpose")
        context = self._store.context(tenant, row)
        if not self._is_bound(tenant, row, context):
            self._store.note(tenant, Event.REFUSED, order_id, "other_device")
            raise Refused("other_device")
        found = self._found_result(tenant, row)
        return Result(
            row=row,
            identity=Identity(**found["identity"]),
            evidence=Evidence.from_json(found["evidence"]),
            received_at=datetime.fromisoformat(found["received_at"]),
            context=context,
        )

    def used(self, tenant: str, order_id: str, flow: str) -> EidOrderRow | None:
        """Return the browser's own order if it was used already."""
        row = self._store.found(tenant, order_id, flow)
        return row if row.consumed_at is not None else None

    def consume(
        self, tc: TenantConnection, order_id: str, *, context: dict[str, Any]
    ) -> bool:
        """Use an order within a transaction and forget what was to be signed.

        `context` is all that is kept. Tells whether it was still unused.
        """
        if not eid_orders.consume(tc, order_id, at=self._tools.clock()):
            return False
        self._store.keep_context(tc, order_id, context)
        return True

    def context(self, tenant: str, row: EidOrderRow) -> Any:
        """Return what an order was started with, or what is left of it."""
        return self._store.context(tenant, row)

    def prune(self, tenant: str) -> int:
        """Forget orders that nobody can be waiting for, and what they would sign."""
        before = self._tools.clock() - LIFETIME - USED_WITHIN
        return self._tools.database.write(
            tenant, lambda tc: eid_orders.delete_started_before(tc, before)
        )

    def _unused(self, tenant: str, order_id: str, flow: str) -> EidOrderRow:
        row = self._store.found(tenant, order_id, flow)
        if row.consumed_at is not None:
            raise Refused("order_used")
        return row

    def _fares(
        self, tenant: str, row: EidOrderRow, context: dict[str, Any]
    ) -> tuple[str, str]:
        if row.status != COMPLETE:
            return row.status, row.hint or ""
        if self._is_late(row):
            return FAILED, "expiredTransaction"
        if not self._is_bound(tenant, row, context):
            return PENDING, NOT_BACK
        return COMPLETE, ""

    def _is_late(self, row: EidOrderRow) -> bool:
        return self._tools.clock() > row.created_at + LIFETIME + USED_WITHIN

    def _found_result(self, tenant: str, row: EidOrderRow) -> dict[str, Any]:
        sealed = row.result_sealed or b""
        found: dict[str, Any] = json.loads(
            self._store.open(tenant, row.id, "result", sealed)
        )
        return found

    def _is_bound(self, tenant: str, row: EidOrderRow, context: dict[str, Any]) -> bool:
        return is_bound(context, self._found_result(tenant, row)["device_ip"])

    def _consume_with(
        self, tc: TenantConnection, order_id: str, row: Any, before: str
    ) -> None:
        if not eid_orders.consume(tc, order_id, at=self._tools.clock()):
            raise Refused("order_used")
        replace(self._tools, tc, row, before)
