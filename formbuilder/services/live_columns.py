"""Columns known only later, such as the class: joined when a list is shown."""

from formbuilder.services.receiver_views import Column, ReceiverView
from formbuilder.services.tools import Tools


class LiveColumns:
    """Looks live columns up in the placement system."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def of(self, tenant: str, view: ReceiverView) -> tuple[Column, ...]:
        """Return a delivery's live columns as they are now."""
        if not view.child:
            return ()
        placed = self._tools.placements(tenant, view.child)
        return tuple(
            (field.name, field.title or field.name, placed.get(_key(field.live), ""))
            for field in view.receiver.fields
            if field.live
        )


def _key(source: str) -> str:
    """Return what `placement:class` asks the placement system for."""
    return source.partition(":")[2]
