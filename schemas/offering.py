"""What a person's draft says to a case: new answers, agreement, or nothing new."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from schemas.acceptance import CaseState, Offer, Version
from schemas.definition import Json
from schemas.policies import owner_of
from schemas.safeguards import strictest
from schemas.units import Unit, unit_answers

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """The offers in the form's order, and the sections somebody else changed meanwhile."""

    offers: tuple[Offer, ...]
    stale: tuple[str, ...] = ()


def fingerprint(answers: Json) -> str:
    """Return a digest that equal answers share; kept sealed, as it is not keyed."""
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def has_answers(document: Json) -> bool:
    """Tell whether a document holds any answer besides empty containers."""
    if isinstance(document, Mapping):
        return any(has_answers(value) for value in document.values())
    if isinstance(document, list):
        return bool(document)
    return True


def mine(state: CaseState, signer: str) -> dict[Place, Version]:
    """Return the newest version of everything this person answers together or alone.

    What waits comes before what has arrived; the other guardian's own is not here.
    """
    found = {}
    for unit in state.units.values():
        place = (*unit.key, owner_of(unit, state.family, signer))
        version = state.waiting(place) or state.current(place)
        if version is not None:
            found[place] = version
    return found


def shown(state: CaseState, signer: str) -> tuple[Version, ...]:
    """Return what counts now of everything this person answers, and what waits beside it.

    A change that waits does not hide what counts until it arrives.
    """
    return tuple(
        version
        for unit in state.units.values()
        for place in ((*unit.key, owner_of(unit, state.family, signer)),)
        for version in (state.current(place), state.waiting(place))
        if version is not None
    )


def is_change(state: CaseState, version: Version) -> bool:
    """Tell whether a version waits while another of the same counts."""
    return version.is_waiting and state.current(version.place) is not None


def offering(
    state: CaseState,
    answers: Json,
    base: Mapping[Place, str],
    *,
    signer: str,
    new_id: Callable[[], str],
) -> Offering:
    """Compare a draft with its case, unit by unit.

    `base` has the fingerprints of what the draft began with. What the draft left as
    it was follows the case; what both changed is stale and must be looked at again.
    """
    offers: list[Offer] = []
    stale: list[str] = []
    for unit in state.units.values():
        said = _Said(state, unit, answers, base, signer)
        if said.is_stale:
            stale.append(unit.section)
        else:
            offers.extend(said.offers(new_id))
    return Offering(offers=tuple(offers), stale=tuple(dict.fromkeys(stale)))


class _Said:
    """One unit of the draft beside the same unit of the case."""

    def __init__(
        self,
        state: CaseState,
        unit: Unit,
        answers: Json,
        base: Mapping[Place, str],
        signer: str,
    ) -> None:
        self.unit, self.signer = unit, signer
        self.place: Place = (*unit.key, owner_of(unit, state.family, signer))
        self.answers = unit_answers(unit, answers)
        self.current = state.current(self.place)
        self.waiting = state.waiting(self.place)
        self.latest = self.waiting or self.current
        self.began = base.get(self.place, fingerprint({}))

    @property
    def is_equal(self) -> bool:
        """Tell whether the draft says what the case says."""
        return self.latest is not None and _same(self.latest.answers, self.answers)

    @property
    def is_untouched(self) -> bool:
        """Tell whether the draft still says what it began with."""
        was = self.began
        if fingerprint(self.answers) == was:
            return True
        return was == fingerprint({}) and not has_answers(self.answers)

    @property
    def is_stale(self) -> bool:
        """Tell whether both the draft and the case have moved from where it began."""
        if self.latest is None or self.latest.answers is None:
            return False
        if self.is_equal or self.is_untouched:
            return False
        return self.began != fingerprint(self.latest.answers)

    def offers(self, new_id: Callable[[], str]) -> Iterator[Offer]:
        """Yield what the draft says about this unit."""
        if self.latest is None:
            if has_answers(self.answers):
                yield self._new(new_id(), self.answers)
        elif self.is_equal:
            if self.waiting is not None and self.signer not in self.waiting.signed:
                yield self._about(self.waiting, "agree")
        elif not self.is_untouched:
            yield from self._changed(new_id)

    def _changed(self, new_id: Callable[[], str]) -> Iterator[Offer]:
        current = self.current.answers if self.current is not None else None
        if self.waiting is not None and _same(current, self.answers):
            yield self._about(self.waiting, "decline")
            return
        if self.unit.is_safeguard and current is not None:
            # What the change adds counts at once; what it eases waits for all.
            together = strictest(current, self.answers)
            if not (_same(together, current) or _same(together, self.answers)):
                yield self._new(new_id(), together)
        yield self._new(new_id(), self.answers)

    def _new(self, key: str, answers: Json) -> Offer:
        section, part, owner = self.place
        return Offer(
            kind="new", id=key, section=section, part=part, owner=owner, answers=answers
        )

    def _about(self, version: Version, kind: str) -> Offer:
        section, part, owner = self.place
        return Offer(
            kind="agree" if kind == "agree" else "decline",
            id=version.id,
            section=section,
            part=part,
            owner=owner,
        )


def _same(one: Json, other: Json) -> bool:
    # True and 1 are equal in Python and different in JSON.
    return fingerprint(one) == fingerprint(other)
