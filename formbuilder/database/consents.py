"""What guardians have said about each purpose; rows are added, never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import consents


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """One yes or no of one guardian, the word itself sealed."""

    id: str
    case_id: str
    subject_key: str
    purpose: str
    person_key: str
    value_sealed: bytes
    at: datetime
    until: datetime | None = None


def insert(tc: TenantConnection, consent: ConsentRow) -> None:
    """Store what a guardian said."""
    tc.insert(
        consents,
        id=consent.id,
        case_id=consent.case_id,
        subject_key=consent.subject_key,
        purpose=consent.purpose,
        person_key=consent.person_key,
        value_sealed=consent.value_sealed,
        at=consent.at,
        until=consent.until,
    )


def of_case(tc: TenantConnection, case_id: str) -> tuple[ConsentRow, ...]:
    """Return everything said in the case, oldest first."""
    statement = tc.select(consents, consents.c.case_id == case_id)
    rows = tc.rows(statement.order_by(consents.c.at, consents.c.id))
    return tuple(_consent(row) for row in rows)


def run_out(
    tc: TenantConnection, *, after: datetime, until: datetime
) -> tuple[str, ...]:
    """Return the cases in which some consent's time ended in this span."""
    statement = tc.select(consents, consents.c.until > after, consents.c.until <= until)
    return tuple(dict.fromkeys(row.case_id for row in tc.rows(statement)))


def _consent(row: Row[Any]) -> ConsentRow:
    return ConsentRow(
        id=row.id,
        case_id=row.case_id,
        subject_key=row.subject_key,
        purpose=row.purpose,
        person_key=row.person_key,
        value_sealed=row.value_sealed,
        at=row.at,
        until=row.until,
    )
