"""Uploads: which sealed object belongs to which draft or case."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import drafts, uploads


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow:
    """One uploaded file; its name and key are sealed."""

    id: str
    owner_id: str
    digest_mac: str
    object_name: str
    size: int
    media_type: str
    name_sealed: bytes = field(repr=False)
    key_sealed: bytes = field(repr=False)
    created_at: datetime
    scanned_by: str = ""
    stopped_at: datetime | None = None


def insert(tc: TenantConnection, upload: UploadRow) -> None:
    """Store where an upload lies."""
    tc.insert(
        uploads,
        id=upload.id,
        owner_id=upload.owner_id,
        digest_mac=upload.digest_mac,
        object_name=upload.object_name,
        size=upload.size,
        media_type=upload.media_type,
        name_sealed=upload.name_sealed,
        key_sealed=upload.key_sealed,
        created_at=upload.created_at,
        scanned_by=upload.scanned_by,
        stopped_at=upload.stopped_at,
    )


def get(tc: TenantConnection, owner_id: str, upload_id: str) -> UploadRow | None:
    """Return an upload, if it belongs to that owner."""
    row = tc.one(uploads, uploads.c.id == upload_id, uploads.c.owner_id == owner_id)
    return _upload(row) if row else None


def of_owner(tc: TenantConnection, owner_id: str) -> tuple[UploadRow, ...]:
    """Return the uploads of a draft or case, oldest first."""
    statement = tc.select(uploads, uploads.c.owner_id == owner_id)
    rows = tc.rows(statement.order_by(uploads.c.created_at, uploads.c.id))
    return tuple(_upload(row) for row in rows)


def move(tc: TenantConnection, *, owner_id: str, to: str) -> int:
    """Give a draft's uploads to the case it was sent as."""
    return tc.update(uploads, uploads.c.owner_id == owner_id, owner_id=to)


def keep(tc: TenantConnection, upload: UploadRow, *, owner_id: str) -> bool:
    """Give an upload to its new owner, sealed as it is now; tell whether it was there."""
    kept = tc.update(
        uploads,
        uploads.c.id == upload.id,
        uploads.c.owner_id == owner_id,
        owner_id=upload.owner_id,
        name_sealed=upload.name_sealed,
        key_sealed=upload.key_sealed,
    )
    return kept == 1


def scanned(
    tc: TenantConnection, upload_id: str, *, by: str, stopped_at: datetime | None
) -> None:
    """Note which scanner has read an upload, and when it was stopped if it was."""
    tc.update(uploads, uploads.c.id == upload_id, scanned_by=by, stopped_at=stopped_at)


def unscanned(tc: TenantConnection, *, by: str) -> tuple[UploadRow, ...]:
    """Return the uploads of drafts that this scanner has not read yet."""
    is_draft = (
        select(drafts.c.id)
        .where(drafts.c.tenant == uploads.c.tenant, drafts.c.id == uploads.c.owner_id)
        .exists()
    )
    waiting = tc.select(
        uploads, uploads.c.scanned_by != by, uploads.c.stopped_at.is_(None), is_draft
    )
    return tuple(_upload(row) for row in tc.rows(waiting))


def left_behind(tc: TenantConnection) -> tuple[UploadRow, ...]:
    """Return the uploads of drafts that were sent without them."""
    is_sent = (
        select(drafts.c.id)
        .where(
            drafts.c.tenant == uploads.c.tenant,
            drafts.c.id == uploads.c.owner_id,
            drafts.c.sent_at.is_not(None),
        )
        .exists()
    )
    return tuple(_upload(row) for row in tc.rows(tc.select(uploads, is_sent)))


def delete(tc: TenantConnection, owner_id: str, upload_id: str) -> UploadRow | None:
    """Forget an upload; its object is then to be removed."""
    upload = get(tc, owner_id, upload_id)
    if upload is not None:
        tc.delete(uploads, uploads.c.id == upload_id)
    return upload


def _upload(row: Row[Any]) -> UploadRow:
    return UploadRow(
        id=row.id,
        owner_id=row.owner_id,
        digest_mac=row.digest_mac,
        object_name=row.object_name,
        size=row.size,
        media_type=row.media_type,
        name_sealed=row.name_sealed,
        key_sealed=row.key_sealed,
        created_at=row.created_at,
        scanned_by=row.scanned_by,
        stopped_at=row.stopped_at,
    )
