"""One row by its key, past the statement machinery: every request needs a few."""

from collections import namedtuple
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Table, bindparam, select
from sqlalchemy.exc import DBAPIError, MultipleResultsFound

Convert = Callable[[Any], Any]


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
        self._compiled: dict[str, tuple[str, tuple[str, ...], list[Convert]]] = {}

    def fetch(self, connection: Connection, tenant: str, key: str) -> Any | None:
        """Return the only row with this key, or nothing."""
        return self.found(connection.connection, connection.dialect, tenant, key)

    def found(
        self, driven: Driven, dialect: Dialect, tenant: str, key: str
    ) -> Any | None:
        """Return the only row with this key, read past the engine."""
        sql, order, converts = self._ready(dialect)
        values = {"tenant": tenant, "key": key}
        cursor = driven.cursor()
        try:
            cursor.execute(sql, tuple(values[n] for n in order) if order else values)
            found = cursor.fetchmany(2)
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True
            ) from error
        finally:
            cursor.close()
        if len(found) > 1:
            raise MultipleResultsFound
        return self._row(*map(_apply, converts, found[0])) if found else None

    def _ready(self, dialect: Dialect) -> tuple[str, tuple[str, ...], list[Convert]]:
        if dialect.name not in self._compiled:
            compiled = self.statement.compile(dialect=dialect)
            converts: list[Convert] = [
                column.type.dialect_impl(dialect).result_processor(dialect, None)
                or _as_it_is
                for column in self._columns
            ]
            order = tuple(compiled.positiontup or ())
            self._compiled[dialect.name] = (str(compiled), order, converts)
        return self._compiled[dialect.name]


def _apply(convert: Convert, value: Any) -> Any:
    return convert(value)


def _as_it_is(value: Any) -> Any:
    return value
