"""How surely somebody is known."""

from typing import Final

LEVELS: Final = ("none", "low", "substantial", "high")
"""Those of eIDAS, and nothing at all."""


def is_assured(has: str, needs: str) -> bool:
    """Tell whether somebody is known surely enough.

    >>> is_assured("substantial", "low"), is_assured("none", "low")
    (True, False)
    """
    return LEVELS.index(has) >= LEVELS.index(needs)
