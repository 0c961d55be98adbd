"""Work counted in function calls, which other people's load does not change."""

import sys
from collections.abc import Callable
from typing import Final

TWICE: Final = 2.3
"""What twice as much may cost, with something for what is done once."""


def calls(run: Callable[[], object]) -> int:
    """Return how many functions a run calls, Python's and C's."""
    counted = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(before)
    return counted
