"""Every table of the service; each row belongs to one tenant.

The tenant is the first column of every key, index and foreign key, so that no
reference can cross. Columns that end in `_sealed` hold ciphertext only.
"""

from sqlalchemy import Column, Integer, String, Table

from formbuilder.database.answering_tables import (
    drafts,
    eid_orders,
    form_current,
    form_versions,
    parked_posts,
    sessions,
    uploads,
)
from formbuilder.database.case_tables import (
    cases,
    consents,
    orders,
    signatures,
    streams,
    unit_signatures,
    units,
)
from formbuilder.database.columns import metadata, time, word
from formbuilder.database.lasting_tables import (
    audit,
    diary_counters,
    inbox,
    records,
)

__all__ = [
    "OF_TENANTS",
    "audit",
    "cases",
    "consents",
    "diary_counters",
    "drafts",
    "eid_orders",
    "form_current",
    "form_versions",
    "inbox",
    "installation",
    "metadata",
    "orders",
    "parked_posts",
    "records",
    "sessions",
    "signatures",
    "streams",
    "tenants",
    "unit_signatures",
    "units",
    "uploads",
]

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    word("environment"),
    time("created_at"),
)
"""The one row that says which environment this database belongs to."""

tenants = Table(
    "tenants",
    metadata,
    Column("tenant", String, primary_key=True),
    time("created_at"),
)
"""Whose rows may be here; a writer of a tenant holds its row (PostgreSQL)."""

OF_TENANTS = tuple(
    table for table in metadata.sorted_tables if table not in (installation, tenants)
)
"""The tables whose rows belong to one tenant, parents before children."""
