"""SQLite: a file with one writer thread, or a database in memory."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from typing import Final, TypeVar

from sqlalchemy import Connection, PoolProxiedConnection

from formbuilder.database import installation, opening, tables
from formbuilder.database.connection import TenantConnection, Work
from formbuilder.database.keyed import Keyed, Kind
from formbuilder.database.writer import GroupWriter

T = TypeVar("T")
U = TypeVar("U")
IDLE: Final = 8
"""How many connections wait, out of the pool, for the next reader of one row."""


class Sqlite:
    """A file: any number of readers beside one writer with group commit."""

    def __init__(self, url: str) -> None:
        self._writing = opening.sqlite_writer(url)
        self._reading = opening.sqlite_reader(url)
        self._idle: deque[PoolProxiedConnection] = deque()
        self.writer = GroupWriter(self._writing)

    @contextmanager
    def read(self, tenant: str) -> Iterator[TenantConnection]:
        with self._reading.connect() as connection, connection.begin():
            yield TenantConnection(tenant, connection)

    def at(self, tenant: str, keyed: Keyed[Kind], key: str) -> Kind | None:
        # A statement outside a transaction sees one moment, with no BEGIN to send.
        connection = self._resting()
        try:
            return keyed.found(connection, self._reading.dialect, tenant, key)
        finally:
            self._rest(connection)

    def write(self, tenant: str, work: Work[T]) -> T:
        return self.writer.write(tenant, work)

    def write_while(self, tenant: str, work: Work[T], meanwhile: Callable[[T], U]) -> U:
        return self.writer.write_while(tenant, work, meanwhile)

    def unbound(self) -> AbstractContextManager[Connection]:
        return self._reading.connect()

    def close(self) -> None:
        self.writer.close()
        with suppress(IndexError):
            while True:
                self._idle.pop().close()
        self._reading.dispose()
        self._writing.dispose()

    def _resting(self) -> PoolProxiedConnection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._reading.raw_connection()

    def _rest(self, connection: PoolProxiedConnection) -> None:
        if len(self._idle) < IDLE:
            self._idle.append(connection)
        else:
            connection.close()


class Memory:
    """A database that is gone when it is closed: for previews and trials."""

    def __init__(self, url: str) -> None:
        self._engine = opening.sqlite_writer(url)
        self._one_at_a_time = threading.RLock()

    def create(self, environment: str, tenants: Iterable[str]) -> None:
        """Make the tables, as an upgrade would."""
        now = datetime.now(UTC)
        with self._engine.begin() as connection:
            tables.metadata.create_all(connection)
            installation.stamp(connection, environment, frozenset(tenants), now)

    @contextmanager
    def read(self, tenant: str) -> Iterator[TenantConnection]:
        with self._one_at_a_time, self._engine.begin() as connection:
            yield TenantConnection(tenant, connection)

    def at(self, tenant: str, keyed: Keyed[Kind], key: str) -> Kind | None:
        with self.read(tenant) as tc:
            return tc.at(keyed, key)

    def write(self, tenant: str, work: Work[T]) -> T:
        with self._one_at_a_time, self._engine.begin() as connection:
            return work(TenantConnection(tenant, connection))

    def write_while(self, tenant: str, work: Work[T], meanwhile: Callable[[T], U]) -> U:
        return meanwhile(self.write(tenant, work))

    def unbound(self) -> AbstractContextManager[Connection]:
        return self._engine.connect()

    def close(self) -> None:
        self._engine.dispose()
