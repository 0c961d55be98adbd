"""A Swedish postal address: its members, and how it is written on an envelope."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from schemas.definition import Json

MEMBERS: Final = ("care_of", "street", "postal_code", "city")
"""What an address may have, in the order it is asked."""
NEEDED: Final = MEMBERS[1:]
TOWN: Final = re.compile(r"([1-9][0-9]{2}) ?([0-9]{2}) +(\S.*)\Z")
CARE_OF: Final = re.compile(r"c/o\b", re.IGNORECASE)


def address_lines(address: Json) -> tuple[str, ...]:
    """Return an address as the lines of an envelope, without what is missing.

    >>> address_lines({"care_of": "Ek", "street": "Storgatan 1", "city": "Lund"})
    ('c/o Ek', 'Storgatan 1', 'Lund')
    """
    said = address if isinstance(address, Mapping) else {}
    care_of, street, code, city = (str(said.get(name, "")) for name in MEMBERS)
    if care_of and not CARE_OF.match(care_of):
        care_of = f"c/o {care_of}"
    town = " ".join(one for one in (code, city) if one)
    return tuple(one for one in (care_of, street, town) if one)


def read_address(lines: Iterable[str]) -> dict[str, str] | None:
    """Return the members of a Swedish address, None if it is not one.

    >>> read_address(["Storgatan 1", "12345 Lund"])
    {'street': 'Storgatan 1', 'postal_code': '123 45', 'city': 'Lund'}
    """
    *above, last = tuple(lines) or ("",)
    town = TOWN.match(last)
    if town is None or not above or len(above) > len(MEMBERS[:2]):
        return None
    is_first_care_of = len(above) > 1 or CARE_OF.match(above[0])
    names = MEMBERS[:2] if is_first_care_of else MEMBERS[1:2]
    found = dict(zip(names, above, strict=False))
    return {**found, "postal_code": f"{town[1]} {town[2]}", "city": town[3]}
