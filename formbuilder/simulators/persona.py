"""Who somebody in the simulators is, and why a tester would be them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from formbuilder.register.register import Gone, Protection

BankIdState = Literal["valid", "none", "blocked", "old_app", "risky", "no_hardware_id"]
Role = Literal["guardian", "child", "staff", "other"]


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be in a trial.

    Personas with the same `home` live together. `protection` of `unknown` leaves the
    register's flags out of its answer.
    """

    number: str
    given: str
    family: str
    role: Role
    story: str
    home: str = ""
    protection: Protection = "none"
    gone: Gone = ""
    gone_on: date | None = None
    bankid: BankIdState = "valid"
    department: str = ""

    @property
    def name(self) -> str:
        """Return the name as it is said."""
        return f"{self.given} {self.family}"

    @property
    def has_bankid(self) -> bool:
        """Tell whether they can be chosen on the phone."""
        return self.bankid != "none"


@dataclass(frozen=True, slots=True)
class Custody:
    """That somebody decides for a child; a guardian without a number has a name."""

    child: str
    guardian: str = ""
    since: date | None = None
    until: date | None = None
    is_appointed: bool = False
    name: str = ""
