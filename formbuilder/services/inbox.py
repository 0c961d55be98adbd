"""What a department's staff see: exactly what was delivered to them.

- `Inbox.departments(session) -> tuple[DepartmentChoice, ...]`
- `Inbox.tabs(session, department) -> tuple[InboxTab, ...]`: one for each view.
- `Inbox.list(session, department) -> InboxList`: the newest version of each stream.
- `Inbox.open(session, item_id) -> InboxItem`, `Inbox.confirm(session, item_id)`
- `Inbox.close(session, department, item_id)`: ends the matter, for its board's staff.
- `Inbox.take(session, department, item_id, number) -> Download`: a document or file.
- `Inbox.export(session, department, key) -> Representation`: `csv`, `xlsx` or `json`.

Lists and tables have the words people chose among, JSON the codes as delivered.
Opening, confirming and taking out are audited. A case whose family has become
protected is gone from every list at once.
"""

from collections.abc import Iterator

from formbuilder.audit import Event
from formbuilder.database import inbox
from formbuilder.database.connection import TenantConnection
from formbuilder.database.inbox import InboxRow as StoredRow
from formbuilder.services.auditing import note, record, refuse
from formbuilder.services.carrying import Carrying
from formbuilder.services.closing import Closing
from formbuilder.services.concealing import Concealing
from formbuilder.services.inbox_doors import InboxDoors
from formbuilder.services.inbox_reading import (
    InboxReading,
    OpenedDelivery,
    columns_of,
    files_of,
    in_text,
    listed,
    listed_sealed,
)
from formbuilder.services.inbox_views import (
    DepartmentChoice,
    Download,
    InboxFile,
    InboxItem,
    InboxList,
    InboxRow,
    InboxTab,
)
from formbuilder.services.receiver_views import ReceiverViews
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from renderers.document import Cell, DocumentInput
from renderers.documents import CODED, document
from schemas.representation import Representation

__all__ = [
    "DepartmentChoice",
    "Download",
    "Inbox",
    "InboxFile",
    "InboxItem",
    "InboxList",
    "InboxRow",
    "InboxTab",
]

EXPORTS = frozenset({"csv", "xlsx", "json"})


