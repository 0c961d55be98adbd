"""Threads of this process that take due orders by short leases."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ClassVar, Final

import structlog

from formbuilder.database import orders
from formbuilder.delivery.worker import Outcome, Workshop, process_order

_THREADS: Final = 4
_POLL: Final = 1.0
_log = structlog.get_logger()


class LeaseEngine:
    """One thread looks for due orders, a few others do them."""

    key: ClassVar[str] = "lease"

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._under_way: set[tuple[str, str]] = set()
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the threads."""
        self._stopping.clear()
        self._shop.heartbeat.start()
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="formbuilder-work")
        self._thread = threading.Thread(
            target=self._run, name="formbuilder-due", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Let what is under way finish, then give back leases."""
        self._stopping.set()
        self._awake.set()
        if self._thread is not None:
            self._thread.join()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._shop.heartbeat.stop()

    def wake(self, tenant: str) -> None:
        """Look at once."""
        self._awake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - the worker loop outlives any fault
                _log.error("looking_failed", error=type(error).__name__)
            self._awake.wait(_POLL)

    def _look(self) -> None:
        """Hand the due orders over that nobody here has yet."""
        now = self._shop.clock()
        for tenant in sorted(self._shop.database.tenants):
            with self._lock:
                busy = set(self._under_way)
            free = 2 * _THREADS - len(busy)
            if free <= 0 or self._stopping.is_set():
                return
            with self._shop.database.read(tenant) as tc:
                due = orders.due(tc, now=now, limit=free + len(busy))
            for order_id in [one for one in due if (tenant, one) not in busy][:free]:
                self._hand_over(tenant, order_id)

    def _hand_over(self, tenant: str, order_id: str) -> None:
        if self._pool is None:
            return
        with self._lock:
            self._under_way.add((tenant, order_id))
        future = self._pool.submit(process_order, self._shop, tenant, order_id)
        future.add_done_callback(lambda done: self._over(done, tenant, order_id))

    def _over(self, done: "Future[Outcome]", tenant: str, order_id: str) -> None:
        with self._lock:
            self._under_way.discard((tenant, order_id))
        if not done.cancelled() and (error := done.exception()) is not None:
            # The lease could not be taken or settled; it runs out by itself.
            _log.error("order_unsettled", order=order_id, error=type(error).__name__)
            return
        self._awake.set()
