"""The stamp that ties a database to its environment and its tenants."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from formbuilder.database.opening import Unreachable
from formbuilder.database.tables import installation, tenants
from schemas.errors import OperatorError


class WrongDatabase(OperatorError):  # noqa: N818 - a verdict, not a fault of ours
    """This database is not the one the settings speak of."""


def stamp(
    connection: Connection, environment: str, keys: Collection[str], at: datetime
) -> None:
    """Write whose database this is; once written, the environment stays.

    Raises:
        WrongDatabase: it is another environment's already.
    """
    if _environment(connection) is None:
        connection.execute(
            installation.insert(),
            {"id": 1, "environment": environment, "created_at": at},
        )
    _refuse_other(_environment(connection), environment)
    _welcome(connection, keys, at)


def _welcome(connection: Connection, keys: Collection[str], at: datetime) -> None:
    """Add the tenants that are not here yet."""
    is_sqlite = connection.dialect.name == "sqlite"
    insert = (insert_sqlite if is_sqlite else insert_postgres)(tenants)
    for key in sorted(keys):
        connection.execute(
            insert.on_conflict_do_nothing(), {"tenant": key, "created_at": at}
        )


def check(connection: Connection, environment: str, keys: Collection[str]) -> None:
    """Refuse a database that is not upgraded or belongs elsewhere.

    Raises:
        WrongDatabase: says which, and what to do.
    """
    try:
        found = _environment(connection)
        known = set(connection.scalars(select(tenants.c.tenant)))
    except SQLAlchemyError as error:
        raise unreadable(error) from error
    _refuse_other(found, environment)
    if missing := sorted(set(keys) - known):
        raise WrongDatabase(
            f"The database does not know the tenants {', '.join(missing)}. "
            "Run: formbuilder db upgrade."
        )


def unreadable(error: SQLAlchemyError) -> OperatorError:
    """Return what to say of a database that has no tables or does not answer."""
    said = str(getattr(error, "orig", None) or type(error).__name__)
    if isinstance(error, ProgrammingError) or "no such table" in said:
        return WrongDatabase("The database has no tables. Run: formbuilder db upgrade.")
    return Unreachable(
        f"The database does not answer ({said.splitlines()[0]}). Check that it runs, "
        "that FORMBUILDER_DATABASE_URL leads to it, and that this user may write there."
    )


def _environment(connection: Connection) -> str | None:
    return connection.scalar(select(installation.c.environment))


def _refuse_other(found: str | None, wanted: str) -> None:
    if found is None:
        raise WrongDatabase(
            "The database has no environment stamp. Run: formbuilder db upgrade."
        )
    if found != wanted:
        raise WrongDatabase(
            f"The database belongs to “{found}” and does not open in “{wanted}”. "
            "Set FORMBUILDER_ENV or FORMBUILDER_DATABASE_URL to match."
        )
