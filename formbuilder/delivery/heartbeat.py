"""Leases kept alive while their work takes time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog

from formbuilder.database import orders
from formbuilder.database.connection import TenantConnection
from formbuilder.database.database import Database
from schemas.errors import FormbuilderError

_log = structlog.get_logger()


class Heartbeat:
    """Renews what a worker holds, three times in each lease.

    When the process dies the renewals end with it, and the lease runs out.
    """

    def __init__(
        self,
        database: Database,
        worker: str,
        *,
        clock: Callable[[], datetime],
        lease: timedelta,
    ) -> None:
        self._database = database
        self._worker = worker
        self._clock = clock
        self._lease = lease
        self._held: set[tuple[str, str]] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def holding(self, tenant: str, order_id: str) -> Iterator[None]:
        """Renew the order's lease until the block is left."""
        with self._lock:
            self._held.add((tenant, order_id))
        try:
            yield
        finally:
            with self._lock:
                self._held.discard((tenant, order_id))

    def start(self) -> None:
        """Begin to renew."""
        self._stopping.clear()
        self._thread = threading.Thread(
            target=self._run, name="formbuilder-heartbeat", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End renewing."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def beat(self) -> None:
        """Renew every lease held now."""
        with self._lock:
            held = tuple(self._held)
        until = self._clock() + self._lease
        for tenant, order_id in held:

            def renew(tc: TenantConnection, order_id: str = order_id) -> bool:
                return orders.renew(tc, order_id, worker=self._worker, until=until)

            try:
                self._database.write(tenant, renew)
            except FormbuilderError as error:
                _log.warning(
                    "lease_not_renewed", order=order_id, error=type(error).__name__
                )

    def _run(self) -> None:
        while not self._stopping.wait(self._lease.total_seconds() / 3):
            self.beat()
