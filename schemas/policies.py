"""Who must sign a unit, and when it has arrived.

The register says who decides; an answer can add a signer and never remove one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import jsonschema_rs

from schemas.definition import Json, Signing
from schemas.people import Family
from schemas.subschemas import compile_schema
from schemas.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """The people whose signatures count, and whether one or all are needed."""

    people: tuple[str, ...]
    needs_all: bool

    def is_met(self, signed: frozenset[str]) -> bool:
        """Tell whether enough of them have signed."""
        if not self.people:
            return True
        return not self.waits_for(signed)

    def waits_for(self, signed: frozenset[str]) -> tuple[str, ...]:
        """Return those who must still sign; any one of them if one is enough."""
        missing = tuple(key for key in self.people if key not in signed)
        if not self.needs_all and len(missing) < len(self.people):
            return ()
        return missing

    def can_be_met(self, declined: frozenset[str]) -> bool:
        """Tell whether enough of them may still sign."""
        willing = [key for key in self.people if key not in declined]
        return len(willing) == len(self.people) if self.needs_all else bool(willing)


NOBODY = Quorum(people=(), needs_all=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the signatures so far mean for one version of a unit."""

    is_complete: bool
    arrives: bool
    is_declined: bool
    waits_for: tuple[str, ...]


def owner_of(unit: Unit, family: Family, signer: str) -> str:
    """Return whose answers the signer gives: empty when they are the child's."""
    if unit.scope == "each_household":
        return family.household(signer)[0]
    return signer if unit.is_own else ""


def quorum(
    unit: Unit,
    family: Family,
    *,
    owner: str = "",
    is_change: bool = False,
    is_easing: bool = False,
    added: frozenset[str] = frozenset(),
) -> Quorum:
    """Return who must sign a version of the unit.

    Easing what protects a child needs every guardian. `added` are signers an
    answer asks for besides; only guardians in the register can be added.
    """
    policy: Signing = unit.policy(is_change=is_change)
    if is_easing:
        policy = "all"
    base = _base(unit, policy, family, owner)
    more = tuple(k for k in family.keys if k in added and k not in base.people)
    if not more:
        return base
    if not base.needs_all:
        return Quorum(people=family.keys, needs_all=True)
    return Quorum(people=(*base.people, *more), needs_all=True)


def added_signers(
    unit: Unit, family: Family, documents: Iterable[Json]
) -> frozenset[str]:
    """Return the guardians that answers add: everyone, where `all_when` holds.

    `documents` are the answers and those they would replace, so that nobody alone
    changes away what asked for the others. Answers that cannot be read count as met.
    """
    condition = unit.sign.all_when
    if condition is None:
        return frozenset()
    holds = _validator(json.dumps(condition, sort_keys=True)).is_valid
    is_met = any(document is None or holds(document) for document in documents)
    return frozenset(family.keys) if is_met else frozenset()


@lru_cache(maxsize=256)
def _validator(condition: str) -> jsonschema_rs.Validator:
    return compile_schema(json.loads(condition))


def verdict(
    unit: Unit,
    needed: Quorum,
    *,
    signed: frozenset[str],
    declined: frozenset[str] = frozenset(),
    is_easing: bool = False,
) -> Verdict:
    """Return whether the version is complete, arrives, or was turned down.

    What protects a child and does not ease arrives at the first signature, even if
    another guardian declines.
    """
    is_complete = needed.is_met(signed)
    is_early = unit.arrive_when == "first_signature" and not is_easing and bool(signed)
    arrives = is_complete or is_early
    return Verdict(
        is_complete=is_complete,
        arrives=arrives,
        is_declined=not arrives and not needed.can_be_met(declined),
        waits_for=tuple(k for k in needed.waits_for(signed) if k not in declined),
    )


def _base(unit: Unit, policy: Signing, family: Family, owner: str) -> Quorum:
    if policy == "none":
        return NOBODY
    if unit.scope == "each_guardian" or unit.is_joint_consent:
        return Quorum(people=(owner,), needs_all=True)
    if unit.scope == "each_household":
        return Quorum(
            people=family.household(owner), needs_all=policy in ("all", "all_or_no")
        )
    if policy in ("one", "one_notify"):
        return Quorum(people=family.keys, needs_all=False)
    residents = family.residents()
    if policy == "resident" and len(residents) == 1:
        return Quorum(people=residents, needs_all=True)
    return Quorum(people=family.keys, needs_all=True)
