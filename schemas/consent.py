"""Consent as a state per child and purpose: any no wins, and silence is a no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one guardian said about one purpose, and until when it holds."""

    purpose: str
    person: str
    value: bool
    at: datetime
    until: datetime | None = None

    def is_yes(self, now: datetime) -> bool:
        """Tell whether this is a yes that still holds."""
        return self.value and (self.until is None or now < self.until)


def latest(choices: Iterable[Choice], purpose: str, person: str) -> Choice | None:
    """Return what this guardian said last about the purpose."""
    said = [c for c in choices if c.purpose == purpose and c.person == person]
    # Of two said at the same moment the no counts.
    return max(said, key=lambda c: (c.at, not c.value), default=None)


def is_given(
    choices: Iterable[Choice], purpose: str, guardians: Iterable[str], now: datetime
) -> bool:
    """Tell whether every guardian in the register has said yes and it still holds."""
    said = tuple(choices)
    last = [latest(said, purpose, guardian) for guardian in guardians]
    return bool(last) and all(c is not None and c.is_yes(now) for c in last)


def ends(
    choices: Iterable[Choice], purposes: Iterable[str], people: Iterable[str]
) -> datetime | None:
    """Return when the last yes of these people to these purposes ends.

    None while any has no end, or when nobody has said anything. A no ended it all
    the moment it was said.
    """
    said, asked = tuple(choices), tuple(purposes)
    last = [
        choice
        for person in people
        for purpose in asked
        if (choice := latest(said, purpose, person)) is not None
    ]
    found = [choice.until if choice.value else choice.at for choice in last]
    known = [moment for moment in found if moment is not None]
    return max(known, default=None) if len(known) == len(found) else None


def withdrawal(purpose: str, person: str, now: datetime) -> Choice:
    """Return the no that takes a guardian's yes back."""
    return Choice(purpose=purpose, person=person, value=False, at=now)


def expired(
    choices: Iterable[Choice], since: datetime, now: datetime
) -> frozenset[str]:
    """Return the purposes whose yes ran out after `since` and until now."""
    return frozenset(
        c.purpose
        for c in choices
        if c.value and c.until is not None and since < c.until <= now
    )
