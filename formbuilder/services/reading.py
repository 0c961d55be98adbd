"""The cases a person may see: as a guardian of the child, or as who sent them."""

from collections.abc import Iterable, Mapping

from formbuilder.database import cases
from formbuilder.database.cases import CaseRow
from formbuilder.services.auditing import refuse
from formbuilder.services.casebook import CaseFile, load
from formbuilder.services.family import Families
from formbuilder.services.forms import Forms
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.compiling import CompiledForm
from schemas.people import Family


class Reading:
    """Finds cases for people, asking the register who they are guardians of."""

    def __init__(self, tools: Tools, forms: Forms, families: Families) -> None:
        self._tools = tools
        self._forms = forms
        self._families = families

    def case(
        self, session: Session, case_id: str, family: Family | None = None
    ) -> tuple[CaseFile, CompiledForm]:
        """Return a case the person takes part in; `family` if it was read just now.

        Raises:
            Refused: it is others', or made up; audited.
            ProtectedStop: somebody in the family is or may be protected.
        """
        with self._tools.database.read(session.tenant) as tc:
            row = cases.get(tc, case_id)
        if row is None:
            raise refuse(self._tools, session, "foreign_case", case_id)
        return self._opened(session, row, family or self._family(session, row))

    def all(self, session: Session) -> tuple[tuple[CaseFile, CompiledForm], ...]:
        """Return every case of the person's children and their own, newest first."""
        families = self._all_families(session)
        with self._tools.database.read(session.tenant) as tc:
            own = [
                row
                for row in cases.opened_by(tc, session.person_key)
                if not row.subject_key
            ]
            rows = [*cases.about(tc, tuple(families)), *own]
        rows.sort(key=lambda row: row.created_at, reverse=True)
        return tuple(
            self._opened(session, row, families[row.subject_key])
            if row.subject_key
            else self._opened(session, row, self._families.own(session))
            for row in rows
        )

    def _all_families(self, session: Session) -> Mapping[str, Family]:
        """Return the open families by child; a protected one is not even counted."""
        return {
            family.child.key: family
            for family in self._families.open_families(session)
            if family.child is not None
        }

    def _family(self, session: Session, row: CaseRow) -> Family:
        if row.subject_key:
            return self._families.family(session, row.subject_key)
        if row.opened_by != session.person_key:
            raise refuse(self._tools, session, "foreign_case", row.id)
        return self._families.own(session)

    def _opened(
        self, session: Session, row: CaseRow, family: Family
    ) -> tuple[CaseFile, CompiledForm]:
        form = self._forms.at(session.tenant, row.form_id, row.version)
        found = load(self._tools, session.tenant, row.id, form.definition, family)
        if found is None:
            raise refuse(self._tools, session, "foreign_case", row.id)
        return found, form


def names(family: Family, keys: Iterable[str], reader: str) -> tuple[str, ...]:
    """Return what to call people to one of them: by given name, no more."""
    return tuple(
        person.given_name
        for key in keys
        if key != reader and (person := family.guardian(key)) is not None
    )
