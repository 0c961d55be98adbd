"""What a department's staff see: exactly what was delivered to them.

- `Inbox.departments(session) -> tuple[DepartmentChoice, ...]`
- `Inbox.list(session, department) -> InboxList`: the newest version of each stream.
- `Inbox.open(session, item_id) -> InboxItem`, `Inbox.confirm(session, item_id)`
- `Inbox.export(session, department, key) -> Representation`: `csv`, `xlsx` or `json`.

Opening, confirming and taking out are audited. A case whose family has become
protected is gone from every list at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from formbuilder.audit import Event
from formbuilder.database import inbox
from formbuilder.database.connection import TenantConnection
from formbuilder.database.inbox import InboxRow as StoredRow
from formbuilder.delivery import bundle
from formbuilder.services.auditing import note, record, refuse
from formbuilder.services.concealing import Concealing
from formbuilder.services.inbox_views import (
    DepartmentChoice,
    InboxItem,
    InboxList,
    InboxRow,
)
from formbuilder.services.live_columns import LiveColumns
from formbuilder.services.order_content import OrderContent, read_order
from formbuilder.services.sessions import Session
from formbuilder.services.tools import Tools
from renderers.document import Cell, DocumentInput
from renderers.documents import document
from renderers.plain import plain
from schemas.directory import Department
from schemas.representation import Representation
from schemas.visible import visible

__all__ = ["DepartmentChoice", "Inbox", "InboxItem", "InboxList", "InboxRow"]

EXPORTS = frozenset({"csv", "xlsx", "json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    stored: StoredRow
    content: OrderContent
    columns: tuple[tuple[str, str, object], ...]
    documents: tuple[Representation, ...] = ()


class Inbox:
    """Reads inboxes for those who belong to the department."""

    def __init__(self, tools: Tools, concealing: Concealing, live: LiveColumns) -> None:
        self._tools = tools
        self._concealing = concealing
        self._live = live

    def departments(self, session: Session) -> tuple[DepartmentChoice, ...]:
        """Return the person's departments.

        Raises:
            Refused: they belong to none.
        """
        found = self._theirs(session)
        if not found:
            raise refuse(self._tools, session, "no_department")
        return tuple(
            DepartmentChoice(key=d.key, title=d.title, sealed=d.sealed) for d in found
        )

    def list(self, session: Session, department: str) -> InboxList:
        """Return the newest version of everything the department was told."""
        which = self._department(session, department)
        rows = self._newest(session.tenant, which)
        if which.sealed:
            return InboxList(
                columns=(), rows=tuple(_listed_sealed(stored) for stored in rows)
            )
        opened = [self._opened(session.tenant, which, stored) for stored in rows]
        columns = _columns(opened)
        return InboxList(
            columns=columns, rows=tuple(_listed(one, columns) for one in opened)
        )

    def open(self, session: Session, item_id: str) -> InboxItem:
        """Return one delivery with all its columns; audited.

        Raises:
            Refused: it is another department's, or concealed, or made up; audited.
        """
        which, stored = self._item(session, item_id)
        opened = self._opened(session.tenant, which, stored)
        now = self._tools.clock()

        def work(tc: TenantConnection) -> None:
            inbox.mark_opened(tc, which.key, item_id, at=now)
            self._audit(tc, session, Event.INBOX_OPENED, item_id, which.key)

        self._tools.database.write(session.tenant, work)
        return InboxItem(
            row=_listed(opened, ()),
            columns=tuple(
                (name, title, _text(value)) for name, title, value in opened.columns
            ),
            history=self._history(session.tenant, which.key, stored),
            documents=opened.documents,
        )

    def confirm(self, session: Session, item_id: str) -> None:
        """Note that the department has taken the delivery in; audited."""
        which, _ = self._item(session, item_id)
        now = self._tools.clock()

        def work(tc: TenantConnection) -> None:
            inbox.mark_confirmed(tc, which.key, item_id, at=now, by=session.person_key)
            self._audit(tc, session, Event.INBOX_CONFIRMED, item_id, which.key)

        self._tools.database.write(session.tenant, work)

    def export(self, session: Session, department: str, key: str) -> Representation:
        """Return the department's list as a file; audited."""
        which = self._department(session, department)
        if key not in EXPORTS:
            raise refuse(self._tools, session, "no_such_export")
        opened = [
            self._opened(session.tenant, which, stored)
            for stored in self._newest(session.tenant, which)
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
                title=which.title,
                made_at=now,
                records=tuple(
                    tuple(
                        Cell(name=name, title=title, value=value)
                        for name, title, value in one.columns
                    )
                    for one in opened
                    if not one.content.is_ended
                ),
            )
        )

    def _theirs(self, session: Session) -> tuple[Department, ...]:
        if session.kind != "staff":
            return ()
        directory = self._tools.directories[session.tenant]
        return directory.departments_of(session.personal_number)

    def _department(self, session: Session, key: str) -> Department:
        for department in self._theirs(session):
            if department.key == key:
                return department
        raise refuse(self._tools, session, "foreign_department")

    def _item(self, session: Session, item_id: str) -> tuple[Department, StoredRow]:
        for department in self._theirs(session):
            with self._tools.database.read(session.tenant) as tc:
                row = inbox.get(tc, department.key, item_id)
            if row is not None and not self._concealing.hides(session.tenant, row):
                return department, row
        raise refuse(self._tools, session, "foreign_delivery", item_id)

    def _newest(self, tenant: str, department: Department) -> Sequence[StoredRow]:
        with self._tools.database.read(tenant) as tc:
            rows = inbox.of_department(tc, department.key)
        newest: dict[tuple[str, str], StoredRow] = {}
        for row in rows:
            there = newest.get((row.ref, row.receiver))
            if there is None or row.version > there.version:
                newest[row.ref, row.receiver] = row
        return [
            row for row in newest.values() if not self._concealing.hides(tenant, row)
        ]

    def _opened(
        self, tenant: str, department: Department, stored: StoredRow
    ) -> _Opened:
        found = bundle.unseal(
            self._tools.keyring,
            tenant=tenant,
            department=department.key,
            order_id=stored.order_id,
            sealed=stored.content_sealed,
            is_sealed=department.sealed,
        )
        content = read_order(found.payload)
        live = () if content.is_ended else self._live.of(tenant, stored)
        return _Opened(
            stored=stored,
            content=content,
            columns=(*content.columns, *live),
            documents=found.documents,
        )

    def _history(
        self, tenant: str, department: str, stored: StoredRow
    ) -> tuple[tuple[int, datetime], ...]:
        with self._tools.database.read(tenant) as tc:
            rows = inbox.of_department(tc, department)
        return tuple(
            (row.version, row.received_at)
            for row in sorted(rows, key=lambda row: row.version)
            if (row.ref, row.receiver) == (stored.ref, stored.receiver)
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


def _columns(opened: Sequence[_Opened]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for one in opened:
        for name, title, _ in one.columns:
            found.setdefault(name, title)
    return tuple(found.items())


def _listed(one: _Opened, columns: Sequence[tuple[str, str]]) -> InboxRow:
    values: Mapping[str, object] = {name: value for name, _, value in one.columns}
    return InboxRow(
        id=one.stored.id,
        ref=one.stored.ref,
        receiver=one.stored.receiver,
        title=one.content.title,
        version=one.stored.version,
        received_at=one.stored.received_at,
        opened_at=one.stored.opened_at,
        confirmed_at=one.stored.confirmed_at,
        is_ended=one.content.is_ended,
        values=tuple(_text(values.get(name)) for name, _ in columns),
    )


def _listed_sealed(stored: StoredRow) -> InboxRow:
    return InboxRow(
        id=stored.id,
        ref=stored.ref,
        receiver=stored.receiver,
        title=stored.ref[:8],
        version=stored.version,
        received_at=stored.received_at,
        opened_at=stored.opened_at,
        confirmed_at=stored.confirmed_at,
        is_ended=False,
        values=(),
    )


def _text(value: object) -> str:
    return visible(plain(value))
