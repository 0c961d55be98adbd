"""Make every table, and row-level security on PostgreSQL."""

from alembic import op

from formbuilder.database.tables import OF_TENANTS, metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the first version."""
    metadata.create_all(op.get_bind(), checkfirst=False)
    if op.get_bind().dialect.name == "postgresql":
        for table in OF_TENANTS:
            _guard(table.name)


def _guard(table: str) -> None:
    """Let a transaction see and write the rows of the tenant it has named only."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY of_tenant ON {table} "
        "USING (tenant = current_setting('formbuilder.tenant', true)) "
        "WITH CHECK (tenant = current_setting('formbuilder.tenant', true))"
    )
