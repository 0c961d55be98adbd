"""Every table of the service; each row belongs to one tenant.

The tenant is the first column of every key, index and foreign key, so that no
reference can cross. Columns that end in `_sealed` hold ciphertext only.
"""

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from formbuilder.database.types import Json, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, String, nullable=null)


def _number(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _time(name: str, *, null: bool = False) -> Column[object]:
    return Column(name, UtcDateTime, nullable=null)


def _bytes(name: str, *, null: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=null)


def _table(name: str, *items: SchemaItem, key: tuple[str, ...] = ("id",)) -> Table:
    return Table(
        name,
        metadata,
        _text("tenant"),
        *items,
        PrimaryKeyConstraint("tenant", *key),
    )


def _of(column: str, table: str, *, key: str = "id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["tenant", column], [f"{table}.tenant", f"{table}.{key}"]
    )


installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _text("environment"),
    _time("created_at"),
)
"""The one row that says which environment this database belongs to."""

tenants = Table(
    "tenants",
    metadata,
    Column("tenant", String, primary_key=True),
    _time("created_at"),
)
"""Whose rows may be here; a writer of a tenant holds its row (PostgreSQL)."""

form_versions = _table(
    "form_versions",
    _text("form_id"),
    _text("version"),
    Column("document", Text, nullable=False),
    _time("published_at"),
    _text("published_by"),
    key=("form_id", "version"),
)

form_current = _table(
    "form_current",
    _text("id"),
    _text("form_id"),
    _text("version"),
    _time("since"),
    _text("by"),
    ForeignKeyConstraint(
        ["tenant", "form_id", "version"],
        ["form_versions.tenant", "form_versions.form_id", "form_versions.version"],
    ),
    Index(None, "tenant", "form_id", "since"),
)

sessions = _table(
    "sessions",
    _text("id_hash"),
    _text("kind"),
    _text("person_key"),
    _bytes("identity_sealed"),
    _time("created_at"),
    _time("seen_at"),
    _time("expires_at"),
    Index(None, "tenant", "expires_at"),
    key=("id_hash",),
)

eid_orders = _table(
    "eid_orders",
    _text("id"),
    _text("provider"),
    _text("purpose"),
    _text("flow_hash"),
    _text("person_key", null=True),
    _bytes("order_sealed"),
    _bytes("context_sealed"),
    _time("created_at"),
    _time("last_collect_at", null=True),
    _time("lease_until", null=True),
    _text("status"),
    _text("hint", null=True),
    _bytes("result_sealed", null=True),
    _time("consumed_at", null=True),
    Index(None, "tenant", "created_at"),
)

cases = _table(
    "cases",
    _text("id"),
    _text("form_id"),
    _text("version"),
    _text("subject_key"),
    _text("opened_by"),
    _bytes("header_sealed"),
    _text("reference", null=True),
    _time("created_at"),
    _time("closed_at", null=True),
    ForeignKeyConstraint(
        ["tenant", "form_id", "version"],
        ["form_versions.tenant", "form_versions.form_id", "form_versions.version"],
    ),
    UniqueConstraint("tenant", "reference"),
    Index(None, "tenant", "subject_key", "form_id"),
    Index(None, "tenant", "opened_by"),
)

