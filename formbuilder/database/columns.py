"""How columns and tables are written down: each belongs to one tenant."""

from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
)
from sqlalchemy.schema import SchemaItem

from formbuilder.database.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def word(name: str, *, null: bool = False) -> Column[str]:
    """Return a column of short text: an id, a key, a code."""
    return Column(name, String, nullable=null)


def number(name: str, *, null: bool = False) -> Column[int]:
    """Return a column of whole numbers."""
    return Column(name, Integer, nullable=null)


def time(name: str, *, null: bool = False) -> Column[datetime]:
    """Return a column of times in UTC."""
    return Column(name, UtcDateTime, nullable=null)


def sealed(name: str, *, null: bool = False) -> Column[bytes]:
    """Return a column of ciphertext."""
    return Column(f"{name}_sealed", LargeBinary, nullable=null)


def table(name: str, *items: SchemaItem, key: tuple[str, ...] = ("id",)) -> Table:
    """Return a table whose key begins with the tenant."""
    return Table(
        name,
        metadata,
        word("tenant"),
        *items,
        PrimaryKeyConstraint("tenant", *key),
    )


def of(column: str, parent: str) -> ForeignKeyConstraint:
    """Return a reference to another table's row of the same tenant."""
    return ForeignKeyConstraint(
        ["tenant", column], [f"{parent}.tenant", f"{parent}.id"]
    )
