"""Group commit: one thread writes, many writers share one commit."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Transaction
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from formbuilder.database.connection import TenantConnection, Work
from schemas.errors import TemporaryError

T = TypeVar("T")
U = TypeVar("U")
_BATCH = 64


@dataclass(slots=True)
class _Job:
    """Something one caller wants written, and how it went.

    The caller is told twice: when the work is `done`, and when it is `stored` too.
    """

    tenant: str
    work: Work[Any]
    done: queue.SimpleQueue[None] | None = None  # None where nobody waits for it
    stored: queue.SimpleQueue[None] = field(default_factory=queue.SimpleQueue)
    result: Any = None
    failure: BaseException | None = None

    def tell_done(self) -> None:
        """Tell the caller that the work is done, or never will be."""
        if self.done is not None:
            self.done.put(None)

    def outcome(self) -> Any:
        """Wait until it is stored; return what the work returned or raise why not."""
        self.stored.get()
        if self.failure is not None:
            raise self.failure
        return self.result


class GroupWriter:
    """The only writer of an SQLite file in this process.

    Jobs that wait are taken together: each runs in a savepoint of its own, one
    COMMIT makes them all durable, and only then do their callers hear of it. A job
    that raises rolls back its own savepoint and nobody else's. A job that waits alone
    has the transaction to itself and needs no savepoint.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(
            target=self._run, name="formbuilder-writer", daemon=True
        )
        self._closing = threading.Lock()
        self._is_closed = False
        self._connection: Connection | None = None  # The thread's alone.
        self.commits = 0
        self._thread.start()

    def write(self, tenant: str, work: Work[T]) -> T:
        """Do the work in the next commit and return what it returned.

        Raises:
            TemporaryError: the commit failed and nothing was stored.
        """
        result: T = self._handed_in(_Job(tenant, work)).outcome()
        return result

    def write_while(self, tenant: str, work: Work[T], meanwhile: Callable[[T], U]) -> U:
        """Do the work in the next commit; return what follows from what it returned.

        That is worked out while the disk writes, and returned after the commit.
        """
        done: queue.SimpleQueue[None] = queue.SimpleQueue()
        job = self._handed_in(_Job(tenant, work, done))
        done.get()
        if job.failure is not None:
            raise job.failure
        try:
            return meanwhile(job.result)
        finally:
            job.outcome()

    @property
    def waiting(self) -> int:
        """Return how many writers wait for the next commit."""
        return self._jobs.qsize()

    def close(self) -> None:
        """Finish what waits, then stop the thread."""
        with self._closing:
            if self._is_closed:
                return
            self._is_closed = True
            self._jobs.put(None)
        self._thread.join()

    def _handed_in(self, job: _Job) -> _Job:
        if threading.current_thread() is self._thread:
            raise RuntimeError("A write inside a write would wait for itself.")
        with self._closing:
            if self._is_closed:
                raise TemporaryError("The service is stopping; nothing was stored.")
            self._jobs.put(job)
        return job

    def _run(self) -> None:
        is_open = True
        while is_open:
            jobs, is_open = self._waiting()
            if jobs:
                self._commit(jobs)
        self._let_go()

    def _waiting(self) -> tuple[list[_Job], bool]:
        """Return the jobs that wait now, at least one, and whether more may come."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == _BATCH:
                return jobs, True
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, True
        return jobs, False

    def _connected(self) -> Connection:
        """Return the one connection; taking it anew costs as much as a small write."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _let_go(self) -> None:
        """Give the connection back, which undoes whatever is not committed in it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            connection = self._connected()
            with connection.begin() as whole:
                if len(jobs) == 1:
                    _run(jobs[0], connection, whole)
                else:
                    for job in jobs:
                        _run_apart(job, connection)
        except Exception as error:  # noqa: BLE001 - the writer must outlive any fault and tell every caller
            self._let_go()
            for job in jobs:
                job.failure = job.failure or _not_stored(error)
                job.tell_done()
        self.commits += 1
        for job in jobs:
            job.stored.put(None)


def _run_apart(job: _Job, connection: Connection) -> None:
    """Run one job in a savepoint of its own."""
    savepoint = connection.begin_nested()
    _run(job, connection, savepoint)
    if job.failure is None:
        savepoint.commit()


def _run(job: _Job, connection: Connection, own: Transaction) -> None:
    """Run one job; keep what it returned, or what it raised and nothing it wrote."""
    try:
        job.result = job.work(TenantConnection(job.tenant, connection))
    except BaseException as error:  # noqa: BLE001 - belongs to the caller, raised there
        is_refused = isinstance(error, OperationalError)  # as when the disk is full
        job.failure = _not_stored(error) if is_refused else error
        own.rollback()
    job.tell_done()


def _not_stored(error: BaseException) -> TemporaryError:
    reason = error.orig if isinstance(error, OperationalError) else type(error).__name__
    failure = TemporaryError(
        f"The database could not commit ({reason}); nothing was stored. "
        "Check the disk's free space and that no other program holds the file."
    )
    failure.__cause__ = error
    return failure
