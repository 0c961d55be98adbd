"""Two municipalities served by the real web application, visited without a network."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from flask import Flask
from household import ELIS, SARA
from school_start import NUTS
from town import Town, copied_town, found_town

from formbuilder.app import Installation, web
from formbuilder.audit import Event
from formbuilder.config import Settings
from formbuilder.database import audit
from formbuilder.filling import fill
from formbuilder.visitor import Page, Upload, Visitor
from schemas.compiling import CompiledForm
from tests.installed import installed

HOSTS = {"ekvalla": "http://ekvalla.test", "nybro": "http://nybro.test"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
CERTIFICATE = Upload(name="intyg.png", media_type="image/png", content=PIXEL)


@dataclass
class City:
    """An installation with its web application."""

    town: Town
    settings: Settings
    app: Flask
    clients: list[httpx.Client] = field(default_factory=list)

    def visitor(self, tenant: str = "ekvalla", address: str = "127.0.0.1") -> Visitor:
        """Open a browser nobody has used."""
        client = httpx.Client(
            transport=httpx.WSGITransport(app=self.app, remote_addr=address),
            base_url=HOSTS[tenant],
        )
        self.clients.append(client)
        return Visitor(client)

    def logged_in(
        self,
        number: str = SARA,
        to: str = "/mina",
        *,
        visitor: Visitor | None = None,
        tenant: str = "ekvalla",
    ) -> tuple[Visitor, Page]:
        """Log somebody in and return their browser with where they came."""
        visitor = visitor or self.visitor(tenant)
        page = visitor.get(f"/logga-in?to={to}")
        return visitor, self.approve(visitor, page, number)

    def approve(self, visitor: Visitor, page: Page, number: str = SARA) -> Page:
        """Log in from the page one was sent to."""
        self.town.bankid.approved_by = number
        return visitor.submit(page.form(action="/logga-in"))

    def form(self, name: str = "skolstart", tenant: str = "ekvalla") -> CompiledForm:
        return self.town.services.forms.current(tenant, name)

    def begun(
        self, number: str = SARA, child: str = "Elis", tenant: str = "ekvalla"
    ) -> tuple[Visitor, Page]:
        """Log in and choose a child; return the first page."""
        visitor, page = self.logged_in(number, "/e/skolstart/valj-barn", tenant=tenant)
        choice = next(
            f for f in page.forms() if child in f.text and "borja" in f.action
        )
        return visitor, visitor.submit(choice)

    def filled(
        self,
        number: str = SARA,
        answers: Mapping[str, Any] = NUTS,
        *,
        tenant: str = "ekvalla",
        child: str = "Elis",
        upload: Upload = CERTIFICATE,
    ) -> tuple[Visitor, Page]:
        """Answer everything; return the page where answers are checked."""
        visitor, page = self.begun(number, child, tenant)
        form = self.form(tenant=tenant)
        uploads = {"/diet/certificate": upload}
        return visitor, fill(visitor, page, form, dict(answers), uploads)

    def answered(
        self, number: str = SARA, answers: Mapping[str, Any] = NUTS
    ) -> tuple[Visitor, Page]:
        """Return the page where answers are checked, the quick way there."""
        session = self.town.session(number)
        self.town.answered(session, ELIS, answers)
        visitor, page = self.begun(number)
        form, _, draft = page.url.partition("?")
        return visitor, visitor.get(f"{form.rsplit('/', 1)[0]}/granska?{draft}")

    def signed(self, visitor: Visitor, page: Page) -> Page:
        """Sign what is checked; return where one comes."""
        return visitor.submit(page.form(action="/granska"))

    def audited(self, tenant: str = "ekvalla") -> list[str]:
        """Return why somebody was refused, the last first."""
        with self.town.database.read(tenant) as tc:
            found = audit.newest(tc, limit=5000)
        return [
            str((one.detail or {}).get("reason"))
            for one in found
            if one.event == Event.REFUSED
        ]


def prepare(folder: Path) -> None:
    """Found both municipalities with the school start and the small forms."""
    town = found_town(folder)
    for tenant in HOSTS:
        for name in ("skolstart", "felanmalan", "bygglovsfraga"):
            town.publish(name, tenant)
    town.database.close()


@contextmanager
def founded(folder: Path, prepared: Path) -> Iterator[City]:
    """Open a copy of the prepared municipalities."""
    town, settings = copied_town(prepared, folder), installed(folder)
    installation = Installation(
        settings=settings,
        database=town.database,
        tools=town.tools,
        services=town.services,
        store=town.store,
        clock=town.clock,
    )
    city = City(town=town, settings=settings, app=web(installation))
    yield city
    for client in city.clients:
        client.close()
    town.database.close()
