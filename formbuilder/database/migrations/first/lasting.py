"""The first tables of what lasts, and the installation itself."""

import sqlalchemy as sa
from alembic import op

from formbuilder.database.types import Json, UtcDateTime


def make() -> None:
    """Make them, parents before children."""
    _installation()
    _tenants()
    _inbox()
    _records()
    _diary_counters()
    _audit()


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("environment", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )


def _tenants() -> None:
    op.create_table(
        "tenants",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_tenants")),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "tenant", "order_id", name=op.f("uq_inbox_tenant_order_id")
        ),
    )
    op.create_index(
        op.f("ix_inbox_tenant_department_received_at"),
        "inbox",
        ["tenant", "department", "received_at"],
        unique=False,
    )


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("object_name", sa.String(), nullable=False),
        sa.Column("kek_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("envelope_sha256", sa.String(), nullable=False),
        sa.Column("content_mac", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("verified_at", UtcDateTime(), nullable=True),
        sa.Column("record_type", sa.String(), nullable=False),
        sa.Column("classification", sa.String(), nullable=False),
        sa.Column("controller", sa.String(), nullable=False),
        sa.Column("retention", Json(), nullable=False),
        sa.Column("dispose_after", UtcDateTime(), nullable=True),
        sa.Column("held_at", UtcDateTime(), nullable=True),
        sa.Column("disposed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_records")),
        sa.UniqueConstraint(
            "tenant", "object_name", name=op.f("uq_records_tenant_object_name")
        ),
    )
    op.create_index(
        op.f("ix_records_tenant_case_id"),
        "records",
        ["tenant", "case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_records_tenant_dispose_after"),
        "records",
        ["tenant", "dispose_after"],
        unique=False,
    )
    op.create_index(
        op.f("ix_records_tenant_unit_id"),
        "records",
        ["tenant", "unit_id"],
        unique=False,
    )


def _diary_counters() -> None:
    op.create_table(
        "diary_counters",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant", "series", "year", name=op.f("pk_diary_counters")
        ),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("actor_key", sa.String(), nullable=True),
        sa.Column("object_id", sa.String(), nullable=True),
        sa.Column("detail", Json(), nullable=True),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "seq", name=op.f("pk_audit")),
    )
    op.create_index(
        op.f("ix_audit_tenant_object_id"),
        "audit",
        ["tenant", "object_id"],
        unique=False,
    )
