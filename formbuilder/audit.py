"""What is written down about who did what: events with codes, chained by hashes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

FIRST_HASH: Final = "0" * 64
"""What the first event of a tenant follows upon."""


class Event(StrEnum):
    """Everything that is audited; the names are stable, reports rely on them."""

    LOGGED_IN = "logged_in"
    LOGGED_OUT = "logged_out"
    LOGIN_FAILED = "login_failed"
    REFUSED = "refused"
    GATE_STOPPED = "gate_stopped"
    SIGNING_STARTED = "signing_started"
    SIGNED = "signed"
    SIGNATURE_REFUSED = "signature_refused"
    DECLINED = "declined"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    DELIVERY_RETRIED = "delivery_retried"
    DELIVERY_REPLAYED = "delivery_replayed"
    INBOX_OPENED = "inbox_opened"
    INBOX_CONFIRMED = "inbox_confirmed"
    INBOX_EXPORTED = "inbox_exported"
    INBOX_FILE_TAKEN = "inbox_file_taken"
    RECORD_MADE = "record_made"
    RECORD_READ = "record_read"
    RECORD_VERIFIED = "record_verified"
    RECORD_ALTERED = "record_altered"
    RECORD_EXPORTED = "record_exported"
    CASE_CLOSED = "case_closed"
    EVENT_REPORTED = "event_reported"
    FORM_PUBLISHED = "form_published"
    FORM_ROLLED_BACK = "form_rolled_back"
    KEY_ROTATED = "key_rotated"
    KEY_ESCROWED = "key_escrowed"
    KEY_DESTROYED = "key_destroyed"
    KEY_READ = "key_read"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One audited event; `detail` holds codes, never answers, names or numbers."""

    seq: int
    at: datetime
    event: str
    actor_key: str | None
    object_id: str | None
    detail: dict[str, Any] | None
    previous_hash: str
    hash: str = ""

    def expected_hash(self, tenant: str) -> str:
        """Return the hash this entry must have to follow upon the one before it."""
        content = [
            tenant,
            self.seq,
            self.at.isoformat(timespec="microseconds"),
            self.event,
            self.actor_key,
            self.object_id,
            self.detail,
            self.previous_hash,
        ]
        written = json.dumps(
            content, sort_keys=True, ensure_ascii=True, separators=(",", ":")
        )
        return hashlib.sha256(written.encode()).hexdigest()
