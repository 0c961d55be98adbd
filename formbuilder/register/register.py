"""What a population register must be able to tell, and how it fails closed."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, Protocol

from schemas.errors import PermanentError, TemporaryError

Protection = Literal["none", "marked", "protected", "unknown"]
"""Nothing; sekretessmarkering; skyddad folkbokföring; the register did not say."""
Gone = Literal["", "dead", "emigrated", "deregistered"]


class RegisterUnavailable(TemporaryError):  # noqa: N818 - what happened to a peer
    """The register did not answer; nobody may be let in on a guess."""


class RegisterRefused(PermanentError):  # noqa: N818 - a verdict of theirs
    """The register will not answer us until somebody mends our access."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardianship:
    """That somebody decides for a child, from one day to another.

    `number` is the other person's; empty when the register has none for them.
    `is_appointed` tells a specially appointed guardian from a parent.
    """

    number: str
    name: str = ""
    since: date | None = None
    until: date | None = None
    is_appointed: bool = False

    def holds(self, on: date) -> bool:
        """Tell whether it holds that day; the last day is included."""
        return (self.since is None or self.since <= on) and (
            self.until is None or on <= self.until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """Somebody as the register knows them.

    `address_id` is the same for people registered at the same dwelling, and empty
    when it is not known. `gone_on` says since when they are dead or have left.
    """

    personal_number: str
    given_name: str = ""
    family_name: str = ""
    address: tuple[str, ...] = ()
    address_id: str = ""
    municipality_code: str = ""
    protection: Protection = "unknown"
    gone: Gone = ""
    gone_on: date | None = None
    guardians: tuple[Guardianship, ...] = field(default=(), repr=False)
    guardian_for: tuple[Guardianship, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """Return the name as it is said."""
        return f"{self.given_name} {self.family_name}".strip()

    def is_dead(self, on: date) -> bool:
        """Tell whether they were dead that day."""
        return self.gone == "dead" and (self.gone_on is None or self.gone_on <= on)


class PopulationRegister(Protocol):
    """One source of people and guardianships.

    Every method raises RegisterUnavailable or RegisterRefused rather than guess.
    """

    key: ClassVar[str]

    def person(self, personal_number: str) -> PersonRecord | None:
        """Return somebody, or None when the register does not know the number."""

    def children_of(self, personal_number: str, on: date) -> tuple[PersonRecord, ...]:
        """Return the children somebody decides for that day, the eldest first."""

    def guardians_of(self, child: str, on: date) -> tuple[PersonRecord, ...]:
        """Return everybody who decides for a child that day, in the register's order.

        The dead are left out. A guardian the register has no number or no record for
        is there all the same, with protection `unknown`.
        """
