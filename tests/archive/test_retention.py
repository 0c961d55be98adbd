from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.retention import (
    RecordDates,
    after,
    dispose_after,
    parse_duration,
    school_year_end,
)
from schemas.definition import Retention

DATES = RecordDates(
    arrival=date(2027, 2, 1),
    consent_end=date(2028, 2, 29),
    replaced=date(2027, 3, 31),
    events={"device_returned": date(2030, 6, 12)},
)


@pytest.mark.parametrize(
    ("keep", "start", "expected"),
    [
        ("P2Y", "arrival", date(2029, 2, 1)),
        ("P1Y", "school_year_end", date(2028, 6, 30)),
        ("P2Y", "consent_end", date(2030, 2, 28)),
        ("P1M", "replaced", date(2027, 4, 30)),
        ("P1Y6M", "arrival", date(2028, 8, 1)),
        ("P2W", "arrival", date(2027, 2, 15)),
        ("P30D", "event:device_returned", date(2030, 7, 12)),
        ("P0D", "arrival", date(2027, 2, 1)),
        ("P1Y", "case_closed", None),
        ("P1Y", "event:unheard_of", None),
    ],
)
def test_a_rule_and_its_dates_give_the_last_day(
    keep: str, start: str, expected: date | None
) -> None:
    assert expected == dispose_after(Retention(keep=keep, from_=start), DATES)


def test_what_is_preserved_has_no_last_day() -> None:
    assert dispose_after(Retention(preserve=True), DATES) is None


def test_a_known_end_of_the_school_year_counts_before_the_usual_one() -> None:
    dates = RecordDates(arrival=date(2027, 2, 1), school_year_end=date(2027, 6, 11))

    kept = dispose_after(Retention(keep="P1Y", from_="school_year_end"), dates)

    assert date(2028, 6, 11) == kept


@pytest.mark.parametrize(
    "text", ["", "P", "1Y", "PT5H", "P-1Y", "P1.5Y", "P1Y\n", "P١Y"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


def test_an_unknown_starting_point_is_refused() -> None:
    with pytest.raises(ValueError, match="count from"):
        dispose_after(Retention(keep="P1Y", from_="someday"), DATES)


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(0, 500))
def test_a_longer_duration_never_ends_earlier(start: date, months: int) -> None:
    shorter = after(start, parse_duration(f"P{months}M"))

    assert shorter <= after(start, parse_duration(f"P{months + 1}M"))


@given(st.dates(max_value=date(2900, 1, 1)))
def test_a_school_year_ends_within_a_year_of_any_day_in_it(day: date) -> None:
    assert 0 <= (school_year_end(day) - day).days <= 365
