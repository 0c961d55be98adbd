"""The way into the database: read as a tenant, write as a tenant."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from formbuilder.config import Settings
from formbuilder.database import installation, opening
from formbuilder.database.connection import Lookup, TenantConnection, Work
from formbuilder.database.keyed import Keyed, Kind
from formbuilder.database.postgres import Postgres
from formbuilder.database.sqlite import Memory, Sqlite
from schemas.errors import Refused

T = TypeVar("T")
U = TypeVar("U")


class Store(Protocol):
    """One kind of database under three verbs."""

    def read(self, tenant: str) -> AbstractContextManager[TenantConnection]: ...

    def at(self, tenant: str, keyed: Keyed[Kind], key: str) -> Kind | None: ...

    def write(self, tenant: str, work: Work[T]) -> T: ...

    def write_while(
        self, tenant: str, work: Work[T], meanwhile: Callable[[T], U]
    ) -> U: ...

    def unbound(self) -> AbstractContextManager[Connection]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Alone:
    """Finds rows of a tenant's, each as of its own moment."""

    store: Store
    tenant: str

    def at(self, keyed: Keyed[Kind], key: str) -> Kind | None:
        return self.store.at(self.tenant, keyed, key)


def store_for(url: str) -> Store:
    """Return the store for the address of a database."""
    if opening.is_memory(url):
        return Memory(url)
    return Sqlite(url) if opening.is_sqlite(url) else Postgres(url)


class Database:
    """The installation's database; it opens in its own environment only.

    A database in memory is made here, ready to use; any other must have been
    upgraded. Raises:
        OperatorError: it cannot be reached, is not upgraded, or is another
            environment's.
    """

    def __init__(self, settings: Settings) -> None:
        self.url = settings.database
        self._store = store_for(settings.database)
        self._tenants = frozenset(tenant.key for tenant in settings.tenants)
        self._alone = {key: _Alone(self._store, key) for key in self._tenants}
        try:
            if isinstance(self._store, Memory):
                self._store.create(settings.environment, self._tenants)
            self._check(settings.environment)
        except BaseException:
            self._store.close()
            raise

    @property
    def tenants(self) -> frozenset[str]:
        """Return the keys of the tenants that may be read and written."""
        return self._tenants

    @contextmanager
    def read(self, tenant: str) -> Iterator[TenantConnection]:
        """Open a reading transaction: everything in it is seen as of one moment."""
        self._known(tenant)
        with self._store.read(tenant) as connection:
            yield connection

    def lookup(self, tenant: str) -> Lookup:
        """Return what finds single rows; only a transaction holds two together."""
        self._known(tenant)
        return self._alone[tenant]

    def write(self, tenant: str, work: Work[T]) -> T:
        """Run the work in a transaction; return its value after the commit.

        The work may be run more than once before it is stored, so it must do
        nothing but read and write through its connection. Raises:
            TemporaryError: it could not be stored; nothing was.
        """
        self._known(tenant)
        return self._store.write(tenant, work)

    def write_while(self, tenant: str, work: Work[T], meanwhile: Callable[[T], U]) -> U:
        """Write as `write` does; return what `meanwhile` makes of the work's value.

        Where the disk has to be waited for, it is made in that time. It is returned
        after the commit, and nobody is to hear of it before. Raises:
            TemporaryError: it could not be stored; nothing was.
        """
        self._known(tenant)
        return self._store.write_while(tenant, work, meanwhile)

    def close(self) -> None:
        """Finish what is being written and let go of every connection."""
        self._store.close()

    def _check(self, environment: str) -> None:
        try:
            with self._store.unbound() as connection:
                installation.check(connection, environment, self._tenants)
        except SQLAlchemyError as error:
            raise installation.unreadable(error) from error

    def _known(self, tenant: str) -> None:
        if tenant not in self._tenants:
            raise Refused("unknown_tenant")
