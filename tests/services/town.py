"""A whole installation in a test: real database, keys, engine and archive."""

import json
import secrets
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from household import FakeBankID, FakeRegister, families

from archive.stores.local import LocalStore
from formbuilder import keyring
from formbuilder.database import forms, orders
from formbuilder.database.database import Database
from formbuilder.database.orders import OrderRow
from formbuilder.database.upgrading import upgrade
from formbuilder.delivery.channel import ChannelTools, Delivery
from formbuilder.delivery.channels import enabled
from formbuilder.identifiers import new_id
from formbuilder.identity.provider import Identity
from formbuilder.objects import ObjectStore
from formbuilder.scanning.scanner import Scanner
from formbuilder.scanning.scanners.off import Off
from formbuilder.services import Services, build
from formbuilder.services.drafts import Draft
from formbuilder.services.eid_binding import Browser
from formbuilder.services.order_content import open_for, read_order
from formbuilder.services.receipts import Receipt
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.compiling import CompiledForm, compile_form
from schemas.definition import FormDefinition
from schemas.directory import parse_directory
from schemas.journey import pages
from schemas.parsing import definition_from
from schemas.pointers import ABSENT, get
from tests.installed import NOW, Clock, installed

EXAMPLES = Path(__file__).parents[2] / "examples"
BROWSER = Browser(ip="127.0.0.1", user_agent="test", language="so")
FLOW = "a browser's own cookie"
PLACED = {"school_unit": "ekbacken", "class": "F-A"}


COMPILED: dict[str, CompiledForm] = {}


def compiled_once(definition: FormDefinition, codes: Any) -> CompiledForm:
    """Compile a version the first time any test needs it."""
    if definition.version not in COMPILED:
        COMPILED[definition.version] = compile_form(definition, codes)
    return COMPILED[definition.version]


@cache
def written(name: str) -> FormDefinition:
    """Return an example as its author wrote it."""
    text = (EXAMPLES / f"{name}.json").read_text()
    return definition_from(text, read=lambda path: (EXAMPLES / path).read_text())


