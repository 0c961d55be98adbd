"""A whole acceptance, beside its checks and its rows through the raw driver."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

from benchmarks import stage
from benchmarks.measuring import Figure, Side, side_by_side
from benchmarks.stage import Stage
from formbuilder.database import opening
from formbuilder.demo import family
from formbuilder.demo.town import TENANT
from formbuilder.services.eid_binding import Browser
from formbuilder.services.identify import Result
from formbuilder.services.session import Session
from schemas.errors import OperatorError

FLOW: Final = "benchmark"
WRITES: Final = ("INSERT", "UPDATE", "DELETE")
WAITS: Final = 200


@dataclass(slots=True)
class Statements:
    """What was written, as the driver got it."""

    written: list[tuple[str, Any, bool]] = field(default_factory=list)
    is_on: bool = False

    def note(
        self,
        _connection: object,
        _cursor: object,
        statement: str,
        parameters: Any,
        _context: object,
        is_many: bool,
    ) -> None:
        """Keep a statement that changes something."""
        if self.is_on and statement.lstrip().upper().startswith(WRITES):
            self.written.append((statement, parameters, is_many))


def acceptance_figures(on: Stage, rounds: int) -> list[Figure]:
    """Return what it costs to accept a school start that somebody has signed."""
    stage.begin(on, family.SARAS_ANSWERS)
    who, order_id = signed(on)
    result = on.installation.services.identify.result(
        TENANT, order_id, FLOW, purpose="sign"
    )
    with kept(on) as restore:
        rows = recorded(lambda: accept(on, who, order_id))
        orders = _orders(on)
        restore()
        checks = _checks(on, who, result)
        with raw(on) as (connection, again):
            return [
                side_by_side(
                    f"Acceptance with {orders} orders, {len(rows)} statements",
                    "the same checks and rows through the raw driver",
                    Side(work=lambda: accept(on, who, order_id), before=restore),
                    Side(work=lambda: replay(connection, rows, checks), before=again),
                    rounds=rounds,
                )
            ]


def signed(on: Stage) -> tuple[Session, str]:
    """Let the guardian sign their draft on the phone; nothing is accepted yet."""
    services = on.installation.services
    token = next(c.value for c in on.client.cookies.jar if c.name == "citizen") or ""
    who = services.sessions.resolve(TENANT, token)
    if who is None:
        raise OperatorError("Nobody is logged in any more. Run the benchmark again.")
    draft = services.drafts.list(who)[0]
    order_id = services.sign.start(
        who, draft.id, "bankid", Browser(ip="127.0.0.1"), FLOW
    )
    with httpx.Client(base_url=on.town.phone_url, trust_env=False) as phone:
        order = phone.get("/_sim/orders").raise_for_status().json()[-1]["reference"]
        for act in ("start", "approve"):
            on.phone.act(order, act, {"personal_number": family.SARA})
    for _ in range(WAITS):
        if services.identify.status(TENANT, order_id, FLOW).state == "complete":
            return who, order_id
    raise OperatorError("The simulated phone did not sign. Run the benchmark again.")


def accept(on: Stage, who: Session, order_id: str) -> object:
    """Check the signature and store all that follows."""
    return on.installation.services.sign.finish(who, order_id, FLOW)


def recorded(work: Callable[[], object]) -> list[tuple[str, Any, bool]]:
    """Return every statement with which the work changed something."""
    statements = Statements(is_on=True)
    event.listen(Engine, "before_cursor_execute", statements.note)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", statements.note)
    return statements.written


def _checks(on: Stage, who: Session, result: Result) -> Callable[[], None]:
    """Return the checks of an acceptance: the evidence, and the register now."""
    provider = on.installation.tools.providers[result.row.provider]
    submission = result.context["submission"]

    def check() -> None:
        verdict = provider.verify(
            result.evidence,
            purpose="sign",
            visible_text=submission["visible_text"],
            non_visible=submission["manifest"].encode(),
            person=who.personal_number,
            received_at=result.received_at,
        )
        if not verdict.ok:
            raise OperatorError(f"The signature does not hold: {verdict.reason}.")
        on.installation.services.family.family(who, submission["subject_key"])

    return check


def replay(
    connection: sqlite3.Connection,
    rows: list[tuple[str, Any, bool]],
    checks: Callable[[], None],
) -> None:
    """Check, then write the same rows in one transaction."""
    checks()
    connection.execute("BEGIN IMMEDIATE")
    for statement, values, is_many in rows:
        if is_many:
            connection.executemany(statement, values)
        else:
            connection.execute(statement, values)
    connection.execute("COMMIT")


@contextmanager
def kept(on: Stage) -> Iterator[Callable[[], None]]:
    """Keep the service's database as it is now; give what puts it back."""
    with restoring(_file(on), _file(on)) as restore:
        yield restore


@contextmanager
def raw(on: Stage) -> Iterator[tuple[sqlite3.Connection, Callable[[], None]]]:
    """Give a raw connection to a copy of the database, opened as ours is."""
    copy = on.town.home / "floor-acceptance.db"
    engine = opening.sqlite_writer(f"sqlite:///{copy}")
    with restoring(_file(on), copy) as restore:
        restore()
        pooled = engine.raw_connection()
        connection = pooled.driver_connection
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError(connection)
        yield connection, restore
        pooled.close()
    engine.dispose()


@contextmanager
def restoring(source: Path, target: Path) -> Iterator[Callable[[], None]]:
    """Keep one database in memory; give what writes it over another."""
    with closing(sqlite3.connect(":memory:")) as memory:
        with closing(sqlite3.connect(source)) as found:
            found.backup(memory)

        def restore() -> None:
            with closing(sqlite3.connect(target)) as there:
                memory.backup(there)
                there.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        yield restore


def _file(on: Stage) -> Path:
    return Path(make_url(on.town.settings.database).database or "")


def _orders(on: Stage) -> int:
    with closing(sqlite3.connect(_file(on))) as found:
        count: int = found.execute("SELECT count(*) FROM orders").fetchone()[0]
    return count
