"""Ids for what had none: short, of letters, digits and a joint, each only once."""

import re
import unicodedata
from collections.abc import Container
from typing import Final

LONGEST: Final = 60
RESERVED: Final = frozenset({"granska", "kvitto", "skriv-under"})


def key_of(text: str, taken: Container[str] = (), joint: str = "-") -> str:
    """Return an id that says what the text says and is not taken.

    >>> key_of("Ålder & språk"), key_of("Ålder", {"alder"}), key_of("2 år", joint="_")
    ('alder-sprak', 'alder-2', 'f_2_ar')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", joint, plain.lower()).strip(joint)[:LONGEST] or "form"
    if not key[0].isalpha():
        key = f"f{joint}{key}"
    found, number = key, 2
    while found in taken or found in RESERVED:
        found, number = f"{key}{joint}{number}", number + 1
    return found