@dataclass
class Town:
    """Everything a story needs."""

    tools: Tools
    services: Services
    database: Database
    register: FakeRegister
    bankid: FakeBankID
    clock: Clock
    store: LocalStore
    channels: Any

    def publish(self, name: str = "skolstart", tenant: str = "ekvalla") -> None:
        self.publish_definition(written(name), tenant)

    def publish_definition(
        self, definition: FormDefinition, tenant: str = "ekvalla"
    ) -> None:
        version = forms.FormVersion(
            form_id=definition.id,
            version=definition.version,
            document=json.dumps(definition.document),
            published_at=NOW,
            published_by="test",
        )
        current = forms.CurrentForm(
            id=new_id(),
            form_id=definition.id,
            version=definition.version,
            since=NOW,
            by="test",
        )
        self.database.write(
            tenant,
            lambda tc: (forms.publish(tc, version), forms.make_current(tc, current)),
        )

    def session(
        self, number: str, kind: str = "guardian", tenant: str = "ekvalla"
    ) -> Session:
        person = self.register.people[number]
        identity = Identity(
            personal_number=number,
            given_name=person.given_name,
            family_name=person.family_name,
            name=person.name,
        )
        return self.services.sessions.create(tenant, kind, identity)[1]

    def child(self, number: str, tenant: str = "ekvalla") -> str:
        return self.tools.person_key(tenant, number)

    def fill(self, session: Session, draft: Draft, answers: Any) -> Draft:
        """Answer page after page, as somebody who reads what is asked."""
        before = None
        while before != (draft.answers, draft.unconfirmed):
            before = (draft.answers, draft.unconfirmed)
            for shown in pages(draft.form, draft.settled):
                said = {
                    question.pointer: value
                    for question in shown.questions
                    if (value := get(answers, question.pointer)) is not ABSENT
                    and (
                        value != get(draft.answers, question.pointer)
                        or question.pointer in draft.unconfirmed
                    )
                }
                if said:
                    draft = self.services.drafts.save_page(
                        session, draft.id, shown.page.id, said
                    ).draft
        return draft

    def answered(self, session: Session, child: str, answers: Any) -> Draft:
        draft = self.services.drafts.open(session, "skolstart", self.child(child))
        return self.fill(session, draft, answers)

    def sign(self, session: Session, draft: Draft) -> Receipt:
        order = self.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
        assert self.services.identify.status("ekvalla", order, FLOW).state == "complete"
        return self.services.sign.finish(session, order, FLOW)

    def send(self, number: str, child: str, answers: Any) -> Receipt:
        session = self.session(number)
        return self.sign(session, self.answered(session, child, answers))

    def orders(self, kind: str = "delivery") -> list[OrderRow]:
        with self.database.read("ekvalla") as tc:
            found = orders.ledger(tc, limit=1000)
        return [order for order in reversed(found) if order.kind == kind]

    def deliveries(self, services: Services | None = None) -> dict[str, Delivery]:
        """Return what the newest order of each receiver delivers."""
        fulfil = (services or self.services).fulfil
        return {
            order.receiver: fulfil.delivery("ekvalla", order) for order in self.orders()
        }

    def told(self, receiver: str) -> list[dict[str, Any] | None]:
        """Return what a receiver was told, version after version; None is the end."""
        found = []
        for order in self.orders():
            if order.receiver == receiver:
                content = self.content(order)
                found.append(None if content.is_ended else content.payload().values())
        return found

    def content(self, order: OrderRow) -> Any:
        return read_order(
            open_for(
                self.tools, "ekvalla", order.department, order.id, order.content_sealed
            )
        )

    def work(self) -> None:
        """Carry every order out, as the worker would."""
        now = self.clock()
        for kind in ("delivery", "archive"):
            for order in self.orders(kind):
                if order.done_at is None:
                    self._carry_out(order)
                    self.database.write(
                        "ekvalla",
                        lambda tc, order=order: (
                            orders.lease(tc, order.id, worker="w", now=now, until=now),
                            orders.mark_done(tc, order.id, worker="w", at=now),
                        ),
                    )

    def deliver_to_inboxes(self) -> None:
        """Let every inbox have its deliveries, and nothing be archived yet."""
        for order in self.orders():
            if order.channel == "inbox":
                self._carry_out(order)

    def _carry_out(self, order: OrderRow) -> None:
        if order.kind == "archive":
            self.services.fulfil.archive("ekvalla", order)
        elif order.channel == "inbox":
            delivery = self.services.fulfil.delivery("ekvalla", order)
            self.channels["inbox"].deliver(delivery)


def found_town(folder: Path, scanner: Scanner | None = None) -> Town:
    settings = installed(folder)
    upgrade(settings)
    text = (EXAMPLES / "directory.toml").read_text()
    directory = parse_directory(text)
    keys = keyring.create(settings.keys)
    for tenant in ("ekvalla", "nybro"):
        keys.make_pairs(tenant, directory.departments, now=NOW, with_escrow=True)
    clock, register = Clock(), families()
    bankid = FakeBankID(register=register, clock=clock)
    database = Database(settings)
    tools = Tools(
        database=database,
        keyring=keys,
        clock=clock,
        new_id=new_id,
        token_bytes=secrets.token_bytes,
        register=register,
        providers={"bankid": bankid},
        directories={"ekvalla": directory, "nybro": directory},
        placements=lambda _tenant, _number: PLACED,
        objects=ObjectStore(settings.home / "objects"),
        scanner=scanner or Off(),
    )
    store = LocalStore(settings.home / "archive")
    channels = enabled(
        ChannelTools(
            settings=settings,
            database=database,
            keyring=keys,
            clock=clock,
            new_id=new_id,
            resolve=lambda _host, _port: (),
        )
    )
    return Town(
        tools=tools,
        services=build(tools, store, compiled_once),
        database=database,
        register=register,
        bankid=bankid,
        clock=clock,
        store=store,
        channels=channels,
    )


def copied_town(founded: Path, folder: Path) -> Town:
    """Open a copy of a town that lies in another folder, closed."""
    shutil.copytree(founded, folder, dirs_exist_ok=True)
    return found_town(folder)


def scenario(number: int) -> dict[str, Any]:
    """Return one of the form's own examples."""
    form = json.loads((EXAMPLES / "skolstart.json").read_text())
    return form["scenarios"][number]
