"""Cases: one form about one subject, from its first signature on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import cases, consents, unit_signatures, units


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case as it is stored; `header_sealed` is what all its sections share."""

    id: str
    form_id: str
    version: str
    subject_key: str
    opened_by: str
    header_sealed: bytes
    reference: str | None
    created_at: datetime
    closed_at: datetime | None = None


def insert(tc: TenantConnection, case: CaseRow) -> None:
    """Store a new case."""
    tc.insert(
        cases,
        id=case.id,
        form_id=case.form_id,
        version=case.version,
        subject_key=case.subject_key,
        opened_by=case.opened_by,
        header_sealed=case.header_sealed,
        reference=case.reference,
        created_at=case.created_at,
        closed_at=case.closed_at,
    )


def get(tc: TenantConnection, case_id: str) -> CaseRow | None:
    """Return the case with this id."""
    row = tc.one(cases, cases.c.id == case_id)
    return _case(row) if row else None


def open_about(tc: TenantConnection, form_id: str, subject_key: str) -> CaseRow | None:
    """Return the open case of a form about a subject, the newest if there are more."""
    statement = (
        tc.select(
            cases,
            cases.c.form_id == form_id,
            cases.c.subject_key == subject_key,
            cases.c.closed_at.is_(None),
        )
        .order_by(cases.c.created_at.desc())
        .limit(1)
    )
    found = tc.rows(statement)
    return _case(found[0]) if found else None


def about(tc: TenantConnection, subject_keys: tuple[str, ...]) -> tuple[CaseRow, ...]:
    """Return every case about these subjects, newest first."""
    statement = tc.select(cases, cases.c.subject_key.in_(subject_keys))
    rows = tc.rows(statement.order_by(cases.c.created_at.desc()))
    return tuple(_case(row) for row in rows)


def opened_by(tc: TenantConnection, person_key: str) -> tuple[CaseRow, ...]:
    """Return every case this person opened, newest first."""
    statement = tc.select(cases, cases.c.opened_by == person_key)
    rows = tc.rows(statement.order_by(cases.c.created_at.desc()))
    return tuple(_case(row) for row in rows)


def touch(
    tc: TenantConnection, case_id: str, *, version: str, header_sealed: bytes
) -> int:
    """Set what the newest signature says of form and header; holds the case's row."""
    return tc.update(
        cases, cases.c.id == case_id, version=version, header_sealed=header_sealed
    )


def close(tc: TenantConnection, case_id: str, *, at: datetime) -> None:
    """Set when the last of the case was closed: what comes next is another case."""
    tc.update(cases, cases.c.id == case_id, closed_at=at)


def reopen(tc: TenantConnection, case_id: str) -> None:
    """Let the case go on: something new has come in."""
    tc.update(cases, cases.c.id == case_id, closed_at=None)


def hold(tc: TenantConnection, case_id: str) -> None:
    """Take the case's row until the transaction ends, so that nobody else decides."""
    tc.update(cases, cases.c.id == case_id, closed_at=cases.c.closed_at)


def state_token(tc: TenantConnection, case_id: str) -> str:
    """Return a text that changes with every signature, version and consent.

    Rows are only ever added, or given a time once, so counting them is enough.
    """
    of_units = select(
        func.count(units.c.id),
        func.count(units.c.accepted_at),
        func.count(units.c.declined_at),
        func.count(units.c.replaced_at),
    ).where(units.c.tenant == tc.tenant, units.c.case_id == case_id)
    of_signatures = (
        select(func.count())
        .select_from(unit_signatures)
        .join(
            units,
            (units.c.tenant == unit_signatures.c.tenant)
            & (units.c.id == unit_signatures.c.unit_id),
        )
        .where(units.c.tenant == tc.tenant, units.c.case_id == case_id)
    )
    of_consents = select(func.count(consents.c.id)).where(
        consents.c.tenant == tc.tenant, consents.c.case_id == case_id
    )
    counts = [
        *tc.execute(of_units).one(),
        tc.execute(of_signatures).scalar_one(),
        tc.execute(of_consents).scalar_one(),
    ]
    return ".".join(str(count) for count in counts)


def _case(row: Row[Any]) -> CaseRow:
    return CaseRow(
        id=row.id,
        form_id=row.form_id,
        version=row.version,
        subject_key=row.subject_key,
        opened_by=row.opened_by,
        header_sealed=row.header_sealed,
        reference=row.reference,
        created_at=row.created_at,
        closed_at=row.closed_at,
    )
