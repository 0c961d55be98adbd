"""An installation of two tenants and a clock to move, for tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from formbuilder.config import Settings, Tenant

NOW = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **duration: float) -> None:
        self.now += timedelta(**duration)


def installed(folder: Path, database_url: str = "") -> Settings:
    return Settings(
        environment="test",
        home=folder / "home",
        keys=folder / "keys",
        database_url=database_url,
        tenants=(
            Tenant(key="ekvalla", hosts=("ekvalla.test",), directory=folder / "e.toml"),
            Tenant(key="nybro", hosts=("nybro.test",), directory=folder / "n.toml"),
        ),
    )