class Inbox:
    """Reads inboxes for those who belong to the department."""

    def __init__(
        self,
        tools: Tools,
        concealing: Concealing,
        views: ReceiverViews,
        carrying: Carrying,
    ) -> None:
        self._tools = tools
        self._carrying = carrying
        self._reading = InboxReading(tools, concealing, views)
        self._doors = InboxDoors(tools, concealing)
        self._closing = Closing(tools)
        self._views = views

    def departments(
        self, session: Session, language: str = "sv"
    ) -> tuple[DepartmentChoice, ...]:
        """Return the person's departments.

        Raises:
            Refused: they belong to none.
        """
        found = self._doors.theirs(session)
        if not found:
            raise refuse(self._tools, session, "no_department")
        return tuple(
            DepartmentChoice(key=d.key, title=d.title_in(language), sealed=d.sealed)
            for d in found
        )

    def tabs(
        self, session: Session, department: str, language: str = "sv"
    ) -> tuple[InboxTab, ...]:
        """Return the department's lists, by the view each is made of."""
        which = self._doors.department(session, department)
        found: dict[str, list[StoredRow]] = {}
        for stored in self._reading.newest(session.tenant, which):
            found.setdefault(stored.receiver, []).append(stored)
        return tuple(
            InboxTab(
                receiver=receiver,
                title=self._reading.title(session.tenant, rows[0], language),
                unconfirmed=sum(1 for row in rows if row.confirmed_at is None),
            )
            for receiver, rows in sorted(found.items())
        )

    def list(
        self,
        session: Session,
        department: str,
        *,
        receiver: str = "",
        language: str = "sv",
    ) -> InboxList:
        """Return the newest version of what the department was told, of one view or all."""
        which = self._doors.department(session, department)
        rows = self._reading.newest(session.tenant, which, receiver)
        if which.sealed:
            return InboxList(
                columns=(), rows=tuple(listed_sealed(stored) for stored in rows)
            )
        opened = [
            self._reading.opened(session.tenant, which, stored) for stored in rows
        ]
        columns = columns_of(opened, language)
        return InboxList(
            columns=columns,
            rows=tuple(listed(one, columns, language) for one in opened),
        )

    def open(self, session: Session, item_id: str, language: str = "sv") -> InboxItem:
        """Return one delivery with all its columns; audited.

        Raises:
            Refused: it is another department's, or concealed, or made up; audited.
        """
        which, stored = self._doors.item(session, item_id)
        opened = self._reading.opened(session.tenant, which, stored)
        now = self._tools.clock()

        def work(tc: TenantConnection) -> None:
            inbox.mark_opened(tc, which.key, item_id, at=now)
            self._audit(tc, session, Event.INBOX_OPENED, item_id, which.key)

        self._tools.database.write(session.tenant, work)
        return InboxItem(
            row=listed(opened, (), language),
            columns=tuple(
                (name, title, in_text(value, language))
                for name, title, value in opened.in_words(language)
            ),
            history=self._reading.history(session.tenant, which.key, stored),
            files=files_of(opened, language),
            closing=self._closing.standing(session.tenant, which, stored, opened.view),
        )

    def take(
        self, session: Session, department: str, item_id: str, number: int
    ) -> Download:
        """Return a document or file of a delivery, counted from 1; audited.

        Raises:
            Refused: it is another department's, or concealed, or made up; audited.
        """
        which, stored = self._doors.item(session, item_id)
        opened = self._reading.opened(session.tenant, which, stored)
        offered = files_of(opened, "sv")
        if which.key != department or not 1 <= number <= len(offered):
            raise refuse(self._tools, session, "no_such_file", item_id)
        chunks = self._chunks(session.tenant, opened, number - 1)
        note(
            self._tools,
            session.tenant,
            Event.INBOX_FILE_TAKEN,
            actor=session.person_key,
            about=item_id,
            department=which.key,
            number=str(number),
        )
        wanted = offered[number - 1]
        return Download(
            name=wanted.name,
            media_type=wanted.media_type,
            size=wanted.size,
            chunks=chunks,
        )

    def _chunks(
        self, tenant: str, opened: OpenedDelivery, place: int
    ) -> Iterator[bytes]:
        documents = opened.documents
        if place < len(documents):
            return iter((documents[place].content,))
        file = opened.files[place - len(documents)]
        stored = opened.stored
        return self._carrying.read(tenant, stored.department, stored.order_id, file)

    def confirm(self, session: Session, item_id: str) -> None:
        """Note that the department has taken the delivery in; audited."""
        which, _ = self._doors.item(session, item_id)
        now = self._tools.clock()

        def work(tc: TenantConnection) -> None:
            inbox.mark_confirmed(tc, which.key, item_id, at=now, by=session.person_key)
            self._audit(tc, session, Event.INBOX_CONFIRMED, item_id, which.key)

        self._tools.database.write(session.tenant, work)

    def close(self, session: Session, department: str, item_id: str) -> None:
        """Close the matter a delivery is of; audited.

        Raises:
            Refused: it is not theirs to close; audited.
            NewerDelivery: something has come in that they have not seen.
        """
        which, stored = self._doors.item(session, item_id)
        if which.key != department:
            raise refuse(self._tools, session, "foreign_matter", item_id)
        view = self._views.find(session.tenant, stored)
        self._closing.close(session, which, stored, view)

    def export(
        self,
        session: Session,
        department: str,
        key: str,
        *,
        receiver: str = "",
        language: str = "sv",
    ) -> Representation:
        """Return the department's list as a file; audited."""
        which = self._doors.department(session, department)
        if key not in EXPORTS:
            raise refuse(self._tools, session, "no_such_export")
        opened = [
            self._reading.opened(session.tenant, which, stored)
            for stored in self._reading.newest(session.tenant, which, receiver)
        ]
        now = self._tools.clock()
        note(
            self._tools,
            session.tenant,
            Event.INBOX_EXPORTED,
            actor=session.person_key,
            about=which.key,
            document=key,
            rows=str(len(opened)),
        )
        return document(key).render(
            DocumentInput(
                id=f"{which.key}/{now.isoformat()}",
                name=f"{which.key}-{now:%Y%m%d}",
                title=which.title_in(language),
                made_at=now,
                language=language,
                records=tuple(
                    tuple(
                        Cell(name=name, title=title, value=value)
                        for name, title, value in (
                            one.columns if key in CODED else one.in_words(language)
                        )
                    )
                    for one in opened
                    if not one.content.is_ended
                ),
            )
        )

    def _audit(
        self,
        tc: TenantConnection,
        session: Session,
        event: Event,
        item_id: str,
        department: str,
    ) -> None:
        record(
            self._tools,
            tc,
            event,
            actor=session.person_key,
            about=item_id,
            department=department,
        )
