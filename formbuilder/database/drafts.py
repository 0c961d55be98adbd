"""Drafts: a person's own space, one live draft per form and subject."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, update

from formbuilder.database.connection import Lookup, TenantConnection
from formbuilder.database.keyed import Changing, Keyed
from formbuilder.database.tables import drafts

# Made once: it runs for every page sent, and making it costs more than running it.
_SAVING = Changing(
    update(drafts)
    .where(
        drafts.c.tenant == bindparam("of_tenant"),
        drafts.c.id == bindparam("seen_id"),
        drafts.c.updated_at == bindparam("seen_at"),
        drafts.c.content_sealed == bindparam("seen_content"),
        drafts.c.sent_at.is_(None),
    )
    .values(
        version=bindparam("version"),
        content_sealed=bindparam("content_sealed"),
        updated_at=bindparam("updated_at"),
    )
)


class DraftRow(NamedTuple):
    """A draft as it is stored; once sent its content is gone."""

    id: str
    form_id: str
    version: str
    person_key: str
    subject_key: str
    case_id: str | None
    content_sealed: bytes
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    sent_at: datetime | None = None

    def __repr__(self) -> str:
        return f"DraftRow(id={self.id!r}, form_id={self.form_id!r})"


_BY_ID = Keyed(DraftRow, drafts, "id")


def insert(tc: TenantConnection, draft: DraftRow) -> None:
    """Store a new draft."""
    tc.insert(
        drafts,
        id=draft.id,
        form_id=draft.form_id,
        version=draft.version,
        person_key=draft.person_key,
        subject_key=draft.subject_key,
        case_id=draft.case_id,
        content_sealed=draft.content_sealed,
        created_at=draft.created_at,
        updated_at=draft.updated_at,
        expires_at=draft.expires_at,
        sent_at=None,
    )


def get(tc: Lookup, draft_id: str) -> DraftRow | None:
    """Return the draft with this id."""
    return tc.at(_BY_ID, draft_id)


def live(
    tc: TenantConnection, form_id: str, person_key: str, subject_key: str
) -> DraftRow | None:
    """Return the person's unsent draft of a form about a subject."""
    row = tc.one(
        drafts,
        drafts.c.form_id == form_id,
        drafts.c.person_key == person_key,
        drafts.c.subject_key == subject_key,
        drafts.c.sent_at.is_(None),
    )
    return _draft(row) if row else None


def of_person(tc: TenantConnection, person_key: str) -> tuple[DraftRow, ...]:
    """Return the person's unsent drafts, the last touched first."""
    statement = tc.select(
        drafts, drafts.c.person_key == person_key, drafts.c.sent_at.is_(None)
    ).order_by(drafts.c.updated_at.desc())
    return tuple(_draft(row) for row in tc.rows(statement))


def save(tc: TenantConnection, after: DraftRow, *, seen: DraftRow) -> bool:
    """Store a draft's new content unless it is another than `seen`; tell whether it was.

    Its sealed bytes tell, even when the clock stood still: no two sealings are alike.
    """
    return bool(
        tc.change(
            _SAVING,
            seen_id=seen.id,
            seen_at=seen.updated_at,
            seen_content=seen.content_sealed,
            version=after.version,
            content_sealed=after.content_sealed,
            updated_at=after.updated_at,
        )
    )


def mark_sent(tc: TenantConnection, draft_id: str, case_id: str, now: datetime) -> int:
    """Set the time of sending and destroy the content: it lives in the case now."""
    return tc.update(
        drafts,
        drafts.c.id == draft_id,
        drafts.c.sent_at.is_(None),
        sent_at=now,
        case_id=case_id,
        content_sealed=b"",
    )


def delete(tc: TenantConnection, draft_id: str) -> int:
    """Destroy the draft."""
    return tc.delete(drafts, drafts.c.id == draft_id)


def expired(tc: TenantConnection, now: datetime) -> tuple[str, ...]:
    """Return the ids of unsent drafts whose time is out."""
    statement = tc.select(
        drafts, drafts.c.expires_at <= now, drafts.c.sent_at.is_(None)
    )
    return tuple(row.id for row in tc.rows(statement))


def _draft(row: Any) -> DraftRow:
    return DraftRow._make(getattr(row, name) for name in DraftRow._fields)
