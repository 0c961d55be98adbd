"""Whether PostgreSQL's row-level security holds the role that the service uses."""

from sqlalchemy import Connection, text

from formbuilder.database import tables

_ROLE = text(
    "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
)
_GUARDED = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' "
    "AND relnamespace = current_schema()::regnamespace "
    "AND relrowsecurity AND relforcerowsecurity"
)


def role_above(connection: Connection) -> str | None:
    """Return the role's name if it stands above row-level security."""
    name, is_above = connection.execute(_ROLE).one()
    return str(name) if is_above else None


def unguarded(connection: Connection) -> tuple[str, ...]:
    """Return the tables of tenants that row-level security does not guard."""
    guarded = set(connection.scalars(_GUARDED))
    return tuple(t.name for t in tables.OF_TENANTS if t.name not in guarded)
