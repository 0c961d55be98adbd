"""When a record may be disposed of: a rule, the dates it counts from, a date.

The rule is the municipality's decision, written in the form's definition. This
module only counts: nothing is disposed of because of a date alone.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from schemas.definition import Retention

DURATION: Final = re.compile(
    r"P(?=[0-9])(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?"
    r"(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?",
    re.ASCII,
)
MONTHS: Final = 12
SCHOOL_YEAR_END: Final = (6, 30)  # skolförordningen: the school year ends in June


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A span of calendar time, ISO 8601 without hours."""

    months: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDates:
    """What has happened to a record so far; None is not yet."""

    arrival: date
    school_year_end: date | None = None
    consent_end: date | None = None
    replaced: date | None = None
    case_closed: date | None = None
    events: Mapping[str, date] = field(default_factory=dict)


def parse_duration(text: str) -> Duration:
    """Read an ISO 8601 duration of years, months, weeks and days.

    >>> parse_duration("P1Y6M")
    Duration(months=18, days=0)

    Raises:
        ValueError: the text is no such duration.

    """
    match = DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no duration of whole days. Write P2Y or P30D.")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Duration(months=years * MONTHS + months, days=weeks * 7 + days)


def after(start: date, duration: Duration) -> date:
    """Return the date a duration later; the 31st becomes the month's last day.

    >>> after(date(2028, 2, 29), parse_duration("P1Y"))
    datetime.date(2029, 2, 28)
    """
    count = start.year * MONTHS + start.month - 1 + duration.months
    year, month = divmod(count, MONTHS)
    day = min(start.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days=duration.days)


def school_year_end(arrival: date) -> date:
    """Return the last day of the school year the date lies in.

    >>> school_year_end(date(2027, 8, 17))
    datetime.date(2028, 6, 30)
    """
    end = date(arrival.year, *SCHOOL_YEAR_END)
    return end if arrival <= end else end.replace(year=end.year + 1)


def dispose_after(retention: Retention, dates: RecordDates) -> date | None:
    """Return the last day the record must be kept.

    None means that it is preserved, or that what the rule counts from has not
    happened yet.

    Raises:
        ValueError: the rule's duration or starting point is unknown.

    """
    if retention.preserve:
        return None
    duration = parse_duration(retention.keep)
    start = _start(retention.from_, dates)
    return after(start, duration) if start else None


def _start(rule: str, dates: RecordDates) -> date | None:
    if rule.startswith("event:"):
        return dates.events.get(rule.removeprefix("event:"))
    if rule == "school_year_end":
        return dates.school_year_end or school_year_end(dates.arrival)
    known = {
        "arrival": dates.arrival,
        "consent_end": dates.consent_end,
        "replaced": dates.replaced,
        "case_closed": dates.case_closed,
    }
    if rule not in known:
        raise ValueError(f"{rule!r} is nothing retention can count from.")
    return known[rule]
