"""Which key generations are still needed, and the end of those that are not."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Column, Connection, LargeBinary, func, select

from formbuilder.config import Settings
from formbuilder.database import copying, tables
from formbuilder.database.upgrading import reading_engine_for
from formbuilder.keyring import HEADER, Keyring, generation_in
from formbuilder.master_keys import KeysRefused


def generations_in_use(settings: Settings) -> Mapping[int, int]:
    """Return how many values in the database each generation has sealed."""
    engine = reading_engine_for(settings.database)
    used: Counter[int] = Counter()
    try:
        with engine.connect() as connection, connection.begin():
            for tenant in copying.known_tenants(connection):
                copying.act_as(connection, tenant)
                for column in _sealed_columns():
                    used.update(_counted(connection, column, tenant))
    finally:
        engine.dispose()
    return dict(sorted(used.items()))


def destroy_generation(settings: Settings, keyring: Keyring, generation: int) -> None:
    """Destroy a generation that nothing in the database needs any more.

    Backups made while it was in use can then not be read, which is often the point.

    Raises:
        KeysRefused: it is unknown, seals now, or something still needs it.
    """
    if count := generations_in_use(settings).get(generation, 0):
        raise KeysRefused(
            f"Generation {generation} still opens {count} values in the database. "
            "Wait until they are sealed anew or disposed of, then try again."
        )
    keyring.destroy(generation)


def _sealed_columns() -> list[Column[bytes]]:
    return [
        column
        for table in tables.OF_TENANTS
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    ]


def _counted(
    connection: Connection, column: Column[bytes], tenant: str
) -> Counter[int]:
    """Count by the header alone; what is sealed to a department has none of ours."""
    header = func.substr(column, 1, HEADER).label("header")
    statement = (
        select(header, func.count())
        .where(column.table.c.tenant == tenant, column.is_not(None))
        .group_by(header)
    )
    found: Counter[int] = Counter()
    for written, count in connection.execute(statement):
        # SQLite's beginning of nothing is NULL.
        generation = generation_in(bytes(written or b""))
        if generation is not None:
            found[generation] += count
    return found
