"""Whatever is wrong with one municipality's data, the next round of tidying comes."""

from dataclasses import dataclass, field
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from formbuilder import app


@dataclass
class Tidied:
    """Services that fail at one municipality, and take their time in round two."""

    seen: list[str] = field(default_factory=list)
    done: Event = field(default_factory=Event)

    def tidy(self, tenant: str) -> None:
        self.seen.append(tenant)
        if len(self.seen) > 2:
            self.done.set()
            Event().wait()
        if tenant == "ekvalla":
            raise OSError("the disk is read-only")


def test_a_fault_ends_no_tidying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "TIDIED_EVERY", 0)
    services = Tidied()
    tenants = [SimpleNamespace(key="ekvalla"), SimpleNamespace(key="granby")]
    house: Any = SimpleNamespace(
        settings=SimpleNamespace(tenants=tenants), services=services
    )

    app.keep_tidy(house)

    assert services.done.wait(10)
    assert services.seen[:3] == ["ekvalla", "granby", "ekvalla"]
