"""Times and dates as people read them, in Europe/Stockholm."""

from datetime import date, datetime
from typing import Final

from babel.dates import format_date, format_datetime

from schemas.local_time import LOCAL
from schemas.tongues import comma

DAYS: Final = {"fi": "d. MMMM yyyy", "uk": "d MMMM yyyy 'р.'"}
"""How a day is written in full where that is not day, month and year alone."""


def moment(at: datetime | None, language: str) -> str:
    """Return day and time.

    >>> from datetime import UTC
    >>> moment(datetime(2027, 8, 14, 17, 42, tzinfo=UTC), "sv")
    '14 augusti 2027 kl. 19.42'
    >>> moment(datetime(2027, 8, 14, 17, 42, tzinfo=UTC), "fi")
    '14. elokuuta 2027, 19:42'
    >>> moment(datetime(2027, 8, 14, 17, 42, tzinfo=UTC), "ar")
    '14 أغسطس 2027، 19:42'
    """
    if at is None:
        return ""
    local = at.astimezone(LOCAL)
    clock = "' kl.' HH.mm" if language == "sv" else f"{comma(language)}HH:mm"
    return format_datetime(local, f"{_day(language)}{clock}", locale=language)


def short(at: datetime) -> str:
    """Return day and time as short as lists want them, in every language.

    >>> from datetime import UTC
    >>> short(datetime(2027, 8, 14, 17, 42, tzinfo=UTC))
    '2027-08-14 19:42'
    """
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}"


def clock_time(at: datetime, language: str) -> str:
    """Return the time of day.

    >>> from datetime import UTC
    >>> at = datetime(2027, 8, 14, 12, 5, tzinfo=UTC)
    >>> clock_time(at, "sv"), clock_time(at, "en")
    ('14.05', '14:05')
    """
    local = at.astimezone(LOCAL)
    return f"{local:%H.%M}" if language == "sv" else f"{local:%H:%M}"


def day(on: date | datetime | None, language: str) -> str:
    """Return the day.

    >>> day(date(2027, 8, 14), "sv")
    '14 augusti 2027'
    """
    if on is None:
        return ""
    local = on.astimezone(LOCAL) if isinstance(on, datetime) else on
    return format_date(local, _day(language), locale=language)


def _day(language: str) -> str:
    return DAYS.get(language, "d MMMM yyyy")
