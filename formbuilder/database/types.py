"""Column types that come back from any database exactly as they went in."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from operator import methodcaller
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

_SQLITE = "%Y-%m-%dT%H:%M:%S.%fZ"

Read = Callable[[Any], datetime | None]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC to the microsecond.

    SQLite has no times: there it is text of fixed width, which sorts as time does.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored; use UTC.")
        utc = value.astimezone(UTC)
        return utc.strftime(_SQLITE) if dialect.name == "sqlite" else utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Read:
        # Not by `process_result_value`: every request reads some ten times.
        read = self.reader(dialect)
        return lambda value: None if value is None else read(value)

    def reader(self, dialect: Dialect) -> Callable[[Any], datetime]:
        """Return what reads a time that is there."""
        return datetime.fromisoformat if dialect.name == "sqlite" else _in_utc


_in_utc = methodcaller("astimezone", UTC)


class Json(TypeDecorator[Any]):
    """A JSON value as text with sorted names: equal values are equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(
            value, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
