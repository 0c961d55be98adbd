"""Sessions: who is logged in, found by the hash of what the cookie holds."""

from datetime import datetime
from typing import NamedTuple

from formbuilder.database.connection import Lookup, TenantConnection
from formbuilder.database.keyed import Keyed
from formbuilder.database.tables import sessions


class SessionRow(NamedTuple):
    """One log-in; `kind` is guardian or staff."""

    id_hash: str
    kind: str
    person_key: str
    identity_sealed: bytes
    created_at: datetime
    seen_at: datetime
    expires_at: datetime

    def __repr__(self) -> str:
        return f"SessionRow(id_hash={self.id_hash!r}, kind={self.kind!r})"


_BY_HASH = Keyed(SessionRow, sessions, "id_hash")


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
    return tc.at(_BY_HASH, id_hash)


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
