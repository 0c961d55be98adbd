"""PostgreSQL: a transaction for each write, row-level security behind each."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Select, select, text
from sqlalchemy.exc import OperationalError

from formbuilder.database import opening, tables
from formbuilder.database.connection import TenantConnection, Work
from formbuilder.database.keyed import Keyed, Kind
from schemas.errors import TemporaryError

T = TypeVar("T")
U = TypeVar("U")
_TRIES = 8
_TRY_AGAIN = ("40001", "40P01")  # serialization_failure, deadlock_detected
_BIND = text("SELECT set_config('formbuilder.tenant', :tenant, true)")


class Postgres:
    """A server that many processes share.

    The writers of one tenant queue behind the tenant's own row. So each sees what
    the one before it committed, as with SQLite's single writer: two guardians who
    sign at the same moment cannot both miss the other's signature.
    """

    def __init__(self, url: str) -> None:
        self._engine = opening.postgres(url)

    @contextmanager
    def read(self, tenant: str) -> Iterator[TenantConnection]:
        with self._connected() as connection, connection.begin():
            connection.execute(
                text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            )
            yield bound(connection, tenant)

    def at(self, tenant: str, keyed: Keyed[Kind], key: str) -> Kind | None:
        # Whose rows may be seen is said within a transaction only.
        with self.read(tenant) as tc:
            return tc.at(keyed, key)

    def write(self, tenant: str, work: Work[T]) -> T:
        for attempt in range(1, _TRIES + 1):
            try:
                with self._engine.begin() as connection:
                    connection.execute(_turn_of(tenant))
                    return work(bound(connection, tenant))
            except OperationalError as error:
                if attempt == _TRIES or not may_try_again(error):
                    raise _not_stored(error) from error
            time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - spreads retries, guards nothing
        raise AssertionError("The last attempt returns or raises.")

    def write_while(self, tenant: str, work: Work[T], meanwhile: Callable[[T], U]) -> U:
        # The tenant's next writer waits for this commit: nothing delays it.
        return meanwhile(self.write(tenant, work))

    def _connected(self) -> Connection:
        try:
            return self._engine.connect()
        except OperationalError as error:
            raise _not_reached(error) from error

    def unbound(self) -> AbstractContextManager[Connection]:
        return self._engine.connect()

    def close(self) -> None:
        self._engine.dispose()


def bound(connection: Connection, tenant: str) -> TenantConnection:
    """Tell the server whose transaction this is, until it ends."""
    connection.execute(_BIND, {"tenant": tenant})
    return TenantConnection(tenant, connection)


def _turn_of(tenant: str) -> Select[tuple[str]]:
    rows = tables.tenants
    return select(rows.c.tenant).where(rows.c.tenant == tenant).with_for_update()


def may_try_again(error: OperationalError) -> bool:
    """Say whether the server asked for the transaction to be run anew."""
    return getattr(error.orig, "sqlstate", None) in _TRY_AGAIN


def _not_reached(error: OperationalError) -> TemporaryError:
    return TemporaryError(
        f"PostgreSQL does not answer ({type(error.orig).__name__}). Check that the "
        "server runs and that FORMBUILDER_DATABASE_URL reaches it."
    )


def _not_stored(error: OperationalError) -> TemporaryError:
    state = getattr(error.orig, "sqlstate", None) or "no connection"
    return TemporaryError(
        f"PostgreSQL could not store this ({state}); nothing was. Check that the "
        "server runs and that FORMBUILDER_DATABASE_URL reaches it."
    )
