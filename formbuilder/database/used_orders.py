"""What is left of an eID order once its signature is stored: where it led."""

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import eid_orders


def reduce_to(tc: TenantConnection, order_id: str, *, context_sealed: bytes) -> None:
    """Replace what was to be signed: it lives in the case now, sealed for its readers."""
    tc.update(eid_orders, eid_orders.c.id == order_id, context_sealed=context_sealed)
