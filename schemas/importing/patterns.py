"""Patterns that look around, as several that do not: the same texts match.

A linear engine cannot look around. Where only one place in a text can be meant, each
look is a pattern of its own: `^(?!a)b` is `^b`, and not `^a`; `b(?<!a)$` is `b$`, and
not `a$`. Such places are the start, what comes after a fixed number of characters,
and the end.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from schemas.definition import Json
from schemas.dialects.members import rewritten
from schemas.importing.pattern_groups import end_of, groups, has_alternatives
from schemas.patterns import is_linear

AHEAD: Final = re.compile(r"\(\?[=!]")
BEHIND: Final = re.compile(r"\(\?<[=!]")
QUANTIFIERS: Final = frozenset("*+?{")
WITHIN: Final = re.compile(r"\^\((?:\?:)?\(\?!(.*)\)(?:\.|\[\\s\\S\])\)([*+])\$")
"""`^((?!a).)*$`: nowhere in the text."""


def linear(schema: Json) -> Json:
    """Return the schema with every pattern that looks around taken apart where it can be.

    >>> linear({"pattern": "^(?!0)[0-9]$"})["pattern"]
    '^[0-9]$'
    """
    return rewritten(schema, _taken_apart)


def _taken_apart(schema: dict[str, Json]) -> dict[str, Json]:
    pattern = schema.get("pattern")
    if not isinstance(pattern, str) or is_linear(pattern):
        return schema
    apart = _within(pattern) or _looking(pattern)
    if apart is None or not all(map(is_linear, (apart.kept, *apart.looks))):
        return schema
    more: list[Json] = [{"pattern": one} for one in apart.wanted]
    # Only a text can fail a pattern, so only a text may be refused for matching.
    more += [{"not": {"type": "string", "pattern": one}} for one in apart.unwanted]
    return {**schema, "pattern": apart.kept, "allOf": [*schema.get("allOf", ()), *more]}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apart:
    """What is left of a pattern, what else must match, and what must not."""

    kept: str
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def looks(self) -> tuple[str, ...]:
        return (*self.wanted, *self.unwanted)

    def without(self, kept: str, look: str, *, is_wanted: bool) -> "_Apart":
        """Return it with one look less in what is left."""
        if is_wanted:
            return replace(self, kept=kept, wanted=(*self.wanted, look))
        return replace(self, kept=kept, unwanted=(*self.unwanted, look))


def _within(pattern: str) -> _Apart | None:
    found = WITHIN.fullmatch(pattern)
    if found is None or end_of(f"({found[1]})", 0) != len(found[1]) + 2:
        return None
    return _Apart(kept=f"^.{found[2]}$", unwanted=(f"(?:{found[1]})",))


def _looking(pattern: str) -> _Apart | None:
    """Take one look after another out of a pattern, None if there are none."""
    if has_alternatives(pattern):
        return None
    apart = _Apart(kept=pattern)
    while (less := _less_ahead(apart) or _less_behind(apart)) is not None:
        apart = less
    return apart if apart.looks else None


def _less_ahead(apart: _Apart) -> _Apart | None:
    """Take out the first look ahead, if it is a fixed way from the start."""
    pattern = apart.kept
    at = next((place for place in groups(pattern) if AHEAD.match(pattern, place)), 0)
    end = end_of(pattern, at) if at and pattern.startswith("^") else None
    if end is None or pattern[end : end + 1] in QUANTIFIERS:
        return None
    before, said = pattern[1:at], pattern[at + 3 : end - 1]
    if not _is_fixed(before):
        return None
    kept, look = f"^{before}{pattern[end:]}", f"^{before}(?:{said})"
    return apart.without(kept, look, is_wanted=pattern[at + 2] == "=")


def _less_behind(apart: _Apart) -> _Apart | None:
    """Take out a look behind from the end."""
    pattern = apart.kept
    last = len(pattern) - 1
    looks = (place for place in groups(pattern) if BEHIND.match(pattern, place))
    at = next((place for place in looks if end_of(pattern, place) == last), None)
    if at is None or not pattern.endswith("$"):
        return None
    look = f"(?:{pattern[at + 4 : last - 1]})$"
    return apart.without(pattern[:at] + "$", look, is_wanted=pattern[at + 3] == "=")


def _is_fixed(pattern: str) -> bool:
    """Tell whether all that matches is of one length: only that can be looked behind."""
    try:
        re.compile(f"(?<={pattern})")
    except (re.error, OverflowError):
        return False
    return True
