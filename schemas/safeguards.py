"""Answers that protect a child: adding to them may be done alone, easing may not.

A part is a safeguard when it arrives at the first signature although its section
waits for all. In a safeguard one more item, a `true`, or an answer where there was
none restricts; every other change eases.
"""

from schemas.definition import Json
from schemas.pointers import ABSENT


def eases(before: Json, after: Json) -> bool:
    """Tell whether anything that protected before would be gone after.

    >>> eases({"avoid": ["egg"]}, {"avoid": ["egg", "nut"], "acute": True})
    False
    >>> eases({"avoid": ["egg", "nut"]}, {"avoid": ["nut"]})
    True
    """
    return bool(strictest(before, after) != after)


def strictest(before: Json, after: Json) -> Json:
    """Return everything that protects, before or after.

    >>> strictest({"avoid": ["milk"]}, {"avoid": ["egg"]})
    {'avoid': ['milk', 'egg']}
    """
    if before is ABSENT:
        return after
    if after is ABSENT:
        return before
    if isinstance(before, dict) and isinstance(after, dict):
        names = [*before, *(name for name in after if name not in before)]
        return {
            name: strictest(before.get(name, ABSENT), after.get(name, ABSENT))
            for name in _in_order(names, after)
        }
    if isinstance(before, list) and isinstance(after, list):
        return _all_items(before, after)
    if isinstance(before, bool) and isinstance(after, bool):
        return before or after
    return before


def _in_order(names: list[str], after: Json) -> list[str]:
    """Keep the later document's order where it has one, so equal stays equal."""
    return [*after, *(name for name in names if name not in after)]


def _all_items(before: list[Json], after: list[Json]) -> list[Json]:
    """Return the later list when it lacks nothing, else the earlier with what is new."""
    if all(item in after for item in before):
        return after
    return [*before, *(item for item in after if item not in before)]
