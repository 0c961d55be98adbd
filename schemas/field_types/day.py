"""A date, asked as day, month and year in that order."""

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final

from schemas.catalogue import text
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.field_type import Control, Question, Raw, first
from schemas.pointers import ABSENT

YEAR_DIGITS: Final = 4
YEAR_FIRST: Final = re.compile(r"([0-9]{4})-?([0-9]{1,2})-?([0-9]{1,2})\Z")
DAY_FIRST: Final = re.compile(
    r"([0-9]{1,2})[ /.-]+([0-9]{1,2}|[A-Za-zåäö]+)[ /.-]+([0-9]{4})\Z"
)
MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


class Day:
    """ISO 8601 in storage; day, month, year on the page, or one line by `ui.widget`."""

    key: ClassVar[str] = "date"

    def matches(self, schema: Mapping[str, Json], ui: Mapping[str, Json]) -> bool:
        return schema.get("format") == "date"

    def control(self, question: Question, language: str) -> Control:
        if question.ui.get("widget") == "text":
            return Control(
                widget="text",
                data={
                    "input_type": "text",
                    "width": "14",
                    "placeholder": text("Till exempel 2027-08-17.", language),
                    "autocomplete": question.ui.get("autocomplete", ""),
                },
            )
        is_birthday = question.ui.get("autocomplete") == "bday"
        return Control(
            widget="date",
            data={
                "parts": [
                    {
                        "name": name,
                        "title": title,
                        "width": width,
                        "autocomplete": f"bday-{name}" if is_birthday else "",
                    }
                    for name, title, width in (
                        ("day", text("Dag", language), "2"),
                        ("month", text("Månad", language), "2"),
                        ("year", text("År", language), "4"),
                    )
                ]
            },
        )

    def parse(self, raw: Raw, question: Question) -> Json:
        whole = first(raw)
        if whole and not any(first(raw, part) for part in ("day", "month", "year")):
            return _whole(whole)
        typed = [first(raw, part) for part in ("day", "month", "year")]
        if not any(typed):
            return ABSENT
        if typed.count("") > 1:
            raise InvalidAnswer("date-parts-missing")
        for part, value in zip(("day", "month", "year"), typed, strict=True):
            if not value:
                raise InvalidAnswer(f"date-{part}-missing")
            if not (value.isascii() and value.isdigit()):
                raise InvalidAnswer("date-digits")
        if len(typed[2]) != YEAR_DIGITS:
            raise InvalidAnswer("date-year")
        return _date(typed[2], typed[1], typed[0])

    def raw(self, value: Json, question: Question) -> Raw:
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            return {"": [str(value)]}
        if question.ui.get("widget") == "text":
            return {"": [day.isoformat()]}
        return {
            "day": [str(day.day)],
            "month": [str(day.month)],
            "year": [f"{day.year:04}"],
        }

    def display(self, value: Json, question: Question, language: str) -> str:
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            return str(value)
        return f"{day.day} {text(MONTHS[day.month - 1], language)} {day.year}"


def _whole(typed: str) -> str:
    """Read a date from one field: the year first, or day, month and year.

    >>> _whole("2027-08-17"), _whole("17/8 2027"), _whole("17 augusti 2027")
    ('2027-08-17', '2027-08-17', '2027-08-17')
    """
    if found := YEAR_FIRST.match(typed):
        return _date(*found.groups())
    found = DAY_FIRST.match(typed)
    if not found:
        raise InvalidAnswer("date-digits")
    day, month, year = found.groups()
    if month.lower() in MONTHS:
        month = str(MONTHS.index(month.lower()) + 1)
    if not month.isdigit():
        raise InvalidAnswer("date-digits")
    return _date(year, month, day)


def _date(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise InvalidAnswer("date") from None
