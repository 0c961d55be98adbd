"""From a delivery back to its case and child, for what only the service may do.

A department's `ref` is keyed and leads nowhere; the order it came with does.
"""

from dataclasses import dataclass

from formbuilder.database import cases, orders
from formbuilder.services.content import read_header
from formbuilder.services.tools import Tools


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What a delivery was made from; `child` is empty when it is about no child."""

    case_id: str
    form_id: str
    version: str
    child: str


class Following:
    """Finds the case of a delivery and remembers it: it never changes."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._known: dict[tuple[str, str], Followed] = {}

    def case(self, tenant: str, order_id: str) -> Followed | None:
        """Return what an order was made from."""
        key = (tenant, order_id)
        if key not in self._known:
            found = self._find(tenant, order_id)
            if found is None:
                return None
            self._known[key] = found
        return self._known[key]

    def _find(self, tenant: str, order_id: str) -> Followed | None:
        with self._tools.database.read(tenant) as tc:
            order = orders.get(tc, order_id)
            case = cases.get(tc, order.case_id) if order else None
        if case is None:
            return None
        header = read_header(
            self._tools.keyring.open("cases", tenant, case.id, case.header_sealed)
        )
        return Followed(
            case_id=case.id,
            form_id=case.form_id,
            version=case.version,
            child=header.child,
        )
