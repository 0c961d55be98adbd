"""One tenant's view of the database: no statement leaves it without the tenant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    Executable,
    Insert,
    Row,
    Select,
    Table,
    Update,
    delete,
    insert,
    select,
    update,
)

from formbuilder.database.keyed import Changing, Keyed, Kind

T = TypeVar("T")


class Lookup(Protocol):
    """What finds a tenant's row by its key."""

    def at(self, keyed: Keyed[Kind], key: str) -> Kind | None: ...


@dataclass(frozen=True, slots=True)
class TenantConnection:
    """A connection inside a transaction, bound to one tenant."""

    tenant: str
    connection: Connection

    def execute(self, statement: Executable) -> CursorResult[Any]:
        """Run a statement that was made by the methods below."""
        return self.connection.execute(statement)

    def select(self, table: Table, *where: ColumnElement[bool]) -> Select[Any]:
        """Return a SELECT of the tenant's rows, to be ordered and limited further."""
        return select(table).where(table.c.tenant == self.tenant, *where)

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        """Return every row of the statement."""
        return self.connection.execute(statement).all()

    def at(self, keyed: Keyed[Kind], key: str) -> Kind | None:
        """Return the row with this key, or nothing."""
        return keyed.fetch(self.connection, self.tenant, key)

    def one(self, table: Table, *where: ColumnElement[bool]) -> Row[Any] | None:
        """Return the only row that matches, or nothing."""
        return self.connection.execute(self.select(table, *where)).one_or_none()

    def insert(self, table: Table, **values: object) -> None:
        """Insert one row of the tenant's."""
        self.connection.execute(self.insertion(table), values)

    def insert_many(self, table: Table, rows: Sequence[dict[str, object]]) -> None:
        """Insert the tenant's rows with one statement."""
        if rows:
            self.connection.execute(self.insertion(table), rows)

    def insertion(self, table: Table) -> Insert:
        """Return an INSERT that already says whose row it is."""
        return insert(table).values(tenant=self.tenant)

    def update(
        self, table: Table, *where: ColumnElement[bool], **values: object
    ) -> int:
        """Change the tenant's rows that match; return how many there were."""
        statement = self.updating(table, *where).values(values)
        return self.connection.execute(statement).rowcount

    def change(self, changing: Changing, **values: object) -> int:
        """Run an UPDATE made once, of the tenant's rows; return how many there were."""
        return changing.run(self.connection, {"of_tenant": self.tenant, **values})

    def updating(self, table: Table, *where: ColumnElement[bool]) -> Update:
        """Return an UPDATE of the tenant's rows, to be given values and RETURNING."""
        return update(table).where(table.c.tenant == self.tenant, *where)

    def delete(self, table: Table, *where: ColumnElement[bool]) -> int:
        """Delete the tenant's rows that match; return how many there were."""
        return self.connection.execute(self.deletion(table, *where)).rowcount

    def deletion(self, table: Table, *where: ColumnElement[bool]) -> Delete:
        """Return a DELETE of the tenant's rows."""
        return delete(table).where(table.c.tenant == self.tenant, *where)


Work = Callable[[TenantConnection], T]
"""What is done in a transaction, and what it returns."""
