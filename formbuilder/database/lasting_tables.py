"""Tables of what lasts: inboxes, records, the diary and the audit."""

from sqlalchemy import Column, Index, UniqueConstraint

from formbuilder.database.columns import number, sealed, table, time, word
from formbuilder.database.types import Json

inbox = table(
    "inbox",
    word("id"),
    word("order_id"),
    word("department"),
    word("receiver"),
    word("ref"),
    number("version"),
    sealed("content"),
    time("received_at"),
    time("opened_at", null=True),
    time("confirmed_at", null=True),
    word("confirmed_by", null=True),
    UniqueConstraint("tenant", "order_id"),
    Index(None, "tenant", "department", "received_at"),
)
"""No foreign key to orders: what a department got outlives our ledger of it."""

records = table(
    "records",
    word("id"),
    word("unit_id"),
    word("case_id"),
    word("object_name"),
    sealed("kek", null=True),
    word("key_id"),
    word("envelope_sha256"),
    word("content_mac"),
    time("made_at"),
    time("verified_at", null=True),
    word("record_type"),
    word("classification"),
    word("controller"),
    Column("retention", Json, nullable=False),
    time("dispose_after", null=True),
    time("held_at", null=True),
    time("disposed_at", null=True),
    UniqueConstraint("tenant", "object_name"),
    Index(None, "tenant", "unit_id"),
    Index(None, "tenant", "case_id"),
    Index(None, "tenant", "dispose_after"),
)
"""No foreign keys: a record outlives the case and the unit it was made from."""

diary_counters = table(
    "diary_counters",
    word("series"),
    number("year"),
    number("last"),
    key=("series", "year"),
)

audit = table(
    "audit",
    number("seq"),
    time("at"),
    word("event"),
    word("actor_key", null=True),
    word("object_id", null=True),
    Column("detail", Json, nullable=True),
    word("previous_hash"),
    word("hash"),
    Index(None, "tenant", "object_id"),
    key=("seq",),
)
