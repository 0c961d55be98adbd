"""Whether the audit log of each municipality is as it was written."""

from collections.abc import Iterator

from formbuilder.config import Settings
from formbuilder.database import audit
from formbuilder.database.audit import Chain
from formbuilder.database.database import Database
from formbuilder.operations.finding import Finding, failed, ok


def audit_chains(settings: Settings) -> Iterator[Finding]:
    """Follow the chain of every tenant; the database must open and be up to date."""
    database = Database(settings)
    try:
        for tenant in sorted(database.tenants):
            with database.read(tenant) as tc:
                chain = audit.follow(tc)
            yield _judged(f"audit {tenant}", chain)
    finally:
        database.close()


def _judged(check: str, chain: Chain) -> Finding:
    if chain.broken_at is not None:
        return failed(
            check,
            f"Event {chain.broken_at} was changed or taken away, or not written by "
            f"the service; the {chain.events} before it are whole.",
            "Change nothing in the table audit. Find who can write in the database, "
            f"and compare event {chain.broken_at} with the backups.",
        )
    if not chain.events:
        return ok(check, "Nothing has happened yet.")
    return ok(
        check,
        f"{chain.events} events, none changed; the last has the hash "
        f"{chain.last_hash}.",
    )
