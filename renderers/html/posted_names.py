"""Which question each posted name belongs to, and what it says there."""

from collections.abc import Collection, Container, Iterable
from typing import Protocol


class Posted(Protocol):
    """What a browser posted: names with any number of values each."""

    def lists(self) -> Iterable[tuple[str, list[str]]]: ...


def posted_raws(
    posted: Posted, names: Collection[str]
) -> dict[str, dict[str, list[str]]]:
    """Return what was posted for each question by name, then by suffix.

    A key belongs to the longest name it fits, so `a-b` is no suffix of `a` where
    `a-b` is a question too.
    """
    found: dict[str, dict[str, list[str]]] = {}
    most = max(map(len, names), default=0)
    for key, texts in posted.lists():
        name = key if key in names else _longest(key, names, most)
        if name:
            found.setdefault(name, {})[key[len(name) + 1 :]] = texts
    return found


def _longest(key: str, names: Container[str], most: int) -> str:
    """Return the longest of the names that the key is, or begins with before . or -.

    No name is longer than `most`, so a key of any length is looked at no further.

    >>> _longest("a.b-day", {"a", "a.b"}, 3), _longest("ab", {"a"}, 1)
    ('a.b', '')
    """
    name, end = key, most + 1
    while name not in names:
        name = name[: max(name.rfind(".", 0, end), name.rfind("-", 0, end), 0)]
        if not name:
            return ""
    return name
