"""Sessions: who is logged in, found by the hash of what the cookie holds."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from formbuilder.database.connection import Lookup, TenantConnection
from formbuilder.database.keyed import Keyed
from formbuilder.database.tables import sessions

_BY_HASH = Keyed(sessions, "id_hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One log-in; `kind` is guardian or staff."""

    id_hash: str
    kind: str
    person_key: str
    identity_sealed: bytes = field(repr=False)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def insert(tc: TenantConnection, session: SessionRow) -> None:
    """Store a new session."""
    tc.insert(
        sessions,
        id_hash=session.id_hash,
        kind=session.kind,
        person_key=session.person_key,
        identity_sealed=session.identity_sealed,
        created_at=session.created_at,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
    )


def get(tc: Lookup, id_hash: str, *, now: datetime) -> SessionRow | None:
    """Return the session unless it has expired."""
    found = get_expired(tc, id_hash)
    return found if found is not None and found.expires_at > now else None


def get_expired(tc: Lookup, id_hash: str) -> SessionRow | None:
    """Return the session even if it has expired, to know whose it was."""
    row = tc.at(_BY_HASH, id_hash)
    return _session(row) if row else None


def touch(
    tc: TenantConnection, id_hash: str, *, seen_at: datetime, expires_at: datetime
) -> None:
    """Note that the session is used and how long it lives from now."""
    tc.update(
        sessions,
        sessions.c.id_hash == id_hash,
        seen_at=seen_at,
        expires_at=expires_at,
    )


def delete(tc: TenantConnection, id_hash: str) -> None:
    """End the session."""
    tc.delete(sessions, sessions.c.id_hash == id_hash)


def delete_expired(tc: TenantConnection, *, before: datetime) -> int:
    """Forget the sessions that expired before then."""
    return tc.delete(sessions, sessions.c.expires_at < before)


def _session(row: Any) -> SessionRow:
    return SessionRow(
        id_hash=row.id_hash,
        kind=row.kind,
        person_key=row.person_key,
        identity_sealed=row.identity_sealed,
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
    )
