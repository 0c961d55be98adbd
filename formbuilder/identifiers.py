"""Ids that sort by time: UUID version 7 (RFC 9562 §5.7) as 32 hex digits."""

import secrets
import time
import uuid


def new_id() -> str:
    """Return an id nobody else has, later ones sorting after earlier ones.

    >>> first, second = new_id(), new_id()
    >>> len(first), uuid.UUID(first).version
    (32, 7)
    """
    stamp = time.time_ns() // 1_000_000
    value = (stamp << 80) | secrets.randbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value).hex
