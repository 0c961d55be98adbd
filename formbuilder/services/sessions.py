"""Who is logged in: sessions of guardians, staff and people nobody needs to know.

- `Sessions.create(tenant, kind, identity=None) -> (token, Session)`: the token is
  for the cookie; only its hash is stored.
- `Sessions.resolve(tenant, token) -> Session | None`
- `Sessions.expired(tenant, token) -> Session | None`: one that ended just now.
- `Sessions.end(tenant, token)`
"""

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from formbuilder.audit import Event
from formbuilder.database import audit as audit_log
from formbuilder.database import sessions
from formbuilder.database.connection import TenantConnection
from formbuilder.database.sessions import SessionRow
from formbuilder.identity.provider import Identity
from formbuilder.services.opened import Opened
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools

IDLE: Final = timedelta(minutes=60)
LONGEST: Final = timedelta(hours=12)
"""Ten times IDLE and more: a log-in can be prolonged that often (WCAG 2.2.1)."""
TOUCHED_EVERY: Final = timedelta(minutes=1)
KEPT_OPEN: Final = 1024
"""How many sessions one process keeps open for their next request."""
FORGOTTEN_AFTER: Final = timedelta(hours=1)
"""How long an expired session is known, so that a late post can be parked."""


Store = Callable[[str, SessionRow], None]
"""Keeps a new session's row for a tenant."""

Forget = Callable[[str, str], None]
"""Lets go of what is kept open for a tenant's person."""


