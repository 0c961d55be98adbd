"""What stands beside answers on pages: names and steps of pointers that no question has."""

from typing import Final

WAS: Final = "~was"
"""Posted below a row: the mark of what is read-only in it, by which that is found."""

SHUT: Final = "~shut"
"""Below a row as it is stored: names of the cells that its own answers make read-only."""

NEW: Final = "~new"
"""Below a row that nobody has added yet."""

OPEN: Final = "~open"
"""Posted below a row that is open, so that it stays so."""

BESIDE: Final = frozenset({WAS, SHUT, NEW, OPEN})
"""What stands below a row and is no answer."""

KIND: Final = "~as"
"""Which kind of several an answer in a row is; a number after it, what that kind asks."""

AFTER: Final = "~from"
"""Before a number, the list that follows so many positions of a tuple."""
