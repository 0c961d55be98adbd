"""Swedish personal and coordination numbers as values that cannot be wrong."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from schemas.errors import InvalidAnswer

Kind = Literal["personal", "coordination"]

COORDINATION_DAY: Final = 60
CENTURY: Final = 100
MONTHS: Final = 12
LONGEST_MONTH: Final = 31
OLDEST: Final = 150
"""Nobody alive was born more years ago than this."""

# [0-9] and \Z, as \d takes other alphabets' digits and $ a trailing newline.
SHAPE: Final = re.compile(
    r"(?P<century>[0-9]{2})?(?P<date>[0-9]{6}) ?(?P<mark>[-+]?) ?(?P<last>[0-9]{4})\Z"
)


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """Twelve digits and what sort of number they are."""

    value: str
    kind: Kind

    @property
    def birth_date(self) -> date | None:
        """Return the date in the number, which may differ a little from the true one.

        None for a coordination number given to somebody whose date is not known.
        """
        return _calendar_date(_born(self.value))

    def masked(self) -> str:
        """Return the number fit for a screen others may see.

        >>> PersonalNumber("202107142388", "personal").masked()
        '20210714-****'
        """
        return f"{self.value[:8]}-****"

    def separated(self) -> str:
        """Return the number as people are used to reading it.

        >>> PersonalNumber("202107142388", "personal").separated()
        '20210714-2388'
        """
        return f"{self.value[:8]}-{self.value[8:]}"

    def __str__(self) -> str:
        return self.value


def parse_personal_number(text: str, *, today: date) -> PersonalNumber:
    """Read ten or twelve digits, with or without a separator.

    >>> parse_personal_number("210714-2388", today=date(2027, 4, 1)).value
    '202107142388'

    Raises:
        InvalidAnswer: `personal-number-format`, `-date`, `-future`, `-century`
            or `-check-digit`.
    """
    found = SHAPE.match(text)
    if found is None:
        raise InvalidAnswer("personal-number-format")
    digits = found["date"] + found["last"]
    value = (found["century"] or _century(digits, found["mark"], today)) + digits
    born = _born(value)
    if not _is_possible(value, born) or today.year - born[0] > OLDEST:
        raise InvalidAnswer("personal-number-date")
    if born > (today.year, today.month, today.day):
        raise InvalidAnswer("personal-number-future")
    if found["mark"] == "+" and today.year - born[0] < CENTURY:
        raise InvalidAnswer("personal-number-century")
    if digits[6:9] == "000" or not _has_check_digit(digits):
        raise InvalidAnswer("personal-number-check-digit")
    return PersonalNumber(
        value, "coordination" if _is_coordination(value) else "personal"
    )


def _century(digits: str, mark: str, today: date) -> str:
    """Return the latest century that is not in the future, or the one `+` asks for."""
    centuries = [str(today.year // CENTURY - back) for back in range(3)]
    if mark == "+":
        # Folkbokföringslagen 18 §: plus from the year somebody turns 100.
        latest = today.year - CENTURY
        fits = [c for c in centuries if int(c + digits[:2]) <= latest]
    else:
        now = (today.year, today.month, today.day)
        fits = [
            c
            for c in centuries
            if _is_possible(c + digits, _born(c + digits)) and _born(c + digits) <= now
        ]
    return (fits or centuries)[0]


def _is_coordination(value: str) -> bool:
    return int(value[6:8]) >= COORDINATION_DAY


def _born(value: str) -> tuple[int, int, int]:
    """Return year, month and day; folkbokföringslagen 18 b § adds 60 to the day."""
    day = int(value[6:8]) - (COORDINATION_DAY if _is_coordination(value) else 0)
    return int(value[:4]), int(value[4:6]), day


def _calendar_date(born: tuple[int, int, int]) -> date | None:
    try:
        return date(*born)
    except ValueError:
        return None


def _is_possible(value: str, born: tuple[int, int, int]) -> bool:
    """Tell whether anybody can have these digits.

    A coordination number may have month 00, day 60 or a day its month lacks, where
    the true date is not known; Skatteverket's test numbers have all three.
    """
    if _is_coordination(value):
        return born[1] <= MONTHS and born[2] <= LONGEST_MONTH
    return _calendar_date(born) is not None


def _has_check_digit(digits: str) -> bool:
    """Tell whether ten digits pass the modulus-10 check of SKV 704."""
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
