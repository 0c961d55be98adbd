"""The first tables of cases: what was sent and signed, and what follows."""

import sqlalchemy as sa
from alembic import op

from formbuilder.database.types import UtcDateTime


def make() -> None:
    """Make them, parents before children."""
    _cases()
    _units()
    _signatures()
    _unit_signatures()
    _consents()
    _streams()
    _orders()
    _order_indexes()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("header_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "form_id", "version"],
            ["form_versions.tenant", "form_versions.form_id", "form_versions.version"],
            name=op.f("fk_cases_tenant_form_id_version"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_cases")),
        sa.UniqueConstraint(
            "tenant", "reference", name=op.f("uq_cases_tenant_reference")
        ),
    )
    op.create_index(
        op.f("ix_cases_tenant_opened_by"),
        "cases",
        ["tenant", "opened_by"],
        unique=False,
    )
    op.create_index(
        op.f("ix_cases_tenant_subject_key_form_id"),
        "cases",
        ["tenant", "subject_key", "form_id"],
        unique=False,
    )


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_to", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("diary_number", sa.String(), nullable=True),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"],
            ["cases.tenant", "cases.id"],
            name=op.f("fk_units_tenant_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_units")),
    )
    op.create_index(
        op.f("ix_units_tenant_case_id"), "units", ["tenant", "case_id"], unique=False
    )


def _signatures() -> None:
    op.create_table(
        "signatures",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"],
            ["cases.tenant", "cases.id"],
            name=op.f("fk_signatures_tenant_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_signatures")),
    )
    op.create_index(
        op.f("ix_signatures_tenant_case_id"),
        "signatures",
        ["tenant", "case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_signatures_tenant_person_key"),
        "signatures",
        ["tenant", "person_key"],
        unique=False,
    )


def _unit_signatures() -> None:
    op.create_table(
        "unit_signatures",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("signature_id", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "signature_id"],
            ["signatures.tenant", "signatures.id"],
            name=op.f("fk_unit_signatures_tenant_signature_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "unit_id"],
            ["units.tenant", "units.id"],
            name=op.f("fk_unit_signatures_tenant_unit_id"),
        ),
        sa.PrimaryKeyConstraint(
            "tenant", "unit_id", "signature_id", name=op.f("pk_unit_signatures")
        ),
    )


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"],
            ["cases.tenant", "cases.id"],
            name=op.f("fk_consents_tenant_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_consents")),
    )
    op.create_index(
        op.f("ix_consents_tenant_subject_key_purpose"),
        "consents",
        ["tenant", "subject_key", "purpose"],
        unique=False,
    )


def _streams() -> None:
    op.create_table(
        "streams",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payload_mac", sa.String(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"],
            ["cases.tenant", "cases.id"],
            name=op.f("fk_streams_tenant_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_streams")),
        sa.UniqueConstraint(
            "tenant",
            "case_id",
            "receiver",
            name=op.f("uq_streams_tenant_case_id_receiver"),
        ),
    )


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("stream_id", sa.String(), nullable=True),
        sa.Column("receiver", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("leased_by", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("failed_at", UtcDateTime(), nullable=True),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"],
            ["cases.tenant", "cases.id"],
            name=op.f("fk_orders_tenant_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "stream_id"],
            ["streams.tenant", "streams.id"],
            name=op.f("fk_orders_tenant_stream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "unit_id"],
            ["units.tenant", "units.id"],
            name=op.f("fk_orders_tenant_unit_id"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_orders")),
    )


def _order_indexes() -> None:
    op.create_index(
        "ix_orders_due",
        "orders",
        ["tenant", "next_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
    )
    op.create_index(
        op.f("ix_orders_tenant_case_id"), "orders", ["tenant", "case_id"], unique=False
    )
    op.create_index(
        op.f("ix_orders_tenant_created_at"),
        "orders",
        ["tenant", "created_at"],
        unique=False,
    )
