"""What one signature changes in a case, decided without touching anything.

A version of a unit waits until its verdict lets it arrive; then it is the current
one and the version before it is replaced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from schemas.case_state import CaseState, Offer, Version
from schemas.consent import Choice, latest
from schemas.pointers import ABSENT, get
from schemas.policies import Verdict, added_signers, quorum, verdict
from schemas.safeguards import eases
from schemas.units import Unit

__all__ = [
    "Acceptance",
    "CaseState",
    "Offer",
    "Version",
    "accept",
    "standing",
    "wanted_from",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """The case after the signature, and the ids of what changed."""

    state: CaseState
    new: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = field(default=())

    def version(self, key: str) -> Version:
        """Return the version with this id; the caller knows it exists."""
        return next(v for v in self.state.versions if v.id == key)


def accept(
    before: CaseState,
    offers: Sequence[Offer],
    choices: Sequence[Choice],
    *,
    signer: str,
    now: datetime,
) -> Acceptance:
    """Return the case with the signer's offers in it and all that follows."""
    state = replace(before, choices=(*before.choices, *choices))
    state = _arrived(state, now)
    for offer in offers:
        state = replace(state, versions=_with(state, offer, signer, now))
        state = _arrived(state, now)
    return _difference(before, state, tuple(choices))


def standing(state: CaseState, version: Version) -> Verdict:
    """Return what the signatures on a version mean as the register stands."""
    unit = state.units[version.key]
    current = state.current(version.place)
    is_easing = _is_easing(unit, current, version)
    needed = quorum(
        unit,
        state.family,
        owner=version.owner,
        is_change=_has_earlier(state, version),
        is_easing=is_easing,
        added=added_signers(
            unit, state.family, [v.answers for v in (current, version) if v]
        ),
    )
    found = verdict(
        unit,
        needed,
        # A signature counts only while the register says its giver decides.
        signed=version.signed & frozenset(state.family.keys),
        declined=version.declined,
        is_easing=is_easing,
    )
    return _joint(state, unit, version, found) if unit.is_joint_consent else found


def wanted_from(state: CaseState, person: str) -> tuple[Version, ...]:
    """Return the versions this guardian has not said anything about and may sign."""
    return tuple(
        version
        for version in state.versions
        if (version.is_waiting or version.is_current)
        and person not in version.signed | version.declined
        and person in standing(state, version).waits_for
    )


def _with(
    state: CaseState, offer: Offer, signer: str, now: datetime
) -> tuple[Version, ...]:
    if offer.kind == "agree":
        return _said(state, offer.id, signed=frozenset({signer}))
    if offer.kind == "decline":
        return _said(state, offer.id, declined=frozenset({signer}))
    earlier = tuple(
        replace(v, replaced_at=now) if v.place == offer.place and v.is_waiting else v
        for v in state.versions
    )
    number = max((v.number for v in earlier if v.place == offer.place), default=0) + 1
    return (*earlier, _version(offer, number, signer, now))


def _version(offer: Offer, number: int, signer: str, now: datetime) -> Version:
    return Version(
        id=offer.id,
        section=offer.section,
        part=offer.part,
        owner=offer.owner,
        number=number,
        answers=offer.answers,
        sealed_to=offer.sealed_to,
        created_at=now,
        signed=frozenset({signer}),
    )


def _said(
    state: CaseState,
    key: str,
    signed: frozenset[str] = frozenset(),
    declined: frozenset[str] = frozenset(),
) -> tuple[Version, ...]:
    return tuple(
        replace(v, signed=v.signed | signed, declined=v.declined | declined)
        if v.id == key
        else v
        for v in state.versions
    )


def _arrived(state: CaseState, now: datetime) -> CaseState:
    """Accept or turn down everything whose verdict is reached."""
    for version in state.versions:
        if not version.is_waiting:
            continue
        found = standing(state, version)
        if found.arrives:
            state = replace(state, versions=_accepted(state, version, now))
        elif found.is_declined:
            state = replace(
                state,
                versions=tuple(
                    replace(v, declined_at=now) if v.id == version.id else v
                    for v in state.versions
                ),
            )
    return state


def _accepted(state: CaseState, version: Version, now: datetime) -> tuple[Version, ...]:
    changed = []
    for v in state.versions:
        if v.id == version.id:
            changed.append(replace(v, accepted_at=now))
        elif v.place == version.place and v.is_current:
            changed.append(replace(v, replaced_at=now))
        else:
            changed.append(v)
    return tuple(changed)


def _has_earlier(state: CaseState, version: Version) -> bool:
    return any(
        v.place == version.place and v.accepted_at and v.number < version.number
        for v in state.versions
    )


def _is_easing(unit: Unit, current: Version | None, version: Version) -> bool:
    if not unit.is_safeguard or current is None or current.id == version.id:
        return False
    if current.answers is None or version.answers is None:
        return False
    return eases(current.answers, version.answers)


def _joint(state: CaseState, unit: Unit, version: Version, found: Verdict) -> Verdict:
    """Let a no arrive at once, and a yes when every guardian has said something."""
    answers = version.answers or {}
    values = [get(answers, pointer) for pointer in unit.consents]
    silent = tuple(
        guardian
        for guardian in state.family.keys
        if guardian != version.owner and not _has_spoken(state, unit, guardian)
    )
    is_no = any(value is not True for value in values if value is not ABSENT)
    return replace(
        found,
        arrives=found.is_complete and (is_no or not silent),
        waits_for=(*found.waits_for, *silent),
    )


def _has_spoken(state: CaseState, unit: Unit, guardian: str) -> bool:
    """Tell whether a guardian has said yes or no to anything in the unit.

    Who said no to everything was never asked about the name beside the picture.
    """
    return any(
        latest(state.choices, purpose, guardian) is not None
        for purpose in unit.consents.values()
    )


def _difference(
    before: CaseState, after: CaseState, choices: tuple[Choice, ...]
) -> Acceptance:
    old = {v.id: v for v in before.versions}

    def ids(changed: Iterable[Version]) -> tuple[str, ...]:
        return tuple(v.id for v in changed)

    return Acceptance(
        state=after,
        new=ids(v for v in after.versions if v.id not in old),
        accepted=ids(
            v
            for v in after.versions
            if v.accepted_at and not (v.id in old and old[v.id].accepted_at)
        ),
        declined=ids(
            v
            for v in after.versions
            if v.declined_at and not (v.id in old and old[v.id].declined_at)
        ),
        replaced=ids(
            v
            for v in after.versions
            if v.replaced_at and v.id in old and not old[v.id].replaced_at
        ),
        choices=choices,
    )
