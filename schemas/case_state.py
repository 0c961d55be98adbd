"""A case as a decision sees it: versions of units, who said what, and what is offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from schemas.consent import Choice
from schemas.definition import Json
from schemas.people import Family
from schemas.units import Unit

Key = tuple[str, str]
Units = Mapping[Key, Unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a unit's answers and who has said what about it.

    `answers` is None when they are sealed to a department and were not opened.
    """

    id: str
    section: str
    part: str
    owner: str = ""
    number: int = 1
    answers: Json = None
    sealed_to: str = ""
    created_at: datetime
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    replaced_at: datetime | None = None
    diary_number: str = ""
    signed: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """Return section and part."""
        return self.section, self.part

    @property
    def place(self) -> tuple[str, str, str]:
        """Return what versions of the same answers share."""
        return self.section, self.part, self.owner

    @property
    def is_waiting(self) -> bool:
        """Tell whether it has neither arrived nor been turned down or replaced."""
        return not (self.accepted_at or self.declined_at or self.replaced_at)

    @property
    def is_current(self) -> bool:
        """Tell whether these are the answers that count."""
        return self.accepted_at is not None and self.replaced_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the signer says about one unit.

    `new` brings answers under an id chosen before signing; `agree` and `decline`
    are about the waiting version with this id.
    """

    kind: Literal["new", "agree", "decline"]
    id: str
    section: str
    part: str
    owner: str = ""
    answers: Json = None
    sealed_to: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """Return whose answers to what this is about."""
        return self.section, self.part, self.owner


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """Everything a decision about a case rests on."""

    units: Units
    family: Family
    versions: tuple[Version, ...] = ()
    choices: tuple[Choice, ...] = ()

    def current(self, place: tuple[str, str, str]) -> Version | None:
        """Return the version that counts, if one has arrived."""
        found = [v for v in self.versions if v.place == place and v.is_current]
        return max(found, key=lambda v: v.number, default=None)

    def waiting(self, place: tuple[str, str, str]) -> Version | None:
        """Return the newest version that waits, if any does."""
        found = [v for v in self.versions if v.place == place and v.is_waiting]
        return max(found, key=lambda v: v.number, default=None)
