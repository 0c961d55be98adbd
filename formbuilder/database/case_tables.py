"""Tables of cases: what was sent and signed, and what follows from it."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Text, UniqueConstraint, text

from formbuilder.database.columns import number, of, sealed, table, time, word

cases = table(
    "cases",
    word("id"),
    word("form_id"),
    word("version"),
    word("subject_key"),
    word("opened_by"),
    sealed("header"),
    word("reference", null=True),
    time("created_at"),
    time("closed_at", null=True),
    ForeignKeyConstraint(
        ["tenant", "form_id", "version"],
        ["form_versions.tenant", "form_versions.form_id", "form_versions.version"],
    ),
    UniqueConstraint("tenant", "reference"),
    Index(None, "tenant", "subject_key", "form_id"),
    Index(None, "tenant", "opened_by"),
)

units = table(
    "units",
    word("id"),
    word("case_id"),
    word("section"),
    word("part"),
    word("owner", null=True),
    number("version"),
    sealed("content"),
    word("sealed_to", null=True),
    word("digest"),
    time("created_at"),
    time("accepted_at", null=True),
    word("diary_number", null=True),
    time("declined_at", null=True),
    time("replaced_at", null=True),
    time("closed_at", null=True),
    of("case_id", "cases"),
    Index(None, "tenant", "case_id"),
)

signatures = table(
    "signatures",
    word("id"),
    word("case_id"),
    word("person_key"),
    sealed("evidence"),
    Column("manifest", Text, nullable=False),
    time("signed_at"),
    of("case_id", "cases"),
    Index(None, "tenant", "case_id"),
    Index(None, "tenant", "person_key"),
)

unit_signatures = table(
    "unit_signatures",
    word("unit_id"),
    word("signature_id"),
    word("decision"),
    of("unit_id", "units"),
    of("signature_id", "signatures"),
    key=("unit_id", "signature_id"),
)

consents = table(
    "consents",
    word("id"),
    word("case_id"),
    word("subject_key"),
    word("purpose"),
    word("person_key"),
    sealed("value"),
    time("at"),
    time("until", null=True),
    of("case_id", "cases"),
    Index(None, "tenant", "subject_key", "purpose"),
)

streams = table(
    "streams",
    word("id"),
    word("case_id"),
    word("receiver"),
    word("department"),
    number("version"),
    word("payload_mac"),
    time("ended_at", null=True),
    of("case_id", "cases"),
    UniqueConstraint("tenant", "case_id", "receiver"),
)

orders = table(
    "orders",
    word("id"),
    word("kind"),
    word("case_id"),
    word("unit_id", null=True),
    word("stream_id", null=True),
    word("receiver", null=True),
    word("department", null=True),
    word("channel", null=True),
    number("version"),
    sealed("content"),
    time("created_at"),
    time("next_at"),
    time("lease_until", null=True),
    word("leased_by", null=True),
    number("attempts"),
    time("done_at", null=True),
    time("failed_at", null=True),
    word("error_code", null=True),
    of("case_id", "cases"),
    of("unit_id", "units"),
    of("stream_id", "streams"),
    Index(
        "ix_orders_due",
        "tenant",
        "next_at",
        sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
        postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
    ),
    Index(None, "tenant", "case_id"),
    Index(None, "tenant", "created_at"),
)
