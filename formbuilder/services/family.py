"""Who a person may act for, as the population register says today.

- `Families.children(session)`: the children to choose between.
- `Families.family(session, subject_key)`: child and guardians, gate passed.
- `Families.own(session)`: the one who answers about themselves or about nobody.

Protected or unknown status of anyone concerned stops before the first question.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from formbuilder.register.register import PersonRecord
from formbuilder.services.auditing import refuse, stop
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.local_time import LOCAL
from schemas.people import Family, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildChoice:
    """A child to choose; `id` is the subject's key."""

    id: str
    given_name: str
    family_name: str
    initials: str
    birth_year: int


class Families:
    """Answers about families; every call asks the register."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def children(self, session: Session) -> tuple[ChildChoice, ...]:
        """Return the children the person is a guardian of today.

        Raises:
            ProtectedStop: the person's own status is protected or unknown.
        """
        self._person(session)
        records = self._children(session)
        return tuple(self._choice(session.tenant, record) for record in records)

    def family(self, session: Session, subject_key: str) -> Family:
        """Return the child and all guardians.

        Raises:
            Refused: the person is no guardian of such a child; audited.
            ProtectedStop: somebody in the family is or may be protected.
        """
        tenant, key = session.tenant, self._tools.person_key
        for record in self._children(session):
            if key(tenant, record.personal_number) == subject_key:
                return self._gate(session, self._family(tenant, record))
        raise refuse(self._tools, session, "not_a_guardian", subject_key)

    def open_families(self, session: Session) -> tuple[Family, ...]:
        """Return the families of the person's children in which nobody is protected."""
        found = (
            self._family(session.tenant, record) for record in self._children(session)
        )
        return tuple(
            family
            for family in found
            if family.is_open and family.guardian(session.person_key) is not None
        )

    def by_child(self, tenant: str, personal_number: str) -> Family | None:
        """Return a child's family whoever asks; None when there is no such child."""
        record = self._tools.register.person(personal_number)
        return self._family(tenant, record) if record is not None else None

    def is_open(self, tenant: str, personal_number: str) -> bool:
        """Tell whether nobody in a child's family is or may be protected today."""
        family = self.by_child(tenant, personal_number)
        return family is not None and family.is_open

    def own(self, session: Session) -> Family:
        """Return whoever answers about themselves, or somebody nobody knows.

        Raises:
            ProtectedStop: their status is protected or unknown.
        """
        if not session.is_known:
            return Family(guardians=(Person(key=session.person_key),))
        return Family(guardians=(self._person(session),))

    def _person(self, session: Session) -> Person:
        record = self._tools.register.person(session.personal_number)
        people = [] if record is None else [self._as_person(session.tenant, record)]
        found = Family(guardians=tuple(people))
        if not people or not found.is_open:
            raise stop(self._tools, session)
        return people[0]

    def _children(self, session: Session) -> tuple[PersonRecord, ...]:
        if session.kind != "guardian":
            return ()
        on = self._today()
        return self._tools.register.children_of(session.personal_number, on)

    def _family(self, tenant: str, child: PersonRecord) -> Family:
        guardians = self._tools.register.guardians_of(
            child.personal_number, self._today()
        )
        return Family(
            child=self._as_person(tenant, child),
            guardians=tuple(self._everyone(tenant, guardians)),
        )

    def _gate(self, session: Session, family: Family) -> Family:
        if family.guardian(session.person_key) is None:
            raise refuse(self._tools, session, "not_a_guardian", "")
        if not family.is_open:
            raise stop(self._tools, session)
        return family

    def _everyone(self, tenant: str, records: Iterable[PersonRecord]) -> list[Person]:
        return [self._as_person(tenant, record) for record in records]

    def _as_person(self, tenant: str, record: PersonRecord) -> Person:
        return Person(
            key=self._tools.person_key(tenant, record.personal_number),
            personal_number=record.personal_number,
            given_name=record.given_name,
            family_name=record.family_name,
            address=tuple(record.address),
            address_id=record.address_id,
            protection=record.protection,
        )

    def _choice(self, tenant: str, record: PersonRecord) -> ChildChoice:
        person = self._as_person(tenant, record)
        return ChildChoice(
            id=person.key,
            given_name=person.given_name,
            family_name=person.family_name,
            initials=person.initials,
            birth_year=int(person.personal_number[:4]),
        )

    def _today(self) -> date:
        return self._tools.clock().astimezone(LOCAL).date()
