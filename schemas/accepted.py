"""The answers that count in a case, as receivers' views read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schemas.acceptance import CaseState, Version
from schemas.consent import is_given
from schemas.definition import Json
from schemas.pointers import ABSENT, get, with_value
from schemas.units import Unit, combine


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Shared answers with joint consents decided, and each guardian's own."""

    shared: Json
    own: tuple[Json, ...]


def accepted(state: CaseState, header: Json, now: datetime) -> Accepted:
    """Return what has arrived in the case, laid together.

    Own answers come in the register's order, an empty document for a guardian
    who has given none; somebody no longer in the register has none.
    """
    shared = [v.answers or {} for v in _current(state) if not _unit(state, v).is_own]
    joint = [
        _together(state, unit, now)
        for unit in state.units.values()
        if unit.is_joint_consent
    ]
    own = tuple(
        combine(v.answers or {} for v in _current(state) if _is_of(state, v, guardian))
        for guardian in state.family.keys
    )
    return Accepted(shared=combine([header, *shared, *joint]), own=own)


def _current(state: CaseState) -> list[Version]:
    return [v for v in state.versions if v.is_current]


def _unit(state: CaseState, version: Version) -> Unit:
    return state.units[version.key]


def _is_of(state: CaseState, version: Version, guardian: str) -> bool:
    """Tell whether the version is the guardian's own; a household's is its first's."""
    unit = _unit(state, version)
    return unit.scope != "child" and version.owner == guardian


def _together(state: CaseState, unit: Unit, now: datetime) -> Json:
    """Return one document for all guardians: any no, or silence, is a no."""
    documents = [
        v.answers or {}
        for guardian in state.family.keys
        for v in _current(state)
        if v.key == unit.key and v.owner == guardian
    ]
    everyone = len(documents) == len(state.family.keys)
    together = _agreed(documents, everyone)
    for pointer, purpose in unit.consents.items():
        if get(together, pointer) is not ABSENT:
            value = is_given(state.choices, purpose, state.family.keys, now)
            together = with_value(together, pointer, value)
    return together if documents else {}


def _agreed(values: Sequence[Json], everyone: bool) -> Json:
    """Return what several answers to the same question come to, or ABSENT."""
    if all(isinstance(value, dict) for value in values):
        names = dict.fromkeys(name for value in values for name in value)
        members = {
            name: _agreed([v[name] for v in values if name in v], everyone)
            for name in names
        }
        return {n: value for n, value in members.items() if value is not ABSENT}
    if all(isinstance(value, bool) for value in values):
        return everyone and all(values)
    if all(value == values[0] for value in values):
        return values[0]
    # Two dates until which something holds: the earlier one is safe.
    return min(values) if all(_is_date(value) for value in values) else ABSENT


def _is_date(value: Json) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
