"""Posts that met an expired session: kept sealed for their person for half an hour."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import parked_posts

KEPT: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedPost:
    """What somebody sent just after their session ended."""

    id: str
    person_key: str
    content_sealed: bytes = field(repr=False)
    created_at: datetime


def park(tc: TenantConnection, post: ParkedPost) -> None:
    """Keep a post until its person logs in again."""
    tc.insert(
        parked_posts,
        id=post.id,
        person_key=post.person_key,
        content_sealed=post.content_sealed,
        created_at=post.created_at,
        expires_at=post.created_at + KEPT,
    )


def waiting(
    tc: TenantConnection, person_key: str, *, now: datetime
) -> tuple[ParkedPost, ...]:
    """Return the person's posts that still count, oldest first."""
    statement = tc.select(
        parked_posts,
        parked_posts.c.person_key == person_key,
        parked_posts.c.expires_at > now,
    ).order_by(parked_posts.c.created_at, parked_posts.c.id)
    return tuple(
        ParkedPost(
            id=row.id,
            person_key=row.person_key,
            content_sealed=row.content_sealed,
            created_at=row.created_at,
        )
        for row in tc.rows(statement)
    )


def delete(tc: TenantConnection, ids: Collection[str]) -> int:
    """Forget these posts."""
    return tc.delete(parked_posts, parked_posts.c.id.in_(ids))


def expired(tc: TenantConnection, *, now: datetime) -> tuple[str, ...]:
    """Return the ids of what nobody came back for."""
    statement = tc.select(parked_posts, parked_posts.c.expires_at <= now)
    return tuple(row.id for row in tc.rows(statement))


def delete_expired(tc: TenantConnection, *, now: datetime) -> int:
    """Destroy what nobody came back for."""
    return tc.delete(parked_posts, parked_posts.c.expires_at <= now)
