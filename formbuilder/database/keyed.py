"""Statements run past the statement machinery: every request needs a few."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Select,
    Table,
    Update,
    bindparam,
    select,
)
from sqlalchemy.exc import DBAPIError, MultipleResultsFound
from sqlalchemy.sql.compiler import SQLCompiler

T = TypeVar("T")
Kind = TypeVar("Kind", bound=NamedTuple)
"""What kind of row it is."""
Convert = Callable[[Any], Any]
Converts = Sequence[tuple[int, Convert]]
"""How columns that the driver knows nothing of are read, by their place."""


class Driven(Protocol):
    """A driver's connection, or what stands for it."""

    def cursor(self) -> Any: ...


class _Compiled:
    """A statement compiled once for each dialect."""

    def __init__(self, statement: Select[Any] | Update) -> None:
        self._statement = statement
        self._ready: dict[str, tuple[str, tuple[str, ...], dict[str, Convert]]] = {}

    def run(
        self,
        driven: Driven,
        dialect: Dialect,
        given: Mapping[str, object],
        take: Callable[[Any], T],
    ) -> T:
        """Execute it with these values, past the engine; return what the cursor tells."""
        sql, order, writes = self._compile(dialect)
        values = {n: writes[n](v) if n in writes else v for n, v in given.items()}
        cursor = driven.cursor()
        try:
            cursor.execute(sql, tuple([values[n] for n in order]) if order else values)
            return take(cursor)
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True
            ) from error
        finally:
            cursor.close()

    def _compile(
        self, dialect: Dialect
    ) -> tuple[str, tuple[str, ...], dict[str, Convert]]:
        if dialect.name not in self._ready:
            compiled = self._statement.compile(dialect=dialect)
            if not isinstance(compiled, SQLCompiler):
                raise TypeError("Only a statement of SQL can be run.")
            writes: dict[str, Convert] = {
                name: write
                for name, bind in compiled.binds.items()
                if (write := bind.type.dialect_impl(dialect).bind_processor(dialect))
            }
            order = tuple(compiled.positiontup or ())
            self._ready[dialect.name] = (str(compiled), order, writes)
        return self._ready[dialect.name]


class Changing:
    """An UPDATE of a tenant's rows, made once; the tenant's bind is `of_tenant`."""

    def __init__(self, statement: Update) -> None:
        self._compiled = _Compiled(statement)

    def run(self, connection: Connection, given: Mapping[str, object]) -> int:
        """Change the rows that match; return how many there were."""
        driven, dialect = connection.connection, connection.dialect
        return self._compiled.run(driven, dialect, given, _count)


class Keyed(Generic[Kind]):
    """A SELECT of a tenant's row by one column, compiled once for each dialect.

    `kind` is the row as a named tuple, of the columns that its fields are called.
    """

    def __init__(self, kind: type[Kind], table: Table, column: str) -> None:
        self._kind = kind
        self._columns = tuple(table.c[name] for name in kind._fields)
        self._compiled = _Compiled(
            select(*self._columns).where(
                table.c.tenant == bindparam("tenant"),
                table.c[column] == bindparam("key"),
            )
        )
        self._converts: dict[str, Converts] = {}

    def fetch(self, connection: Connection, tenant: str, key: str) -> Kind | None:
        """Return the only row with this key, or nothing."""
        return self.found(connection.connection, connection.dialect, tenant, key)

    def found(
        self, driven: Driven, dialect: Dialect, tenant: str, key: str
    ) -> Kind | None:
        """Return the only row with this key, read past the engine."""
        given = {"tenant": tenant, "key": key}
        found = self._compiled.run(driven, dialect, given, _two)
        if len(found) > 1:
            raise MultipleResultsFound
        if not found:
            return None
        values = list(found[0])
        for place, convert in self._reads(dialect):
            values[place] = convert(values[place])
        return self._kind._make(values)

    def _reads(self, dialect: Dialect) -> Converts:
        if dialect.name not in self._converts:
            self._converts[dialect.name] = [
                (place, convert)
                for place, column in enumerate(self._columns)
                if (convert := _processor(column, dialect))
            ]
        return self._converts[dialect.name]


def _count(cursor: Any) -> int:
    found: int = cursor.rowcount
    return found


def _two(cursor: Any) -> list[Any]:
    found: list[Any] = cursor.fetchmany(2)
    return found


def _processor(column: Column[Any], dialect: Dialect) -> Convert | None:
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
