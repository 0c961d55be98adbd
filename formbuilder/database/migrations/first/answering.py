"""The first tables of answering: forms, log-ins, and what is not yet sent."""

import sqlalchemy as sa
from alembic import op

from formbuilder.database.types import UtcDateTime


def make() -> None:
    """Make them, parents before children."""
    _form_versions()
    _form_current()
    _sessions()
    _eid_orders()
    _drafts()
    _parked_posts()
    _uploads()


def _form_versions() -> None:
    op.create_table(
        "form_versions",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant", "form_id", "version", name=op.f("pk_form_versions")
        ),
    )


def _form_current() -> None:
    op.create_table(
        "form_current",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "form_id", "version"],
            ["form_versions.tenant", "form_versions.form_id", "form_versions.version"],
            name=op.f("fk_form_current_tenant_form_id_version"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_form_current")),
    )
    op.create_index(
        op.f("ix_form_current_tenant_form_id_since"),
        "form_current",
        ["tenant", "form_id", "since"],
        unique=False,
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("identity_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id_hash", name=op.f("pk_sessions")),
    )
    op.create_index(
        op.f("ix_sessions_tenant_expires_at"),
        "sessions",
        ["tenant", "expires_at"],
        unique=False,
    )


def _eid_orders() -> None:
    op.create_table(
        "eid_orders",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("flow_hash", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=True),
        sa.Column("order_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("context_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_collect_at", UtcDateTime(), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=True),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("consumed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_eid_orders")),
    )
    op.create_index(
        op.f("ix_eid_orders_tenant_created_at"),
        "eid_orders",
        ["tenant", "created_at"],
        unique=False,
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_drafts")),
    )
    op.create_index(
        op.f("ix_drafts_tenant_expires_at"),
        "drafts",
        ["tenant", "expires_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_drafts_tenant_person_key"),
        "drafts",
        ["tenant", "person_key"],
        unique=False,
    )
    op.create_index(
        "uq_drafts_live",
        "drafts",
        ["tenant", "form_id", "person_key", "subject_key"],
        unique=True,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )


def _parked_posts() -> None:
    op.create_table(
        "parked_posts",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_parked_posts")),
    )
    op.create_index(
        op.f("ix_parked_posts_tenant_expires_at"),
        "parked_posts",
        ["tenant", "expires_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_parked_posts_tenant_person_key"),
        "parked_posts",
        ["tenant", "person_key"],
        unique=False,
    )


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("digest_mac", sa.String(), nullable=False),
        sa.Column("object_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("scanned_by", sa.String(), nullable=False),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_uploads")),
    )
    op.create_index(
        op.f("ix_uploads_tenant_owner_id"),
        "uploads",
        ["tenant", "owner_id"],
        unique=False,
    )
