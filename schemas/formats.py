"""String formats: those JSON Schema names, and our own with what checks them."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from schemas.errors import InvalidAnswer
from schemas.personal_number import parse_personal_number

# [0-9] and \Z, as \d takes other alphabets' digits and $ a trailing newline.
ORGANISATION_NUMBER: Final = re.compile(r"[0-9]{6}-[0-9]{4}\Z")
POSTAL_CODE: Final = re.compile(r"[1-9][0-9]{2} [0-9]{2}\Z")
PHONE: Final = re.compile(r"(0|\+[1-9])[0-9]{5,14}\Z")
PERSONAL_NUMBER: Final = re.compile(r"[0-9]{12}\Z")
IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}\Z")
IBAN_LENGTHS: Final = {"SE": 24, "NO": 15, "DK": 18, "FI": 18, "DE": 22}
"""How long the ones we meet most are; others are held to their check digits."""
BANKGIRO: Final = re.compile(r"[0-9]{3,4}-[0-9]{4}\Z")
LEGAL_PERSON: Final = 20
"""The third and fourth digit of an organisation number are at least this."""


def is_personal_number(text: str) -> bool:
    """Tell whether the text is a stored personal number: twelve digits.

    >>> is_personal_number("202107142388"), is_personal_number("20210714-2388")
    (True, False)
    """
    if not PERSONAL_NUMBER.match(text):
        return False
    try:
        # Twelve digits hold their century, so no clock is needed to read them.
        parse_personal_number(text, today=date(max(int(text[:4]), 1), 12, 31))
    except InvalidAnswer:
        return False
    return True


def is_organisation_number(text: str) -> bool:
    """Tell whether the text is a stored organisation number, check digit included.

    >>> is_organisation_number("559999-0008"), is_organisation_number("559999-0004")
    (True, False)
    """
    digits = text.replace("-", "")
    return bool(
        ORGANISATION_NUMBER.match(text)
        and int(digits[2:4]) >= LEGAL_PERSON
        and luhn(digits)
    )


def is_postal_code(text: str) -> bool:
    """Tell whether the text is a stored Swedish postal code: `123 45`."""
    return bool(POSTAL_CODE.match(text))


def is_phone(text: str) -> bool:
    """Tell whether the text is a stored telephone number: digits, maybe a plus."""
    return bool(PHONE.match(text))


def is_iban(text: str) -> bool:
    """Tell whether the text is a stored IBAN, check digits included (ISO 13616).

    >>> is_iban("SE4550000000058398257466"), is_iban("SE4550000000058398257467")
    (True, False)
    """
    if not IBAN.match(text) or len(text) != IBAN_LENGTHS.get(text[:2], len(text)):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def is_bankgiro(text: str) -> bool:
    """Tell whether the text is a stored bankgiro number: `991-2346`.

    >>> is_bankgiro("991-2346"), is_bankgiro("991-2345")
    (True, False)
    """
    return bool(BANKGIRO.match(text)) and luhn(text.replace("-", ""))


def luhn(digits: str) -> bool:
    """Tell whether the last digit checks the others (mod 10, weights 2 and 1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - digit sum
    return total % 10 == 0


CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "personal-number": is_personal_number,
    "organisation-number": is_organisation_number,
    "postal-code": is_postal_code,
    "phone": is_phone,
    "iban": is_iban,
    "bankgiro": is_bankgiro,
}

STANDARD: Final = frozenset(
    {
        "date",
        "date-time",
        "duration",
        "email",
        "hostname",
        "idn-email",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "iri",
        "iri-reference",
        "json-pointer",
        "regex",
        "relative-json-pointer",
        "time",
        "uri",
        "uri-reference",
        "uri-template",
        "uuid",
    }
)
"""Those of JSON Schema 2020-12 §7.3, all of which the validator checks."""
