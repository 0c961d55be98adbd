"""Make every table, and row-level security on PostgreSQL."""

from alembic import op

from formbuilder.database.migrations.first import answering, cases, lasting

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_OF_TENANTS = (
    "form_versions",
    "form_current",
    "sessions",
    "eid_orders",
    "drafts",
    "parked_posts",
    "uploads",
    "cases",
    "units",
    "signatures",
    "unit_signatures",
    "consents",
    "streams",
    "orders",
    "inbox",
    "records",
    "diary_counters",
    "audit",
)


def upgrade() -> None:
    """Make the tables of the first version."""
    for part in (answering, cases, lasting):
        part.make()
    if op.get_bind().dialect.name == "postgresql":
        for table in _OF_TENANTS:
            _guard(table)


def _guard(table: str) -> None:
    """Let a transaction see and write the rows of the tenant it has named only."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY of_tenant ON {table} "
        "USING (tenant = current_setting('formbuilder.tenant', true)) "
        "WITH CHECK (tenant = current_setting('formbuilder.tenant', true))"
    )
