"""Which files a question takes unless it says so itself, and how that is told."""

from collections.abc import Collection
from typing import Final

ACCEPTED: Final = ("application/pdf", "image/jpeg", "image/png")
LARGEST: Final = 10_000_000
"""Octets of one file."""

_WORDS: Final = {
    "image/*": "JPEG, PNG",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.oasis.opendocument.text": "ODT",
    "text/plain": "TXT",
}


def kinds_in_words(accept: Collection[str]) -> str:
    """Return media types as people know them.

    >>> kinds_in_words(["image/png", "application/pdf", "image/*"])
    'JPEG, PDF, PNG'
    """
    names = (
        _WORDS.get(one) or one.rsplit("/", maxsplit=1)[-1].upper() for one in accept
    )
    return ", ".join(sorted({one for name in names for one in name.split(", ")}))


def limit_in_words(octets: int) -> str:
    """Return a largest size as people read it, never more than it is.

    >>> limit_in_words(10_485_760), limit_in_words(1000)
    ('10 MB', '1 kB')
    """
    return f"{octets // 10**6} MB" if octets >= 10**6 else f"{octets // 1000} kB"
