"""One row by its key, past the statement machinery: every request needs a few."""

from collections import namedtuple
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sqlalchemy import Column, Connection, Dialect, Table, bindparam, select
from sqlalchemy.exc import DBAPIError, MultipleResultsFound

Converts = Sequence[tuple[int, Callable[[Any], Any]]]
"""How columns that the driver knows nothing of are read, by their place."""


class Driven(Protocol):
    """A driver's connection, or what stands for it."""

    def cursor(self) -> Any: ...


class Keyed:
    """A SELECT of a tenant's row by one column, compiled once for each dialect."""

    def __init__(self, table: Table, column: str) -> None:
        self.statement = select(table).where(
            table.c.tenant == bindparam("tenant"), table.c[column] == bindparam("key")
        )
        self._columns = tuple(table.columns)
        self._row = namedtuple(table.name, [c.name for c in self._columns])  # type: ignore[misc]  # noqa: PYI024 - the names are the table's
        self._compiled: dict[str, tuple[str, tuple[str, ...], Converts]] = {}

    def fetch(self, connection: Connection, tenant: str, key: str) -> Any | None:
        """Return the only row with this key, or nothing."""
        return self.found(connection.connection, connection.dialect, tenant, key)

    def found(
        self, driven: Driven, dialect: Dialect, tenant: str, key: str
    ) -> Any | None:
        """Return the only row with this key, read past the engine."""
        sql, order, converts = self._ready(dialect)
        given = {"tenant": tenant, "key": key}
        cursor = driven.cursor()
        try:
            cursor.execute(sql, tuple([given[n] for n in order]) if order else given)
            found = cursor.fetchmany(2)
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True
            ) from error
        finally:
            cursor.close()
        if len(found) > 1:
            raise MultipleResultsFound
        if not found:
            return None
        values = list(found[0])
        for place, convert in converts:
            values[place] = convert(values[place])
        return self._row(*values)

    def _ready(self, dialect: Dialect) -> tuple[str, tuple[str, ...], Converts]:
        if dialect.name not in self._compiled:
            compiled = self.statement.compile(dialect=dialect)
            converts = [
                (place, convert)
                for place, column in enumerate(self._columns)
                if (convert := _processor(column, dialect))
            ]
            order = tuple(compiled.positiontup or ())
            self._compiled[dialect.name] = (str(compiled), order, converts)
        return self._compiled[dialect.name]


def _processor(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
