"""Procrastinate on PostgreSQL: many workers on many machines.

A job carries an order's id and tenant, nothing else. Jobs are deferred after the
commit that left the orders, and again by a sweeper for whatever is due; the lease
in the order row decides who does it, so a job too many is harmless.
"""

import asyncio
import threading
from typing import Any, ClassVar, Final

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status
from sqlalchemy.engine import make_url

from formbuilder.database import orders
from formbuilder.delivery.worker import Workshop, process_order
from schemas.errors import OperatorError

_SCHEMA: Final = "procrastinate"
_QUEUE: Final = "orders"
_TASK: Final = "formbuilder.order"
_CONCURRENCY: Final = 4
_SWEEP: Final = 2.0
_RECOVER: Final = 10.0
_AT_ONCE: Final = 500
_log = structlog.get_logger()


class ProcrastinateEngine:
    """A worker in a thread of its own, and a sweeper that finds what is due."""

    key: ClassVar[str] = "procrastinate"

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._conninfo = conninfo(shop.database.url)
        self._deferring = _app(procrastinate.SyncPsycopgConnector, self._conninfo)
        self._task = self._deferring.task(name=_TASK, queue=_QUEUE)(_run_nothing)
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._sweeper: threading.Thread | None = None
        self._worker: _Worker | None = None

    def start(self) -> None:
        """Make the queue's tables if they are not there, then work and sweep."""
        prepare(self._conninfo)
        self._shop.heartbeat.start()
        self._worker = _Worker(self._shop, self._conninfo)
        self._worker.start()
        self._sweep_from_now()

    def stop(self) -> None:
        """Let what is under way finish."""
        self._stopping.set()
        self._awake.set()
        if self._worker is not None:
            self._worker.stop()
        if self._sweeper is not None:
            self._sweeper.join()
        self._shop.heartbeat.stop()

    def wake(self, tenant: str) -> None:
        """Defer what the last commit left; a web process does so without working."""
        self._sweep_from_now()
        self._awake.set()

    def sweep(self) -> int:
        """Defer a job for each due order that has none waiting; return how many."""
        now, deferred = self._shop.clock(), 0
        for tenant in sorted(self._shop.database.tenants):
            with self._shop.database.read(tenant) as tc:
                due = orders.due(tc, now=now, limit=_AT_ONCE)
            deferred += sum(self._defer(tenant, order_id) for order_id in due)
        return deferred

    def _defer(self, tenant: str, order_id: str) -> bool:
        job = self._task.configure(queueing_lock=f"{tenant}/{order_id}")
        try:
            job.defer(tenant=tenant, order_id=order_id)
        except AlreadyEnqueued:
            return False
        return True

    def _sweep_from_now(self) -> None:
        with self._lock:
            if self._sweeper is None:
                self._sweeper = threading.Thread(
                    target=self._sweep_on, name="formbuilder-sweep", daemon=True
                )
                self._sweeper.start()

    def _sweep_on(self) -> None:
        with self._deferring.open():
            while not self._stopping.is_set():
                self._awake.clear()
                try:
                    self.sweep()
                except Exception as error:  # noqa: BLE001 - the worker loop outlives any fault
                    _log.error("sweep_failed", error=type(error).__name__)
                self._awake.wait(_SWEEP)


class _Worker:
    """Procrastinate's own worker, in an event loop of its own thread."""

    def __init__(self, shop: Workshop, conninfo: str) -> None:
        self._app = _app(procrastinate.PsycopgConnector, conninfo)

        @self._app.task(name=_TASK, queue=_QUEUE)
        def order(tenant: str, order_id: str) -> None:
            process_order(shop, tenant, order_id)

        self._loop = asyncio.new_event_loop()
        self._working: asyncio.Task[None] | None = None
        self._thread = threading.Thread(
            target=self._run, name="formbuilder-jobs", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._cancel)
        self._thread.join()

    def _cancel(self) -> None:
        if self._working is not None:
            self._working.cancel()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._main())
        finally:
            self._loop.close()

    async def _main(self) -> None:
        async with self._app.open_async():
            recovering = asyncio.create_task(self._recover())
            self._working = asyncio.create_task(self._work())
            try:
                await self._working
            except asyncio.CancelledError:
                _log.info("worker_stopped")
            finally:
                recovering.cancel()

    async def _work(self) -> None:
        # NOTIFY is not everywhere PostgreSQL is spoken, so the queue is polled.
        await self._app.run_worker_async(
            queues=[_QUEUE],
            concurrency=_CONCURRENCY,
            listen_notify=False,
            fetch_job_polling_interval=0.5,
            install_signal_handlers=False,
            delete_jobs="always",
        )

    async def _recover(self) -> None:
        """Take away the jobs of dead workers; their orders are deferred anew."""
        while True:
            try:
                for job in await self._app.job_manager.get_stalled_jobs(queue=_QUEUE):
                    await self._app.job_manager.finish_job(
                        job, status=Status.FAILED, delete_job=True
                    )
            except ConnectorException as error:
                _log.warning("recovery_failed", error=type(error).__name__)
            await asyncio.sleep(_RECOVER)


def prepare(conninfo: str) -> None:
    """Make the queue's own tables, once, in a schema of their own."""
    with psycopg.connect(conninfo) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7170)")
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
        found = connection.execute("SELECT to_regclass('procrastinate_jobs')")
        row = found.fetchone()
        if row is not None and row[0] is None:
            connection.execute(procrastinate.schema.SchemaManager.get_schema())


def conninfo(url: str) -> str:
    """Return the database's address as psycopg takes it, with the queue's schema.

    Raises:
        OperatorError: the database is no PostgreSQL.
    """
    address = make_url(url)
    if address.get_backend_name() != "postgresql":
        raise OperatorError(
            "The engine procrastinate needs PostgreSQL. Set FORMBUILDER_DATABASE_URL "
            "to one, or use: formbuilder serve --embedded."
        )
    plain = address.set(drivername="postgresql").update_query_dict(
        {"options": f"-csearch_path={_SCHEMA}"}
    )
    return plain.render_as_string(hide_password=False)


def _app(connector: Any, conninfo: str) -> procrastinate.App:
    return procrastinate.App(connector=connector(conninfo=conninfo))


def _run_nothing(tenant: str, order_id: str) -> None:
    """Stand for the task where jobs are deferred only."""
