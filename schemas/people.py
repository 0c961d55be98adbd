"""The people a form is about and the people who may answer it."""

from dataclasses import dataclass
from typing import Literal

Protection = Literal["none", "marked", "protected", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as the population register knows them.

    `key` is the installation's own name for them and says nothing to anybody else.
    `address_id` is empty when the register does not say where they live.
    """

    key: str
    personal_number: str = ""
    given_name: str = ""
    family_name: str = ""
    address: tuple[str, ...] = ()
    address_id: str = ""
    protection: Protection = "unknown"

    @property
    def name(self) -> str:
        """Return the name as it is said."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        """Return the first letter of each name.

        >>> Person(key="a", given_name="Alva", family_name="Ek").initials
        'A.E.'
        """
        names = (self.given_name, self.family_name)
        return "".join(f"{name[0]}." for name in names if name)

    @property
    def is_open(self) -> bool:
        """Tell whether the register says outright that nothing protects them."""
        return self.protection == "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Who decides together, in the register's order, and about whom.

    Without a child it is whoever answers about themselves or about nobody.
    """

    guardians: tuple[Person, ...]
    child: Person | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the guardians' keys in the register's order."""
        return tuple(guardian.key for guardian in self.guardians)

    @property
    def is_open(self) -> bool:
        """Tell whether neither the child nor any guardian is or may be protected."""
        everyone = (*self.guardians, *((self.child,) if self.child else ()))
        return all(person.is_open for person in everyone)

    def guardian(self, key: str) -> Person | None:
        """Return the guardian with this key, if there is one."""
        return next((g for g in self.guardians if g.key == key), None)

    def household(self, key: str) -> tuple[str, ...]:
        """Return the keys of the guardians who live with this one, in order.

        An unknown address is a household of its own.
        """
        me = self.guardian(key)
        if me is None or not me.address_id:
            return (key,)
        return tuple(g.key for g in self.guardians if g.address_id == me.address_id)

    def residents(self) -> tuple[str, ...]:
        """Return the keys of the guardians registered at the child's address."""
        if self.child is None or not self.child.address_id:
            return ()
        home = self.child.address_id
        return tuple(g.key for g in self.guardians if g.address_id == home)
