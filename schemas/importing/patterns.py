"""Patterns that look ahead, as several that do not: the same texts match.

A linear engine cannot look ahead. Where a pattern does so only at its start, each
look is a pattern of its own: `^(?!a)b` is `^b`, and not `^a`.
"""

import re
from typing import Final

from schemas.definition import Json
from schemas.dialects.members import rewritten
from schemas.patterns import is_linear

LOOK: Final = re.compile(r"\(\?[=!]")
WITHIN: Final = re.compile(r"\^\((?:\?:)?\(\?!(.*)\)(?:\.|\[\\s\\S\])\)([*+])\$")
"""`^((?!a).)*$`: nowhere in the text."""


def linear(schema: Json) -> Json:
    """Return the schema with every pattern that looks ahead at its start taken apart.

    >>> linear({"pattern": "^(?!0)[0-9]$"})["pattern"]
    '^[0-9]$'
    """
    return rewritten(schema, _taken_apart)


def _taken_apart(schema: dict[str, Json]) -> dict[str, Json]:
    pattern = schema.get("pattern")
    if not isinstance(pattern, str) or is_linear(pattern):
        return schema
    apart = _within(pattern) or _leading(pattern)
    if apart is None or not all(map(is_linear, (apart[0], *apart[1], *apart[2]))):
        return schema
    kept, wanted, unwanted = apart
    more: list[Json] = [{"pattern": one} for one in wanted]
    # Only a text can fail a pattern, so only a text may be refused for matching.
    more += [{"not": {"type": "string", "pattern": one}} for one in unwanted]
    return {**schema, "pattern": kept, "allOf": [*schema.get("allOf", ()), *more]}


Apart = tuple[str, list[str], list[str]]
"""What is left of a pattern, what else must match, and what must not."""


def _within(pattern: str) -> Apart | None:
    found = WITHIN.fullmatch(pattern)
    if found is None or _end(f"({found[1]})", 0) != len(found[1]) + 2:
        return None
    return f"^.{found[2]}$", [], [f"(?:{found[1]})"]


def _leading(pattern: str) -> Apart | None:
    if not pattern.startswith("^") or _has_alternatives(pattern):
        return None
    wanted: list[str] = []
    unwanted: list[str] = []
    at = 1
    while LOOK.match(pattern, at):
        end = _end(pattern, at)
        if end is None:
            return None
        looks = unwanted if pattern[at + 2] == "!" else wanted
        looks.append(f"^(?:{pattern[at + 3 : end - 1]})")
        at = end
    return ("^" + pattern[at:], wanted, unwanted) if at > 1 else None


def _end(pattern: str, at: int) -> int | None:
    """Return where the group that opens at a place has closed."""
    depth = 0
    for place, mark in _marks(pattern):
        if place >= at:
            depth += {"(": 1, ")": -1}.get(mark, 0)
            if depth == 0:
                return place + 1
    return None


def _has_alternatives(pattern: str) -> bool:
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
