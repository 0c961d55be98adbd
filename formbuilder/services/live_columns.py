"""Columns known only later, such as the class: joined when a list is shown."""

from formbuilder.database.inbox import InboxRow
from formbuilder.services.following import Following
from formbuilder.services.forms import Forms
from formbuilder.services.tools import Tools
from schemas.projection import receivers

Column = tuple[str, str, object]


class LiveColumns:
    """Looks live columns up in the placement system."""

    def __init__(self, tools: Tools, forms: Forms, following: Following) -> None:
        self._tools = tools
        self._forms = forms
        self._following = following

    def of(self, tenant: str, row: InboxRow) -> tuple[Column, ...]:
        """Return the delivery's live columns as they are now."""
        case = self._following.case(tenant, row.order_id)
        if case is None or not case.child:
            return ()
        form = self._forms.at(tenant, case.form_id, case.version)
        receiver = next((r for r in receivers(form) if r.id == row.receiver), None)
        if receiver is None:
            return ()
        placed = self._tools.placements(tenant, case.child)
        return tuple(
            (field.name, field.title or field.name, placed.get(_key(field.live), ""))
            for field in receiver.fields
            if field.live
        )


def _key(source: str) -> str:
    """Return what `placement:class` asks the placement system for."""
    return source.partition(":")[2]
