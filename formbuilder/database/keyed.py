"""Statements run past the statement machinery: every request needs a few."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter, itemgetter, methodcaller
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

from formbuilder.database.types import UtcDateTime

T = TypeVar("T")
Kind = TypeVar("Kind", bound=NamedTuple)
"""What kind of row it is."""
Convert = Callable[[Any], Any]
Converts = Sequence[tuple[int, Convert]]
"""How columns that the driver knows nothing of are read, by their place."""
Ready = tuple[str, Convert | None, Mapping[str, Convert]]
"""SQL, what puts the values in its order if it has one, and how some are written."""


class Driven(Protocol):
    """A driver's connection, or what stands for it."""

    def cursor(self) -> Any: ...


class _Compiled:
    """A statement compiled once for each dialect."""

    def __init__(self, statement: Select[Any] | Update) -> None:
        self._statement = statement
        self._ready: dict[str, Ready] = {}

    def run(
        self,
        driven: Driven,
        dialect: Dialect,
        given: Mapping[str, object],
        take: Callable[[Any], T],
    ) -> T:
        """Execute it with these values, past the engine; return what the cursor tells."""
        sql, ordered, writes = self._ready.get(dialect.name) or self._compile(dialect)
        values = given
        if writes:
            values = {n: writes[n](v) if n in writes else v for n, v in given.items()}
        cursor = driven.cursor()
        try:
            cursor.execute(sql, ordered(values) if ordered else values)
            return take(cursor)
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True
            ) from error
        finally:
            cursor.close()

    def _compile(self, dialect: Dialect) -> Ready:
        compiled = self._statement.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("Only a statement of SQL can be run.")
        writes: dict[str, Convert] = {
            name: write
            for name, bind in compiled.binds.items()
            if (write := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        order = compiled.positiontup  # of at least two: the tenant, and what it is of
        ready = (str(compiled), itemgetter(*order) if order else None, writes)
        return self._ready.setdefault(dialect.name, ready)


class Changing:
    """An UPDATE of a tenant's rows, made once; the tenant's bind is `of_tenant`."""

    def __init__(self, statement: Update) -> None:
        self._compiled = _Compiled(statement)

    def run(self, connection: Connection, given: Mapping[str, object]) -> int:
        """Change the rows that match; return how many there were."""
        driven, dialect = connection.connection, connection.dialect
        changed: int = self._compiled.run(driven, dialect, given, _count)
        return changed


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
        converts = self._converts.get(dialect.name) or self._reads(dialect)
        for place, convert in converts:
            if values[place] is not None:
                values[place] = convert(values[place])
        return self._kind._make(values)

    def _reads(self, dialect: Dialect) -> Converts:
        found = [
            (place, convert)
            for place, column in enumerate(self._columns)
            if (convert := _processor(column, dialect))
        ]
        return self._converts.setdefault(dialect.name, found)


_count = attrgetter("rowcount")
_two = methodcaller("fetchmany", 2)


def _processor(column: Column[Any], dialect: Dialect) -> Convert | None:
    """Return what reads a value that is there, if it is not read as it is."""
    if isinstance(column.type, UtcDateTime):
        return column.type.reader(dialect)
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
