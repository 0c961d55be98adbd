"""Hiding at once what is about a family that has become protected.

The register is asked again at most a minute after it was asked last; when it does
not answer, the row is hidden: nobody is shown on a guess.
"""

from datetime import datetime, timedelta
from typing import Final

from formbuilder.database.inbox import InboxRow
from formbuilder.register.register import RegisterRefused, RegisterUnavailable
from formbuilder.services.family import Families
from formbuilder.services.following import Following
from formbuilder.services.tools import Tools

ASKED_EVERY: Final = timedelta(minutes=1)


class Concealing:
    """Decides what may be shown to staff."""

    def __init__(self, tools: Tools, families: Families, following: Following) -> None:
        self._tools = tools
        self._families = families
        self._following = following
        self._told: dict[tuple[str, str], tuple[datetime, bool]] = {}

    def hides(self, tenant: str, row: InboxRow) -> bool:
        """Tell whether a delivery may not be shown now."""
        case = self._following.case(tenant, row.order_id)
        if case is None:
            return True
        return bool(case.child) and not self.is_open(tenant, case.child)

    def is_open(self, tenant: str, child: str) -> bool:
        """Tell whether nobody in the child's family is or may be protected."""
        now = self._tools.clock()
        told = self._told.get((tenant, child))
        if told is not None and now - told[0] < ASKED_EVERY:
            return told[1]
        answer = self._ask(tenant, child)
        self._told[tenant, child] = (now, answer)
        return answer

    def _ask(self, tenant: str, child: str) -> bool:
        try:
            return self._families.is_open(tenant, child)
        except (RegisterUnavailable, RegisterRefused):
            return False
