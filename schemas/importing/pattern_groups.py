"""The groups of a pattern: where they open and close, and where it forks."""

from collections.abc import Iterator


def groups(pattern: str) -> Iterator[int]:
    """Yield where groups that lie in no other group open.

    >>> list(groups("a(b(c))[(](d)"))
    [1, 10]
    """
    depth = 0
    for place, mark in _marks(pattern):
        if mark == "(" and depth == 0:
            yield place
        depth += {"(": 1, ")": -1}.get(mark, 0)


def end_of(pattern: str, at: int) -> int | None:
    """Return where the group that opens at a place has closed."""
    depth = 0
    for place, mark in _marks(pattern):
        if place >= at:
            depth += {"(": 1, ")": -1}.get(mark, 0)
            if depth == 0:
                return place + 1
    return None


def has_alternatives(pattern: str) -> bool:
    """Tell whether the pattern is one of several, outside every group."""
    depth = 0
    for _, mark in _marks(pattern):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if mark == "|" and depth == 0:
            return True
    return False


def _marks(pattern: str) -> list[tuple[int, str]]:
    """Return the parentheses and bars that are not escaped or in a class."""
    found: list[tuple[int, str]] = []
    in_class = escaped = False
    for place, mark in enumerate(pattern):
        if escaped:
            escaped = False
        elif mark == "\\":
            escaped = True
        elif in_class:
            in_class = mark != "]"
        elif mark == "[":
            in_class = True
        elif mark in "()|":
            found.append((place, mark))
    return found
