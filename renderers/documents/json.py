"""Canonical JSON (RFC 8785): the values as machines take them."""

from datetime import UTC, datetime
from typing import Any, ClassVar

import rfc8785

from renderers.document import DocumentInput
from schemas.representation import Representation


class JsonDocument:
    """Records as objects by column name, answers as labelled rows."""

    key: ClassVar[str] = "json"

    def render(self, source: DocumentInput) -> Representation:
        """Write what is there; an empty part is left out."""
        members: dict[str, Any] = {
            "title": source.title,
            "reference": source.case_reference,
            "diary_number": source.diary_number,
            "arrived_at": _instant(source.arrived_at) if source.arrived_at else "",
            "records": [{c.name: c.value for c in r} for r in source.records],
            "answers": [
                {"section": r.section, "group": r.group, "label": r.label,
                 "value": r.value, "pointer": r.pointer}
                for r in source.rows
            ],
        }  # fmt: skip
        content = rfc8785.dumps({name: v for name, v in members.items() if v})
        return Representation(
            name=f"{source.name}.json", media_type="application/json", content=content
        )


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
