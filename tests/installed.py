"""An installation of two tenants and a clock to move, for tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from formbuilder.config import Settings, Tenant
from formbuilder.database import forms, orders, tables
from formbuilder.database.connection import TenantConnection
from formbuilder.database.orders import OrderRow

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


def store_case(tc: TenantConnection) -> None:
    """Store the rows that an order refers to: case c with stream s of form f."""
    forms.publish(
        tc,
        forms.FormVersion(
            form_id="f", version="v", document="{}", published_at=NOW, published_by="p"
        ),
    )
    tc.insert(
        tables.cases,
        id="c",
        form_id="f",
        version="v",
        subject_key="s",
        opened_by="p",
        header_sealed=b"",
        created_at=NOW,
    )
    tc.insert(
        tables.streams,
        id="s",
        case_id="c",
        receiver="diet.kitchen",
        department="kitchen",
        version=1,
        payload_mac="",
    )


def an_order(id_: str, **values: object) -> OrderRow:
    """Return an order of that case to the kitchen, due at once."""
    given = {
        "id": id_,
        "kind": orders.DELIVERY,
        "case_id": "c",
        "receiver": "diet.kitchen",
        "department": "kitchen",
        "channel": "inbox",
        "content_sealed": b"x",
        "created_at": NOW,
        "next_at": NOW,
        **values,
    }
    return OrderRow(**given)  # type: ignore[arg-type]  # values by name
