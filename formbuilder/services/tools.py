"""What every service works with: the edges of the system, given once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from formbuilder.database.database import Database
from formbuilder.identity.provider import IdentityProvider
from formbuilder.keyring import Keyring
from formbuilder.objects import ObjectStore
from formbuilder.register.register import PopulationRegister
from formbuilder.scanning.scanner import Scanner
from formbuilder.scanning.scanners.off import Off
from schemas.directory import Directory
from schemas.lint_subject import CHANNELS

Placements = Callable[[str, str], Mapping[str, str]]
"""What the placement system knows of a person, by tenant and personal number."""


def no_placements(_tenant: str, _personal_number: str) -> Mapping[str, str]:
    """Know nothing: a missing source is absent, never a default."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Database, keys, clock, randomness and peers of one installation."""

    database: Database
    keyring: Keyring
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    token_bytes: Callable[[int], bytes]
    register: PopulationRegister
    providers: Mapping[str, IdentityProvider]
    directories: Mapping[str, Directory]
    placements: Placements = field(default=no_placements)
    objects: ObjectStore | None = None
    scanner: Scanner = field(default_factory=Off)
    channels: frozenset[str] = CHANNELS
    is_test: bool = True

    def person_key(self, tenant: str, personal_number: str) -> str:
        """Return the installation's own name for a person."""
        return self.keyring.index(tenant, "person", personal_number)

    def reference(self, tenant: str, case_id: str, department: str) -> str:
        """Return a department's own id for a case, which no other department has."""
        return self.keyring.index(tenant, "ref", f"{case_id}/{department}")[:32]
