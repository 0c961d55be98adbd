"""Bring a database to the present tables and say whose it is."""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from formbuilder.config import Settings
from formbuilder.database import installation, opening

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(settings: Settings) -> None:
    """Make or change the tables and stamp environment and tenants; safe to repeat.

    Raises:
        OperatorError: the database is another environment's, or does not answer.
    """
    engine = engine_for(settings.database)
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
            installation.stamp(
                connection,
                settings.environment,
                [tenant.key for tenant in settings.tenants],
                datetime.now(UTC),
            )
    except SQLAlchemyError as error:
        raise installation.unreadable(error) from error
    finally:
        engine.dispose()


def engine_for(url: str) -> Engine:
    """Return an engine for writing outside tenants: upgrades and restoring."""
    return (
        opening.sqlite_writer(url) if opening.is_sqlite(url) else opening.postgres(url)
    )


def reading_engine_for(url: str) -> Engine:
    """Return an engine for reading outside tenants, beside a service that writes."""
    return (
        opening.sqlite_reader(url) if opening.is_sqlite(url) else opening.postgres(url)
    )


def is_current(connection: Connection) -> bool:
    """Say whether every step has been taken."""
    head = ScriptDirectory.from_config(_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def revision(connection: Connection) -> str:
    """Return the last step that has been taken, empty before the first."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
