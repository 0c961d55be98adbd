"""How an engine is made for each database: durable, and silent about its values."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from schemas.errors import OperatorError

_BUSY_MS = 15_000


class Unreachable(OperatorError):  # noqa: N818 - a verdict, not a fault of ours
    """There is no database where the settings say, or it does not answer."""


def address_of(url: str) -> URL:
    """Return the address of a database of a kind there is.

    Raises:
        Unreachable: it is none; what it holds is not repeated, for its password.
    """
    try:
        found = make_url(url)
        if found.get_backend_name() in ("sqlite", "postgresql"):
            return found
    except (ArgumentError, ValueError):
        pass
    raise Unreachable(
        "database_url is no address of a database. Write postgresql://user@host/name, "
        "or leave it out for SQLite in FORMBUILDER_HOME."
    )


def is_sqlite(url: str) -> bool:
    """Say whether the address is an SQLite file (or memory)."""
    return address_of(url).get_backend_name() == "sqlite"


def is_memory(url: str) -> bool:
    """Say whether the database lives in this process's memory only."""
    return is_sqlite(url) and address_of(url).database in (None, "", ":memory:")


def sqlite_writer(url: str) -> Engine:
    """Return the engine of the one writing connection."""
    _make_folder(url)
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def sqlite_reader(url: str) -> Engine:
    """Return an engine of reading connections; what they try to write is refused."""
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=16,
        max_overflow=48,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _reading)
    event.listen(engine, "begin", _begin)
    return engine


def postgres(url: str) -> Engine:
    """Return an engine with a pool of psycopg connections."""
    address = address_of(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    return create_engine(
        address,
        hide_parameters=True,
        pool_size=16,
        max_overflow=16,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
    )


def _make_folder(url: str) -> None:
    database = address_of(url).database
    if database and not is_memory(url):
        folder = Path(database).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Unreachable(
                f"The folder {folder} cannot be made ({error.strerror}). Set "
                "FORMBUILDER_HOME to a place where this user may write."
            ) from error


def _configure(connection: sqlite3.Connection, *pragmas: str) -> None:
    # The driver must not open transactions on its own: BEGIN is ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {_BUSY_MS}", *pragmas):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _durable(connection: sqlite3.Connection, _record: Any) -> None:
    _configure(
        connection,
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "secure_delete = ON",
    )


def _reading(connection: sqlite3.Connection, _record: Any) -> None:
    _configure(connection, "query_only = ON", "temp_store = MEMORY")


def _begin_immediate(connection: Connection) -> None:
    _run(connection, "BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    _run(connection, "BEGIN")


def _run(connection: Connection, statement: str) -> None:
    # Past the statement machinery: this runs for every read and every write there is.
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement)
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            statement, None, error, sqlite3.Error, hide_parameters=True
        ) from error
    finally:
        cursor.close()
