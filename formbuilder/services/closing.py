"""The end of a matter: what one section of a case asked its board for is done.

- `Closing.standing(tenant, department, stored, view) -> Standing`
- `Closing.close(session, department, stored, view)`: by staff of the board's own.
- `close_matter(tc, case_id, section, at)`: what follows, in the caller's transaction.

Records that count from `case_closed` get their day. What arrives later is not
closed, and opens the case again.
"""

from dataclasses import dataclass
from datetime import datetime

from formbuilder.audit import Event
from formbuilder.database import cases, records, streams, units
from formbuilder.database.connection import TenantConnection
from formbuilder.database.inbox import InboxRow
from formbuilder.database.units import UnitRow
from formbuilder.services.auditing import record, refuse
from formbuilder.services.errors import NewerDelivery
from formbuilder.services.receiver_views import ReceiverView
from formbuilder.services.retaining import CLOSED, count_from, day
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.definition import FormDefinition, Section
from schemas.directory import Department
from schemas.units import units_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a department may close the matter a delivery is of, or when it was."""

    may_close: bool = False
    closed_at: datetime | None = None


class Closing:
    """Closes matters for the staff of the board that answers for them."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def standing(
        self,
        tenant: str,
        department: Department,
        stored: InboxRow,
        view: ReceiverView | None,
    ) -> Standing:
        """Return what a department is told of the end of a matter."""
        section = _answered_for(department, view)
        if view is None or section is None:
            return Standing()
        with self._tools.database.read(tenant) as tc:
            arrived = _arrived(tc, view.case_id, section)
            is_newest = _is_newest(tc, view.case_id, stored)
        ends = [unit.closed_at for unit in arrived if unit.closed_at is not None]
        is_open = len(ends) < len(arrived)
        return Standing(
            may_close=is_open and is_newest,
            closed_at=None if is_open else max(ends, default=None),
        )

    def close(
        self,
        session: Session,
        department: Department,
        stored: InboxRow,
        view: ReceiverView | None,
    ) -> None:
        """Close the matter a delivery is of, once; audited.

        Raises:
            Refused: another board answers for it, or nothing waits for it; audited.
            NewerDelivery: something has come in that they have not seen.
        """
        section = _answered_for(department, view)
        if view is None or section is None:
            raise refuse(self._tools, session, "foreign_matter", stored.id)
        now, case_id = self._tools.clock(), view.case_id

        def work(tc: TenantConnection) -> None:
            cases.hold(tc, case_id)
            if not _is_newest(tc, case_id, stored):
                raise NewerDelivery
            arrived = _arrived(tc, case_id, section)
            if all(unit.closed_at is not None for unit in arrived):
                return  # pressed again: it was closed when it was
            close_matter(tc, case_id, section, at=now)
            record(
                self._tools,
                tc,
                Event.CASE_CLOSED,
                actor=session.person_key,
                about=case_id,
                section=section,
                department=department.key,
            )

        self._tools.database.write(session.tenant, work)


def close_matter(
    tc: TenantConnection, case_id: str, section: str, *, at: datetime
) -> None:
    """Close what had arrived of a section by then; the case too, if nothing is left."""
    units.close(tc, case_id, section, at=at)
    for unit in _arrived(tc, case_id, section):
        row = records.of_unit(tc, unit.id)
        if unit.closed_at == at and row is not None:
            count_from(tc, row, CLOSED, day(at))
    if not any(_is_open(unit) for unit in units.of_case(tc, case_id)):
        cases.close(tc, case_id, at=at)


def _answered_for(department: Department, view: ReceiverView | None) -> str | None:
    """Return the section a view is of, if its board and something to close are theirs."""
    if view is None:
        return None
    definition = view.form.definition
    for section in definition.sections:
        if view.receiver in section.receivers:
            is_theirs = section.controller == department.controller
            return section.id if is_theirs and _waits(definition, section) else None
    return None


def _waits(definition: FormDefinition, section: Section) -> bool:
    """Tell whether retention of anything in the section counts from its closing."""
    whole = section.archive.retention if section.archive else None
    rules = (
        unit.retention or whole
        for unit in units_of(definition)
        if unit.section == section.id
    )
    return any(rule is not None and rule.from_ == CLOSED for rule in rules)


def _arrived(tc: TenantConnection, case_id: str, section: str) -> tuple[UnitRow, ...]:
    return tuple(
        unit
        for unit in units.of_case(tc, case_id)
        if unit.section == section and unit.accepted_at is not None
    )


def _is_newest(tc: TenantConnection, case_id: str, stored: InboxRow) -> bool:
    stream = streams.of_case(tc, case_id).get(stored.receiver)
    return stream is not None and stream.version == stored.version


def _is_open(unit: UnitRow) -> bool:
    """Tell whether a version is not closed, and may still come to something."""
    is_over = unit.declined_at or (unit.replaced_at and not unit.accepted_at)
    return unit.closed_at is None and not is_over
