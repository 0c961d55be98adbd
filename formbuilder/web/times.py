"""Times and dates as people read them, in Europe/Stockholm."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")


def moment(at: datetime | None, language: str) -> str:
    """Return day and time.

    >>> from datetime import UTC
    >>> moment(datetime(2027, 8, 14, 17, 42, tzinfo=UTC), "sv")
    '14 augusti 2027 kl. 19.42'
    """
    if at is None:
        return ""
    local = at.astimezone(STOCKHOLM)
    pattern = "d MMMM yyyy 'kl.' HH.mm" if language == "sv" else "d MMMM yyyy, HH:mm"
    return format_datetime(local, pattern, locale=language)


def day(on: date | datetime | None, language: str) -> str:
    """Return the day.

    >>> day(date(2027, 8, 14), "sv")
    '14 augusti 2027'
    """
    if on is None:
        return ""
    local = on.astimezone(STOCKHOLM) if isinstance(on, datetime) else on
    return format_date(local, "d MMMM yyyy", locale=language)
