"""What the archivist reports has happened: records that waited for it get their day.

- `Reporting.close(tenant, record_ids, on)`: the matters the records are of were closed.
- `Reporting.event(tenant, key, record_ids, on)`: `event:<key>` happened to the records.

All of them or, with a message that says which is wrong, none.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from formbuilder.audit import Event
from formbuilder.database import cases, records, units
from formbuilder.database.connection import TenantConnection
from formbuilder.database.records import RecordRow
from formbuilder.services.auditing import record as audit
from formbuilder.services.closing import close_matter
from formbuilder.services.retaining import CLOSED, begins, count_from, day
from formbuilder.services.tools import Tools
from schemas.errors import OperatorError

Report = Callable[[TenantConnection, RecordRow], None]


class Reporting:
    """Takes reports that only somebody outside the service can give."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def close(self, tenant: str, record_ids: Sequence[str], on: date) -> None:
        """Close the matters these records are of, as of a day; audited.

        Raises:
            OperatorError: one does not count from it, or came in later.
        """

        def report(tc: TenantConnection, row: RecordRow) -> None:
            unit = units.get(tc, row.unit_id)
            if unit is None:  # a record outlives what it was made from
                count_from(tc, row, CLOSED, on)
                return
            if unit.accepted_at is None or day(unit.accepted_at) > on:
                raise OperatorError(
                    f"What record {row.id} holds came in after {on}. Nothing has been "
                    "changed. Give the day its matter was closed."
                )
            cases.hold(tc, row.case_id)
            close_matter(tc, row.case_id, unit.section, at=self._end_of(on))

        self._report(tenant, CLOSED, record_ids, on, report, Event.CASE_CLOSED)

    def event(self, tenant: str, key: str, record_ids: Sequence[str], on: date) -> None:
        """Set what counts from an event as of the day it happened; audited.

        Raises:
            OperatorError: one does not count from it.
        """
        happened = f"event:{key}"

        def report(tc: TenantConnection, row: RecordRow) -> None:
            count_from(tc, row, happened, on)

        self._report(tenant, happened, record_ids, on, report, Event.EVENT_REPORTED)

    def _report(
        self,
        tenant: str,
        happened: str,
        record_ids: Sequence[str],
        on: date,
        report: Report,
        event: Event,
    ) -> None:
        if on > day(self._tools.clock()):
            raise OperatorError(f"{on} is yet to come. Give the day it happened.")

        def work(tc: TenantConnection) -> None:
            for record_id in record_ids:
                row = _waiting(tc, record_id, happened)
                report(tc, row)
                codes = {"happened": happened, "on": on.isoformat()}
                audit(self._tools, tc, event, about=row.id, **codes)

        self._tools.database.write(tenant, work)

    def _end_of(self, on: date) -> datetime:
        """Return the end of a day, or now if it is today."""
        end = begins(on + timedelta(days=1)) - timedelta(microseconds=1)
        return min(end, self._tools.clock())


def _waiting(tc: TenantConnection, record_id: str, happened: str) -> RecordRow:
    """Return a record whose rule counts from this.

    Raises:
        OperatorError: it does not, is disposed of, or is not there.
    """
    row = records.get(tc, record_id)
    if row is None or row.disposed_at is not None:
        raise OperatorError(
            f"There is no record {record_id} any more. Nothing has been changed. "
            "See `formbuilder archive list`."
        )
    counts_from = row.retention["from"]
    if row.retention["preserve"] or counts_from != happened:
        told = (
            "is preserved"
            if row.retention["preserve"]
            else f"counts from {counts_from}"
        )
        raise OperatorError(
            f"Record {record_id} {told}, not {happened}. Nothing has been changed. "
            "Name those that `formbuilder archive list` says wait for it."
        )
    return row
