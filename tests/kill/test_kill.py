"""Kill the whole service while it works; nothing said to be received may be lost."""

import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from formbuilder.demo import family
from formbuilder.demo.phone import PhoneInHand
from formbuilder.demo.town import Town, stop, town
from formbuilder.demo.walk import (
    choose_child,
    compiled,
    log_in,
    wait_until_settled,
)
from formbuilder.filling import fill
from formbuilder.visitor import LostVisitor, Page, Visitor
from schemas.compiling import CompiledForm
from schemas.units import combine
from tests.arrived import assert_all_there_once

pytestmark = pytest.mark.kill

EXAMPLES = Path(__file__).parents[2] / "examples"
KILLS = 10
WITHIN = 600.0
ALONE = {
    "199003112381": "Amir",
    "197909202389": "Maja",
    "196901119286": "Leo",
    "199103152386": "Mila",
    "198012072388": "Tuva",
}
TOGETHER = {
    "198604222383": "Elis",
    "198704122384": "Vera",
    "198802132384": "Iris",
    "199008242381": "Leyla",
    "198709022381": "Nils",
}
TWO_HOMES = {
    # Asked of families whose guardians live apart, otherwise not there to answer.
    "enrolment": {"home2": False},
    "contacts": {"lives_with": "me"},
}
LEISURE = {
    "want": True,
    "from": "2027-08-17",
    "need": "work",
    "schedule": {"monday": {"from": "07:30", "to": "16:30"}},
    "two_weeks": False,
    "household": "alone",
    "highest_fee": True,
}


@dataclass
class Service:
    """The service as an operator's supervisor sees it: started again when it dies."""

    place: Town
    process: subprocess.Popen[bytes] | None = None
    busy_kills: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        self.process = self.place.start_service()

    def is_busy(self) -> bool:
        """Tell whether an order is held and unfinished at this very moment."""
        path = self.place.settings.database.removeprefix("sqlite:///")
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            held = connection.execute(
                "SELECT count(*) FROM orders WHERE leased_by IS NOT NULL "
                "AND done_at IS NULL AND failed_at IS NULL "
                "AND lease_until > strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
            ).fetchone()
        return bool(held[0])

    def kill(self) -> None:
        """Kill every process of the service at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Family:
    """A guardian who fills in the form once, then signs in spite of everything."""

    def __init__(self, place: Town, form: CompiledForm, person: str, child: str):
        self.place, self.form, self.person, self.child = place, form, person, child
        self.receipt = ""

    def prepare(self, visitor: Visitor, phone: PhoneInHand) -> None:
        page = log_in(visitor, phone, "/e/skolstart/valj-barn", self.person)
        page = choose_child(page, visitor, self.child)
        answers = combine([family.SARAS_ANSWERS, TWO_HOMES])
        if self.person in ALONE:
            answers["leisure"] = LEISURE
        self.page = fill(visitor, page, self.form, answers, family.UPLOADS)
        assert self.page.url.split("?")[0].endswith("/granska"), self.page.text[:400]

    def sign(self, visitor: Visitor, phone: PhoneInHand) -> None:
        """Sign again and again until there is a receipt."""
        deadline = time.monotonic() + WITHIN
        while not self.receipt and time.monotonic() < deadline:
            try:
                self._try(visitor, phone)
            except (httpx.HTTPError, LostVisitor):
                time.sleep(0.2)
        assert self.receipt

    def _try(self, visitor: Visitor, phone: PhoneInHand) -> None:
        page = visitor.get(self.page.url)
        if page.status != 200 or not self._may_sign(page):
            self._look(visitor)
            return
        page = visitor.submit(page.form(action="/granska"))
        page = phone.approve(visitor, page, self.person)
        if "/kvitto/" in page.url and page.status == 200:
            self.receipt = page.url

    def _may_sign(self, page: Page) -> bool:
        return any(
            form.action.split("?")[0].endswith("/granska") for form in page.forms()
        )

    def _look(self, visitor: Visitor) -> None:
        """Find what a signature became whose answer was lost with the process."""
        page = visitor.get("/mina")
        links = [one for one in page.links("/mina/") if not one.endswith(".pdf")]
        if page.status == 200 and links:
            self.receipt = links[0]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("kill"), EXAMPLES) as made:
        yield made


def test_ten_kills_lose_no_answer_and_do_nothing_twice(place: Town) -> None:
    service, phone = Service(place), PhoneInHand(place.phone_url)
    service.start()
    families = _families(place, phone)
    try:
        signing = [
            threading.Thread(target=one.sign, args=(visitor, phone), daemon=True)
            for one, visitor in families
        ]
        _kill_ten_times(service, signing)
        for thread in signing:
            thread.join(WITHIN)
        wait_until_settled(place)
    finally:
        assert service.process is not None
        stop(service.process)
        phone.close()
        for _, visitor in families:
            visitor.client.close()

    assert service.busy_kills == KILLS
    assert all(one.receipt for one, _ in families)
    assert_all_there_once(
        place, cases=len(families), channels=("inbox", "folder", "webhook")
    )


def _families(place: Town, phone: PhoneInHand) -> list[tuple[Family, Visitor]]:
    form, made = compiled(place), []
    for person, child in (ALONE | TOGETHER).items():
        client = httpx.Client(base_url=place.url, timeout=60, trust_env=False)
        one, visitor = Family(place, form, person, child), Visitor(client)
        one.prepare(visitor, phone)
        made.append((one, visitor))
    return made


def _kill_ten_times(service: Service, signing: list[threading.Thread]) -> None:
    """Let a family begin to sign, wait until the service is at it, kill, start again."""
    waiting = list(signing)
    for _ in range(KILLS):
        if waiting:
            waiting.pop(0).start()
        deadline = time.monotonic() + WITHIN
        while not service.is_busy() and time.monotonic() < deadline:
            time.sleep(0.01)
        if service.is_busy():
            service.busy_kills += 1
        service.kill()
        service.start()
    for thread in waiting:
        thread.start()
