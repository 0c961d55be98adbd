"""Deliveries in an inbox, opened and put in words for those who may read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from formbuilder.database import inbox
from formbuilder.database.inbox import InboxRow as StoredRow
from formbuilder.delivery import bundle
from formbuilder.delivery.bundle import Listed
from formbuilder.services.concealing import Concealing
from formbuilder.services.inbox_views import InboxFile, InboxRow
from formbuilder.services.live_columns import LiveColumns
from formbuilder.services.order_content import OrderContent, read_order
from formbuilder.services.receiver_views import Column, ReceiverView, ReceiverViews
from formbuilder.services.tools import Tools
from renderers.plain import plain
from schemas.directory import Department
from schemas.representation import Representation
from schemas.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDelivery:
    """One delivery, with the view it was made by if that can still be found."""

    stored: StoredRow
    content: OrderContent
    columns: tuple[Column, ...]
    view: ReceiverView | None
    documents: tuple[Representation, ...] = ()
    files: tuple[Listed, ...] = ()

    def title_in(self, language: str) -> str:
        """Return what its view is called."""
        return self.view.title_in(language) if self.view else self.content.title

    def in_words(self, language: str) -> tuple[Column, ...]:
        """Return its columns as people read them."""
        if self.view is None:
            return self.columns
        named: dict[str, dict[str, str]] = {}
        for file in self.files:
            named.setdefault(file.column, {})[file.reference] = file.name
        return tuple(
            self.view.in_words(column, language, named.get(column[0]))
            for column in self.columns
        )


class InboxReading:
    """Reads what has come for a department; nothing of a concealed family."""

    def __init__(
        self, tools: Tools, concealing: Concealing, views: ReceiverViews
    ) -> None:
        self._tools = tools
        self._concealing = concealing
        self._views = views
        self._live = LiveColumns(tools)

    def title(self, tenant: str, stored: StoredRow, language: str) -> str:
        """Return what the view of a delivery is called."""
        view = self._views.find(tenant, stored)
        return view.title_in(language) if view else stored.receiver

    def newest(
        self, tenant: str, department: Department, receiver: str = ""
    ) -> Sequence[StoredRow]:
        """Return the newest version of each stream, of one view or of all."""
        with self._tools.database.read(tenant) as tc:
            rows = inbox.of_department(tc, department.key)
        newest: dict[tuple[str, str], StoredRow] = {}
        for row in rows:
            if receiver not in ("", row.receiver):
                continue
            there = newest.get((row.ref, row.receiver))
            if there is None or row.version > there.version:
                newest[row.ref, row.receiver] = row
        return [
            row for row in newest.values() if not self._concealing.hides(tenant, row)
        ]

    def opened(
        self, tenant: str, department: Department, stored: StoredRow
    ) -> OpenedDelivery:
        """Open a delivery with the department's key."""
        found = bundle.unseal(
            self._tools.keyring,
            tenant=tenant,
            department=department.key,
            order_id=stored.order_id,
            sealed=stored.content_sealed,
            is_sealed=department.sealed,
        )
        content = read_order(found.payload)
        view = self._views.find(tenant, stored)
        live = self._live.of(tenant, view) if view and not content.is_ended else ()
        return OpenedDelivery(
            stored=stored,
            content=content,
            columns=(*content.columns, *live),
            view=view,
            documents=found.documents,
            files=found.files,
        )

    def history(
        self, tenant: str, department: str, stored: StoredRow
    ) -> tuple[tuple[int, datetime], ...]:
        """Return the versions of a stream and when each came."""
        with self._tools.database.read(tenant) as tc:
            rows = inbox.of_department(tc, department)
        return tuple(
            (row.version, row.received_at)
            for row in sorted(rows, key=lambda row: row.version)
            if (row.ref, row.receiver) == (stored.ref, stored.receiver)
        )


def columns_of(
    opened: Sequence[OpenedDelivery], language: str
) -> tuple[tuple[str, str], ...]:
    """Return the names and titles of all columns, in the order they first appear."""
    found: dict[str, str] = {}
    for one in opened:
        for name, title, _ in one.in_words(language):
            found.setdefault(name, title)
    return tuple(found.items())


def listed(
    one: OpenedDelivery, columns: Sequence[tuple[str, str]], language: str
) -> InboxRow:
    """Return a delivery as a row of a list with these columns."""
    said = one.in_words(language) if columns else ()
    values: Mapping[str, object] = {name: value for name, _, value in said}
    return InboxRow(
        id=one.stored.id,
        ref=one.stored.ref,
        receiver=one.stored.receiver,
        title=one.title_in(language),
        version=one.stored.version,
        received_at=one.stored.received_at,
        opened_at=one.stored.opened_at,
        confirmed_at=one.stored.confirmed_at,
        is_ended=one.content.is_ended,
        values=tuple(in_text(values.get(name), language) for name, _ in columns),
    )


def listed_sealed(stored: StoredRow) -> InboxRow:
    """Return a row about a delivery that only its department's own key opens."""
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


def files_of(opened: OpenedDelivery, language: str) -> tuple[InboxFile, ...]:
    """Return what can be taken out of a delivery: its documents, then its files."""
    titles = {name: title for name, title, _ in opened.in_words(language)}
    return (
        *(
            InboxFile(
                name=document.name,
                media_type=document.media_type,
                size=len(document.content),
            )
            for document in opened.documents
        ),
        *(
            InboxFile(
                name=file.name,
                media_type=file.media_type,
                size=file.size,
                title=titles.get(file.column, file.column),
                original_name=visible(file.original_name),
            )
            for file in opened.files
        ),
    )


def in_text(value: object, language: str) -> str:
    """Return a column's value as one line."""
    return visible(plain(value, language))
