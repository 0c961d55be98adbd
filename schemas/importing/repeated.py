"""Rules on what a layout shows at several places: asked where any of them shows it.

A form asks a question once. The rules around one place must then not hide what
another place shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schemas.definition import Json
from schemas.errors import Problem
from schemas.importing.layout import Rule
from schemas.importing.rules import hindered
from schemas.pointers import covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A place of the layout where a question stands."""

    pointer: str
    at: str


def gathered(
    rules: Sequence[Rule], shown: Sequence[Shown]
) -> tuple[list[Rule], list[Problem]]:
    """Return rules of which no two are about one question, and what they cannot say."""
    nested = {
        one.pointer
        for one in shown
        for other in shown
        if one.pointer != other.pointer
        and (covers(one.pointer, other.pointer) or covers(other.pointer, one.pointer))
    }
    pointers = [one.pointer for one in shown]
    repeated = {one for one in pointers if pointers.count(one) > 1} - nested
    kept, problems = [], []
    for rule in rules:
        if nested & set(rule.fields):
            problems.append(_nested(rule, nested & set(rule.fields)))
        fields = [one for one in rule.fields if one not in repeated | nested]
        if fields or not rule.fields:
            kept.append(replace(rule, fields=tuple(dict.fromkeys(fields))))
    for pointer in dict.fromkeys(one for one in pointers if one in repeated):
        kept += _of_any(
            [one.at for one in shown if one.pointer == pointer], rules, pointer
        )
    return kept, problems


def _nested(rule: Rule, pointers: set[str]) -> Problem:
    named = ", ".join(sorted(pointers))
    return hindered(
        rule.at, f"{named} visas på flera ställen, också i eller med något annat."
    )


def _of_any(places: list[str], rules: Sequence[Rule], pointer: str) -> Iterator[Rule]:
    """Yield the rule that asks where any of the places shows it, none if one always does."""
    around = [[rule for rule in rules if _holds(rule, place)] for place in places]
    if not all(around):
        return
    ways = [_together("allOf", [_shows(rule) for rule in found]) for found in around]
    known = [rule for found in around for rule in found]
    yield Rule(
        fields=(pointer,),
        condition=_together("anyOf", ways),
        asks=True,
        reads=tuple(dict.fromkeys(one for rule in known for one in rule.reads)),
        at=known[0].at,
    )


def _holds(rule: Rule, place: str) -> bool:
    """Tell whether a rule stands at an element of the layout, or around it."""
    element = rule.at.removesuffix("/rule")
    return f"{place}/".startswith(f"{element}/")


def _shows(rule: Rule) -> Json:
    return rule.condition if rule.asks else {"not": rule.condition}


def _together(keyword: str, conditions: list[Json]) -> Json:
    """Return several conditions as one, each said once."""
    said = [one for n, one in enumerate(conditions) if one not in conditions[:n]]
    return said[0] if len(said) == 1 else {keyword: said}
