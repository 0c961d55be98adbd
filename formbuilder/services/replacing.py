"""Which record a new one replaces: that of the version which counted before."""

from typing import Final

from formbuilder.database import orders, records, units
from formbuilder.database.connection import TenantConnection
from formbuilder.database.units import UnitRow
from schemas.errors import TemporaryError


class EarlierFirst(TemporaryError):  # noqa: N818 - an order of things, no fault
    """The record to be replaced is yet to be made."""

    code: Final = "earlier_record"


def replaced_record(tc: TenantConnection, row: UnitRow) -> str:
    """Return the id of the record a version's record replaces, empty if there is none.

    One that could not be made, and waits for somebody to mend something, does not
    keep the next one waiting.

    Raises:
        EarlierFirst: it is yet to be made.
    """
    before = _before(tc, row)
    if before is None:
        return ""
    found = records.of_unit(tc, before.id)
    if found is not None:
        return found.id
    order = orders.archive_of(tc, before.id)
    if order is not None and order.state in ("new", "waiting"):
        raise EarlierFirst(
            f"The version {before.id} is to be archived before {row.id}, which "
            "replaces it. It is tried again."
        )
    return ""


def _before(tc: TenantConnection, row: UnitRow) -> UnitRow | None:
    """Return the version that counted until this one arrived."""
    place = (row.section, row.part, row.owner)
    earlier = (
        one
        for one in units.of_case(tc, row.case_id)
        if (one.section, one.part, one.owner) == place
        and one.version < row.version
        and one.accepted_at is not None
    )
    return max(earlier, key=lambda one: one.version, default=None)
