"""Whose inbox is whose: a member of staff comes in to their own departments alone."""

from formbuilder.database import inbox
from formbuilder.database.inbox import InboxRow
from formbuilder.services.auditing import refuse
from formbuilder.services.concealing import Concealing
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.directory import Department


class InboxDoors:
    """Lets staff in, asking the directory every time."""

    def __init__(self, tools: Tools, concealing: Concealing) -> None:
        self._tools = tools
        self._concealing = concealing

    def theirs(self, session: Session) -> tuple[Department, ...]:
        """Return the departments a person is a member of, at work."""
        if session.kind != "staff":
            return ()
        directory = self._tools.directories[session.tenant]
        return directory.departments_of(session.personal_number)

    def department(self, session: Session, key: str) -> Department:
        """Return one of the person's departments.

        Raises:
            Refused: it is not theirs, or made up; audited.
        """
        for department in self.theirs(session):
            if department.key == key:
                return department
        raise refuse(self._tools, session, "foreign_department")

    def item(self, session: Session, item_id: str) -> tuple[Department, InboxRow]:
        """Return a delivery to one of the person's departments.

        Raises:
            Refused: it is another department's, or concealed, or made up; audited.
        """
        for department in self.theirs(session):
            with self._tools.database.read(session.tenant) as tc:
                row = inbox.get(tc, department.key, item_id)
            if row is not None and not self._concealing.hides(session.tenant, row):
                return department, row
        raise refuse(self._tools, session, "foreign_delivery", item_id)
