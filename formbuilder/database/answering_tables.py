"""Tables of answering: forms, log-ins, and what is not yet sent."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Text, text

from formbuilder.database.columns import number, sealed, table, time, word

form_versions = table(
    "form_versions",
    word("form_id"),
    word("version"),
    Column("document", Text, nullable=False),
    time("published_at"),
    word("published_by"),
    key=("form_id", "version"),
)

form_current = table(
    "form_current",
    word("id"),
    word("form_id"),
    word("version"),
    time("since"),
    word("by"),
    ForeignKeyConstraint(
        ["tenant", "form_id", "version"],
        ["form_versions.tenant", "form_versions.form_id", "form_versions.version"],
    ),
    Index(None, "tenant", "form_id", "since"),
)

sessions = table(
    "sessions",
    word("id_hash"),
    word("kind"),
    word("person_key"),
    sealed("identity"),
    time("created_at"),
    time("seen_at"),
    time("expires_at"),
    Index(None, "tenant", "expires_at"),
    key=("id_hash",),
)

eid_orders = table(
    "eid_orders",
    word("id"),
    word("provider"),
    word("purpose"),
    word("flow_hash"),
    word("person_key", null=True),
    sealed("order"),
    sealed("context"),
    time("created_at"),
    time("last_collect_at", null=True),
    time("lease_until", null=True),
    word("status"),
    word("hint", null=True),
    sealed("result", null=True),
    time("consumed_at", null=True),
    Index(None, "tenant", "created_at"),
)

drafts = table(
    "drafts",
    word("id"),
    word("form_id"),
    word("version"),
    word("person_key"),
    word("subject_key"),
    word("case_id", null=True),
    sealed("content"),
    time("created_at"),
    time("updated_at"),
    time("expires_at"),
    time("sent_at", null=True),
    Index(
        "uq_drafts_live",
        "tenant",
        "form_id",
        "person_key",
        "subject_key",
        unique=True,
        sqlite_where=text("sent_at IS NULL"),
        postgresql_where=text("sent_at IS NULL"),
    ),
    Index(None, "tenant", "person_key"),
    Index(None, "tenant", "expires_at"),
)
"""`subject_key` is empty when the form is about nobody, so that it can be unique."""

parked_posts = table(
    "parked_posts",
    word("id"),
    word("person_key"),
    sealed("content"),
    time("created_at"),
    time("expires_at"),
    Index(None, "tenant", "person_key"),
    Index(None, "tenant", "expires_at"),
)

uploads = table(
    "uploads",
    word("id"),
    word("owner_id"),
    word("digest_mac"),
    word("object_name"),
    number("size"),
    word("media_type"),
    sealed("name"),
    sealed("key"),
    word("scanned_by"),
    time("stopped_at", null=True),
    time("created_at"),
    Index(None, "tenant", "owner_id"),
)
