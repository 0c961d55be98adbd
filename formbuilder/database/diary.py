"""Diary numbers: one gapless row of numbers for each series and year."""

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import diary_counters


def next_number(tc: TenantConnection, *, series: str, year: int) -> int:
    """Take the next number; a transaction that fails gives it back.

    Writers of one tenant follow upon each other, so no number is taken twice.
    """
    here = (diary_counters.c.series == series, diary_counters.c.year == year)
    row = tc.one(diary_counters, *here)
    if row is None:
        tc.insert(diary_counters, series=series, year=year, last=1)
        return 1
    number: int = row.last + 1
    tc.update(diary_counters, *here, last=number)
    return number