drafts = _table(
    "drafts",
    _text("id"),
    _text("form_id"),
    _text("version"),
    _text("person_key"),
    _text("subject_key"),
    _text("case_id", null=True),
    _bytes("content_sealed"),
    _time("created_at"),
    _time("updated_at"),
    _time("expires_at"),
    _time("sent_at", null=True),
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

parked_posts = _table(
    "parked_posts",
    _text("id"),
    _text("person_key"),
    _bytes("content_sealed"),
    _time("created_at"),
    _time("expires_at"),
    Index(None, "tenant", "person_key"),
    Index(None, "tenant", "expires_at"),
)

uploads = _table(
    "uploads",
    _text("id"),
    _text("owner_id"),
    _text("digest_mac"),
    _text("object_name"),
    _number("size"),
    _text("media_type"),
    _bytes("name_sealed"),
    _bytes("key_sealed"),
    _time("created_at"),
    Index(None, "tenant", "owner_id"),
)

units = _table(
    "units",
    _text("id"),
    _text("case_id"),
    _text("section"),
    _text("part"),
    _text("owner", null=True),
    _number("version"),
    _bytes("content_sealed"),
    _text("sealed_to", null=True),
    _text("digest"),
    _time("created_at"),
    _time("accepted_at", null=True),
    _text("diary_number", null=True),
    _time("declined_at", null=True),
    _time("replaced_at", null=True),
    _of("case_id", "cases"),
    Index(None, "tenant", "case_id"),
)

signatures = _table(
    "signatures",
    _text("id"),
    _text("case_id"),
    _text("person_key"),
    _bytes("evidence_sealed"),
    Column("manifest", Text, nullable=False),
    _time("signed_at"),
    _of("case_id", "cases"),
    Index(None, "tenant", "case_id"),
    Index(None, "tenant", "person_key"),
)

unit_signatures = _table(
    "unit_signatures",
    _text("unit_id"),
    _text("signature_id"),
    _text("decision"),
    _of("unit_id", "units"),
    _of("signature_id", "signatures"),
    key=("unit_id", "signature_id"),
)

consents = _table(
    "consents",
    _text("id"),
    _text("case_id"),
    _text("subject_key"),
    _text("purpose"),
    _text("person_key"),
    _bytes("value_sealed"),
    _time("at"),
    _time("until", null=True),
    _of("case_id", "cases"),
    Index(None, "tenant", "subject_key", "purpose"),
)

streams = _table(
    "streams",
    _text("id"),
    _text("case_id"),
    _text("receiver"),
    _text("department"),
    _number("version"),
    _text("payload_mac"),
    _time("ended_at", null=True),
    _of("case_id", "cases"),
    UniqueConstraint("tenant", "case_id", "receiver"),
)

orders = _table(
    "orders",
    _text("id"),
    _text("kind"),
    _text("case_id"),
    _text("unit_id", null=True),
    _text("stream_id", null=True),
    _text("receiver", null=True),
    _text("department", null=True),
    _text("channel", null=True),
    _number("version"),
    _bytes("content_sealed"),
    _time("created_at"),
    _time("next_at"),
    _time("lease_until", null=True),
    _text("leased_by", null=True),
    _number("attempts"),
    _time("done_at", null=True),
    _time("failed_at", null=True),
    _text("error_code", null=True),
    _of("case_id", "cases"),
    _of("unit_id", "units"),
    _of("stream_id", "streams"),
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

inbox = _table(
    "inbox",
    _text("id"),
    _text("order_id"),
    _text("department"),
    _text("receiver"),
    _text("ref"),
    _number("version"),
    _bytes("content_sealed"),
    _time("received_at"),
    _time("opened_at", null=True),
    _time("confirmed_at", null=True),
    _text("confirmed_by", null=True),
    UniqueConstraint("tenant", "order_id"),
    Index(None, "tenant", "department", "received_at"),
)
"""No foreign key to orders: what a department got outlives our ledger of it."""

records = _table(
    "records",
    _text("id"),
    _text("unit_id"),
    _text("case_id"),
    _text("object_name"),
    _bytes("kek_sealed", null=True),
    _text("key_id"),
    _text("envelope_sha256"),
    _text("content_mac"),
    _time("made_at"),
    _time("verified_at", null=True),
    _text("record_type"),
    _text("classification"),
    _text("controller"),
    Column("retention", Json, nullable=False),
    _time("dispose_after", null=True),
    _time("held_at", null=True),
    _time("disposed_at", null=True),
    UniqueConstraint("tenant", "object_name"),
    Index(None, "tenant", "unit_id"),
    Index(None, "tenant", "case_id"),
    Index(None, "tenant", "dispose_after"),
)
"""No foreign keys: a record outlives the case and the unit it was made from."""

diary_counters = _table(
    "diary_counters",
    _text("series"),
    _number("year"),
    _number("last"),
    key=("series", "year"),
)

audit = _table(
    "audit",
    _number("seq"),
    _time("at"),
    _text("event"),
    _text("actor_key", null=True),
    _text("object_id", null=True),
    Column("detail", Json, nullable=True),
    _text("previous_hash"),
    _text("hash"),
    Index(None, "tenant", "object_id"),
    key=("seq",),
)

OF_TENANTS = tuple(
    table for table in metadata.sorted_tables if table not in (installation, tenants)
)
"""The tables whose rows belong to one tenant, parents before children."""
