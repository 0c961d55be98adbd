"""The orders that follow from an act: one per changed view and channel, one per record."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from formbuilder.database.orders import ARCHIVE, DELIVERY, OrderRow
from formbuilder.services.order_content import seal_order
from formbuilder.services.tools import Tools
from schemas.acceptance import Acceptance
from schemas.compiling import CompiledForm
from schemas.projection import Payload, receivers
from schemas.snapshots import Change


def delivery_orders(
    tools: Tools,
    tenant: str,
    form: CompiledForm,
    case_id: str,
    *,
    changes: Iterable[Change],
    payloads: Mapping[str, Payload | None],
    stream_ids: Mapping[str, str],
    now: datetime,
) -> list[OrderRow]:
    """Return one sealed order for each changed view and channel."""
    by_id = {receiver.id: receiver for receiver in receivers(form)}
    found = []
    for change in changes:
        receiver = by_id[change.receiver]
        for channel in receiver.channels:
            order_id = tools.new_id()
            content = seal_order(
                tools,
                tenant,
                order_id,
                receiver,
                case_id=case_id,
                form=form,
                version=change.version,
                payload=payloads[change.receiver],
                now=now,
            )
            found.append(
                OrderRow(
                    id=order_id,
                    kind=DELIVERY,
                    case_id=case_id,
                    stream_id=stream_ids[change.receiver],
                    receiver=receiver.id,
                    department=receiver.department,
                    channel=channel,
                    version=change.version,
                    content_sealed=content,
                    created_at=now,
                    next_at=now,
                )
            )
    return found


def archive_orders(
    tools: Tools, case_id: str, acceptance: Acceptance, now: datetime
) -> list[OrderRow]:
    """Return one order for each version that arrived; the version has the content."""
    return [
        OrderRow(
            id=tools.new_id(),
            kind=ARCHIVE,
            case_id=case_id,
            unit_id=unit_id,
            version=acceptance.version(unit_id).number,
            content_sealed=b"",
            created_at=now,
            next_at=now,
        )
        for unit_id in acceptance.accepted
    ]