class Sessions:
    """Makes, finds and ends sessions."""

    def __init__(self, tools: Tools, forget: Forget) -> None:
        self._tools = tools
        self._forget = forget
        self._opened: Opened[Session] = Opened(tools.clock, KEPT_OPEN)

    def create(
        self, tenant: str, kind: str, identity: Identity | None = None
    ) -> tuple[str, Session]:
        """Begin a session and return the cookie's token with it."""
        return self.prepared(tenant, kind, identity, self._store)

    def prepared(
        self,
        tenant: str,
        kind: str,
        identity: Identity | None,
        store: Store,
        *,
        before: str = "",
    ) -> tuple[str, Session]:
        """Make a session and hand its row to `store`, which may be a transaction.

        The token is always new. Somebody who logs in again where they just were
        (`before` is the token of then) keeps what their open pages' addresses mean.
        """
        token = base64.urlsafe_b64encode(self._tools.token_bytes(32)).decode()
        now, person_key = self._tools.clock(), self._person_key(tenant, identity)
        last = self.lately(tenant, before)
        is_same = last is not None and (last.kind, last.person_key) == (
            kind,
            person_key,
        )
        secret = last.secret if last and is_same else self._tools.token_bytes(32)
        row = SessionRow(
            id_hash=_hash(token),
            kind=kind,
            person_key=person_key,
            identity_sealed=self._sealed(
                tenant, token, identity, secret=secret, last_at=now + LONGEST
            ),
            created_at=now,
            seen_at=now,
            expires_at=now + IDLE,
        )
        store(tenant, row)
        return token, self._session(tenant, row)

    def resolve(self, tenant: str, token: str) -> Session | None:
        """Return the session of a token, living on from now."""
        now = self._tools.clock()
        row = sessions.get(self._tools.database.lookup(tenant), _hash(token), now=now)
        if row is None:
            return None
        session = self._opened.get(
            (tenant, row.id_hash),
            row,
            row.person_key,
            lambda: self._session(tenant, row),
        )
        if session.last_at <= now:
            self.end(tenant, token)
            return None
        if now - row.seen_at >= TOUCHED_EVERY:
            until = min(now + IDLE, session.last_at)
            self._tools.database.write(
                tenant,
                lambda tc: sessions.touch(
                    tc, row.id_hash, seen_at=now, expires_at=until
                ),
            )
        return session

    def expired(self, tenant: str, token: str) -> Session | None:
        """Return the session a token had, if it ended a short while ago."""
        now = self._tools.clock()
        row = sessions.get_expired(self._tools.database.lookup(tenant), _hash(token))
        if row is None or not row.expires_at <= now < row.expires_at + FORGOTTEN_AFTER:
            return None
        return self._session(tenant, row)

    def revive(self, tenant: str, token: str) -> Session | None:
        """Return an unknown person's session that ended just now, alive again.

        They have no other way back to what they wrote.
        """
        late = self.expired(tenant, token)
        if late is None or late.is_known:
            return None
        until = self._tools.clock() + IDLE
        self._tools.database.write(
            tenant,
            lambda tc: sessions.touch(
                tc, late.id_hash, seen_at=until - IDLE, expires_at=until
            ),
        )
        return late

    def lately(self, tenant: str, token: str) -> Session | None:
        """Return the session of a token, also if it ended a short while ago."""
        if not token:
            return None
        found = self._tools.database.lookup(tenant)
        row = sessions.get(found, _hash(token), now=self._tools.clock())
        return self._session(tenant, row) if row else self.expired(tenant, token)

    def end(self, tenant: str, token: str) -> None:
        """End the session of a token; audited."""

        def work(tc: TenantConnection) -> str:
            row = sessions.get_expired(tc, _hash(token))
            if row is None:
                return ""
            sessions.delete(tc, row.id_hash)
            if row.kind != "anonymous":
                _audit(self._tools, tc, Event.LOGGED_OUT, row)
            return row.person_key

        person_key = self._tools.database.write(tenant, work)
        self._opened.forget(tenant, person_key)
        self._forget(tenant, person_key)

    def refuse(self, tenant: str, session: Session | None, reason: str) -> None:
        """Write down what somebody asked for that is not theirs."""
        self._tools.database.write(
            tenant,
            lambda tc: audit_log.record(
                tc,
                event=Event.REFUSED,
                at=self._tools.clock(),
                actor_key=session.person_key if session else None,
                detail={"reason": reason},
            ),
        )

    def prune(self, tenant: str) -> int:
        """Forget sessions that ended long ago."""
        self._opened.tidy()
        before = self._tools.clock() - FORGOTTEN_AFTER
        return self._tools.database.write(
            tenant, lambda tc: sessions.delete_expired(tc, before=before)
        )

    def _store(self, tenant: str, row: SessionRow) -> None:
        def work(tc: TenantConnection) -> None:
            insert(self._tools, tc, row)

        self._tools.database.write(tenant, work)

    def _person_key(self, tenant: str, identity: Identity | None) -> str:
        if identity is None:
            return "anonymous-" + self._tools.token_bytes(16).hex()
        return self._tools.person_key(tenant, identity.personal_number)

    def _sealed(
        self,
        tenant: str,
        token: str,
        identity: Identity | None,
        *,
        secret: bytes,
        last_at: datetime,
    ) -> bytes:
        content: dict[str, Any] = {
            "secret": secret.hex(),
            "last_at": last_at.isoformat(),
        }
        if identity is not None:
            content |= {
                "personal_number": identity.personal_number,
                "given_name": identity.given_name,
                "family_name": identity.family_name,
            }
        return self._tools.keyring.seal(
            "sessions", tenant, _hash(token), json.dumps(content).encode()
        )

    def _session(self, tenant: str, row: SessionRow) -> Session:
        content = json.loads(
            self._tools.keyring.open(
                "sessions", tenant, row.id_hash, row.identity_sealed
            )
        )
        number = content.get("personal_number", "")
        return Session(
            tenant=tenant,
            kind=row.kind,
            person_key=row.person_key,
            personal_number=number,
            given_name=content.get("given_name", ""),
            family_name=content.get("family_name", ""),
            # BankID is reviewed at level 3, which is eIDAS substantial.
            assurance="substantial" if number else "none",
            secret=bytes.fromhex(content["secret"]),
            id_hash=row.id_hash,
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
            last_at=datetime.fromisoformat(content["last_at"]),
        )


def insert(tools: Tools, tc: TenantConnection, row: SessionRow) -> None:
    """Store a session and that somebody logged in."""
    sessions.insert(tc, row)
    if row.kind != "anonymous":
        _audit(tools, tc, Event.LOGGED_IN, row)


def replace(tools: Tools, tc: TenantConnection, row: SessionRow, before: str) -> None:
    """Store a session instead of the one its browser had."""
    if before:
        sessions.delete(tc, _hash(before))
    insert(tools, tc, row)


def _audit(tools: Tools, tc: TenantConnection, event: Event, row: SessionRow) -> None:
    audit_log.record(
        tc,
        event=event,
        at=tools.clock(),
        actor_key=row.person_key,
        detail={"kind": row.kind},
    )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
