"""Until when a record must be kept, counted anew when what it counts from happens.

A record is made once and never changed; the day it may go stands beside it.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from archive.record import About
from archive.retention import RecordDates, dispose_after
from formbuilder.database import records
from formbuilder.database.connection import TenantConnection
from formbuilder.database.records import RecordRow
from schemas.acceptance import CaseState, Version
from schemas.consent import Choice, ends
from schemas.definition import Json, Retention
from schemas.local_time import LOCAL
from schemas.units import Unit

CLOSED: Final = "case_closed"
"""What retention counts from that the controller's own staff bring about."""
MOVING: Final = frozenset({"replaced", "consent_end"})
"""What retention counts from that a later signature brings about."""


def last_day(
    retention: Retention,
    *,
    arrived_at: datetime,
    replaced_at: datetime | None = None,
    closed_at: datetime | None = None,
    consent_ends: datetime | None = None,
    about: About | None = None,
) -> date | None:
    """Return the last day a record must be kept, as far as it is known now.

    The school year is the one the answers were given for. One that had ended before
    they arrived is a setting nobody renewed, and cannot be meant.
    """
    arrival = day(arrived_at)
    year_end = about.school_year_end if about else None
    dates = RecordDates(
        arrival=arrival,
        school_year_end=year_end if year_end and year_end >= arrival else None,
        consent_end=_last_day_of(consent_ends),
        replaced=day(replaced_at) if replaced_at else None,
        case_closed=day(closed_at) if closed_at else None,
    )
    return dispose_after(retention, dates)


def consent_ends(unit: Unit, owner: str, choices: Iterable[Choice]) -> datetime | None:
    """Return when what a unit consents to has ended, None while any of it is open."""
    said = tuple(choices)
    people = (owner,) if owner else tuple(dict.fromkeys(c.person for c in said))
    return ends(said, frozenset(unit.consents.values()), people)


def renew(tc: TenantConnection, case_id: str, state: CaseState) -> None:
    """Set anew when records of a case may go, after an act that may have moved it."""
    versions = {version.id: version for version in state.versions}
    for row in records.of_case(tc, case_id):
        version = versions.get(row.unit_id)
        if version is None or row.retention["from"] not in MOVING:
            continue
        after = midnight(_counted(row, version, state))
        if after != row.dispose_after:
            records.set_dispose_after(tc, row.id, after=after)


def count_from(tc: TenantConnection, row: RecordRow, happened: str, on: date) -> bool:
    """Set when a record may go if its rule counts from this; say whether it does."""
    rule = read_retention(row.retention)
    if rule.preserve or rule.from_ != happened:
        return False
    events = {happened.removeprefix("event:"): on}
    dates = RecordDates(arrival=on, case_closed=on, events=events)
    records.set_dispose_after(tc, row.id, after=midnight(dispose_after(rule, dates)))
    return True


def read_retention(found: Json) -> Retention:
    """Read a rule as it stands beside its record."""
    return Retention(
        keep=found["keep"],
        from_=found["from"],
        decision=found["decision"],
        preserve=found["preserve"],
        event=found["event"],
    )


def write_retention(rule: Retention) -> Mapping[str, Json]:
    """Write a rule as `read_retention` reads it."""
    return {
        "keep": rule.keep,
        "from": rule.from_,
        "decision": rule.decision,
        "preserve": rule.preserve,
        "event": rule.event,
    }


def day(moment: datetime) -> date:
    """Return the day it is in Sweden."""
    return moment.astimezone(LOCAL).date()


def begins(on: date) -> datetime:
    """Return the moment a day begins in Sweden."""
    return datetime.combine(on, time(), LOCAL).astimezone(UTC)


def midnight(after: date | None) -> datetime | None:
    """Return the moment a day begins, if it is known."""
    return begins(after) if after else None


def _counted(row: RecordRow, version: Version, state: CaseState) -> date | None:
    unit = state.units[version.key]
    return last_day(
        read_retention(row.retention),
        arrived_at=version.accepted_at or version.created_at,
        replaced_at=version.replaced_at,
        consent_ends=consent_ends(unit, version.owner, state.choices),
    )


def _last_day_of(end: datetime | None) -> date | None:
    """Return the last day something held that ended at this moment."""
    return day(end - timedelta(microseconds=1)) if end else None
