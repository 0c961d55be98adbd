"""Every row as a line of text, out of one database and into another of any kind.

The same copy goes from SQLite to PostgreSQL: that is how an installation grows.
Sealed columns stay sealed; nothing here needs a key.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, select, text

from formbuilder.database import tables
from formbuilder.database.types import UtcDateTime

_AT_ONCE = 500


def one_moment(connection: Connection) -> None:
    """Let everything read on the connection be of the same moment."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        )


def known_tenants(connection: Connection) -> tuple[str, ...]:
    """Return the tenants whose rows the database holds."""
    column = tables.tenants.c.tenant
    return tuple(connection.scalars(select(column).order_by(column)))


def act_as(connection: Connection, tenant: str) -> None:
    """Tell a server with row-level security whose rows are meant from now on."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT set_config('formbuilder.tenant', :tenant, true)"),
            {"tenant": tenant},
        )


def lines(connection: Connection, table: Table, tenant: str) -> Iterator[str]:
    """Yield the tenant's rows, in the order of their keys."""
    statement = (
        select(table)
        .where(table.c.tenant == tenant)
        .order_by(*table.primary_key.columns)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in connection.execute(statement):
        values = {name: _plain(value) for name, value in row._mapping.items()}  # noqa: SLF001 - SQLAlchemy's public name
        yield json.dumps(values, sort_keys=True, ensure_ascii=False) + "\n"


def load(connection: Connection, table: Table, written: Iterable[str]) -> int:
    """Insert rows that `lines` gave; return how many there were."""
    count, batch = 0, []
    for line in written:
        batch.append(_row(table, json.loads(line)))
        if len(batch) == _AT_ONCE:
            count += _insert(connection, table, batch)
            batch = []
    return count + _insert(connection, table, batch)


def is_empty(connection: Connection) -> bool:
    """Say whether no tenant has a row."""
    for tenant in known_tenants(connection):
        act_as(connection, tenant)
        for table in tables.OF_TENANTS:
            mine = select(table.c.tenant).where(table.c.tenant == tenant).limit(1)
            if connection.execute(mine).first() is not None:
                return False
    return True


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    if rows:
        connection.execute(table.insert(), rows)
    return len(rows)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def _row(table: Table, found: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name].type, found[name]) for name in found}


def _value(type_: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(type_, LargeBinary):
        return base64.b64decode(value)
    return datetime.fromisoformat(value) if isinstance(type_, UtcDateTime) else value
