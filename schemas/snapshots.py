"""A receiver's stream of snapshots: a new version only when its bytes are new."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Mac = Callable[[str, bytes], str]
"""A keyed digest of what was sent, by receiver: nothing readable is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What a receiver's view was last told in a case."""

    id: str
    receiver: str
    department: str
    version: int
    mac: str
    is_ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The next version of a stream; `payload` is None when there is no more to tell."""

    receiver: str
    version: int
    payload: bytes | None
    mac: str
    stream: Stream | None = None


def changes(
    streams: Mapping[str, Stream], snapshots: Mapping[str, bytes | None], mac: Mac
) -> tuple[Change, ...]:
    """Return one change for each view whose snapshot differs from its last."""
    found = (
        _change(streams.get(receiver), receiver, payload, mac)
        for receiver, payload in snapshots.items()
    )
    return tuple(change for change in found if change is not None)


def _change(
    stream: Stream | None, receiver: str, payload: bytes | None, mac: Mac
) -> Change | None:
    if payload is None and (stream is None or stream.is_ended):
        return None
    digest = mac(receiver, payload or b"")
    if stream is not None and not stream.is_ended and stream.mac == digest:
        return None
    version = stream.version + 1 if stream else 1
    return Change(
        receiver=receiver, version=version, payload=payload, mac=digest, stream=stream
    )
