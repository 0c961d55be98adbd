"""Streams: what each receiver's view was last told in a case."""

from datetime import datetime

from formbuilder.database.connection import TenantConnection
from formbuilder.database.tables import streams
from schemas.snapshots import Change, Stream


def of_case(tc: TenantConnection, case_id: str) -> dict[str, Stream]:
    """Return the case's streams by receiver."""
    rows = tc.rows(tc.select(streams, streams.c.case_id == case_id))
    return {
        row.receiver: Stream(
            id=row.id,
            receiver=row.receiver,
            department=row.department,
            version=row.version,
            mac=row.payload_mac,
            is_ended=row.ended_at is not None,
        )
        for row in rows
    }


def save(
    tc: TenantConnection,
    change: Change,
    *,
    stream_id: str,
    case_id: str,
    department: str,
    now: datetime,
) -> None:
    """Store the stream's newest version, making the stream if it is the first."""
    ended_at = now if change.payload is None else None
    if change.stream is None:
        tc.insert(
            streams,
            id=stream_id,
            case_id=case_id,
            receiver=change.receiver,
            department=department,
            version=change.version,
            payload_mac=change.mac,
            ended_at=ended_at,
        )
        return
    tc.update(
        streams,
        streams.c.id == stream_id,
        version=change.version,
        payload_mac=change.mac,
        ended_at=ended_at,
    )
