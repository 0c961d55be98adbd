"""How large a file is, as people read it."""

from typing import Final

MILLION: Final = 10**6


def size_in_words(octets: int) -> str:
    """Return a size in whole kilobytes, or in megabytes with one decimal.

    >>> size_in_words(1_234_567), size_in_words(12_345), size_in_words(9)
    ('1,2 MB', '12 kB', '1 kB')
    """
    if octets >= MILLION:
        return f"{octets / MILLION:.1f} MB".replace(".", ",")
    return f"{max(1, octets // 1000)} kB"
