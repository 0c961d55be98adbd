"""Published forms: versions that never change, and which one was current when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import form_current, form_versions
from schemas.errors import PermanentError


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion:
    """One version as it was published; `version` is the hash of its content."""

    form_id: str
    version: str
    document: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentForm:
    """From when a version was the one that new answers meet."""

    id: str
    form_id: str
    version: str
    since: datetime
    by: str


def publish(tc: TenantConnection, form: FormVersion) -> bool:
    """Store a version; say whether it is new. An old one stays as it is.

    Raises:
        PermanentError: another document has this version already.
    """
    present = get(tc, form.form_id, form.version)
    if present is None:
        tc.insert(
            form_versions,
            form_id=form.form_id,
            version=form.version,
            document=form.document,
            published_at=form.published_at,
            published_by=form.published_by,
        )
        return True
    if present.document != form.document:
        raise PermanentError(
            f"Version {form.version} of {form.form_id} is published with other "
            "content. A version never changes; publish under its own hash."
        )
    return False


def make_current(tc: TenantConnection, current: CurrentForm) -> None:
    """Let new answers meet this version from now on, whether newer or older.

    Raises:
        PermanentError: it was never published.
    """
    if get(tc, current.form_id, current.version) is None:
        raise PermanentError(
            f"Version {current.version} of {current.form_id} was never published. "
            f"Run: formbuilder versions {current.form_id}."
        )
    tc.insert(
        form_current,
        id=current.id,
        form_id=current.form_id,
        version=current.version,
        since=current.since,
        by=current.by,
    )


def get(tc: TenantConnection, form_id: str, version: str) -> FormVersion | None:
    """Return that version."""
    row = tc.one(
        form_versions,
        form_versions.c.form_id == form_id,
        form_versions.c.version == version,
    )
    return _version(row) if row else None


def current(tc: TenantConnection, form_id: str) -> FormVersion | None:
    """Return the version that new answers meet."""
    latest = history(tc, form_id)
    return get(tc, form_id, latest[-1].version) if latest else None


def all_current(tc: TenantConnection) -> tuple[CurrentForm, ...]:
    """Return what is current of every form, by form id; the documents stay unread."""
    ids = tc.rows(
        select(form_current.c.form_id)
        .where(form_current.c.tenant == tc.tenant)
        .distinct()
        .order_by(form_current.c.form_id)
    )
    return tuple(history(tc, row.form_id)[-1] for row in ids)


def versions(tc: TenantConnection, form_id: str) -> tuple[FormVersion, ...]:
    """Return every version of the form, oldest first."""
    statement = tc.select(form_versions, form_versions.c.form_id == form_id)
    ordered = statement.order_by(form_versions.c.published_at, form_versions.c.version)
    return tuple(_version(row) for row in tc.rows(ordered))


def history(tc: TenantConnection, form_id: str) -> tuple[CurrentForm, ...]:
    """Return what was current since when, oldest first."""
    statement = tc.select(form_current, form_current.c.form_id == form_id)
    rows = tc.rows(statement.order_by(form_current.c.since, form_current.c.id))
    return tuple(
        CurrentForm(
            id=row.id,
            form_id=row.form_id,
            version=row.version,
            since=row.since,
            by=row.by,
        )
        for row in rows
    )


def _version(row: Row[Any]) -> FormVersion:
    return FormVersion(
        form_id=row.form_id,
        version=row.version,
        document=row.document,
        published_at=row.published_at,
        published_by=row.published_by,
    )
