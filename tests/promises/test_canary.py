"""No answer in clear: planted words are looked for wherever anything could write."""

import base64
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from formbuilder.demo import family
from formbuilder.demo.phone import PhoneInHand
from formbuilder.demo.town import Town, stop, town
from formbuilder.demo.walk import (
    choose_child,
    compiled,
    expect,
    log_in,
    wait_until_settled,
)
from formbuilder.filling import fill
from formbuilder.visitor import Page, Upload, Visitor
from schemas.compiling import CompiledForm
from tests.promises.city import PIXEL, City
from tests.promises.watching import Watch, found_in

EXAMPLES = Path(__file__).parents[2] / "examples"

# A family whose numbers stand in no example of the form itself.
ASA, ALI, TAGE = "198408022385", "198407092397", "202003272396"
TEXT, NAME, MAIL = "KANARIEFRITEXT7731", "Kanarina Nabbmus", "kanarie7731@example.se"
PHONE, FILE, INSIDE = "0701740622", "kanariefil7731.png", b"KANARIEINNEHALL7731"
PLANTED = (TEXT, NAME, MAIL, PHONE, "701740622", FILE, INSIDE.decode())
NUMBERS = tuple(
    written
    for number in (ASA, ALI, TAGE, family.KITCHEN)
    for written in (number, f"{number[:8]}-{number[8:]}", f"{number[2:8]}-{number[8:]}")
)
# Larger than what any framework would keep in memory before it writes a file.
UPLOAD = Upload(FILE, "image/png", PIXEL + INSIDE * 60_000)
ANSWERS: dict[str, Any] = family.SARAS_ANSWERS | {
    "contacts": family.SARAS_ANSWERS["contacts"]
    | {"mail": MAIL, "ice": [{"name": NAME, "relation": TEXT, "phone": PHONE}]},
    "diet": family.SARAS_ANSWERS["diet"] | {"note": TEXT},
    "enrolment": family.SARAS_ANSWERS["enrolment"] | {"home2": False},
    "health": family.SARAS_ANSWERS["health"] | {"bvc": TEXT, "acute_text": TEXT},
}


@dataclass(frozen=True)
class Walked:
    """Everything the walk left behind and everything browsers sent."""

    files: dict[str, bytes]
    temporary: dict[str, bytes]
    addresses: list[str]
    cookies: list[str]
    place: Town
    received: str


@contextmanager
def listening(
    place: Town, addresses: list[str], cookies: list[str]
) -> Iterator[Visitor]:
    """Open a browser and write down each address and cookie it sends."""

    def sent(request: httpx.Request) -> None:
        addresses.append(str(request.url))
        addresses.extend(request.headers.get_list("referer"))
        cookies.append(request.headers.get("cookie", ""))

    client = httpx.Client(
        base_url=place.url,
        timeout=60,
        trust_env=False,
        event_hooks={"request": [sent]},
    )
    with client:
        yield Visitor(client)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    home, temporary = (tmp_path_factory.mktemp(name) for name in ("canary", "watched"))
    addresses: list[str] = []
    cookies: list[str] = []
    with town(home, EXAMPLES) as prepared:
        place = replace(
            prepared,
            environment={**prepared.environment, "TMPDIR": str(temporary)},
        )
        process = place.start_service()
        watch = Watch(group=process.pid)
        eye = threading.Thread(target=watch.run, args=(temporary,))
        eye.start()
        try:
            play(place, addresses, cookies)
            running = contents(home)  # the write-ahead log is still there
        finally:
            watch.stop()
            eye.join()
            stop(process)
        yield Walked(
            files={f"running {n}": c for n, c in running.items()} | contents(home),
            temporary=watch.seen,
            addresses=addresses,
            cookies=cookies,
            place=place,
            received=str(place.webhooks.received),
        )


def play(place: Town, addresses: list[str], cookies: list[str]) -> None:
    """Send a whole school start, co-sign it, and read it in the kitchen."""
    form, phone = compiled(place), PhoneInHand(place.phone_url)
    try:
        with listening(place, addresses, cookies) as asa:
            first_guardian(asa, phone, form)
        with listening(place, addresses, cookies) as ali:
            second_guardian(ali, phone, form)
        wait_until_settled(place)
        with listening(place, addresses, cookies) as kitchen:
            page = log_in(kitchen, phone, "/inkorg/kitchen", family.KITCHEN)
            kitchen.get(page.links("/inkorg/kitchen/export.csv")[0])
    finally:
        phone.close()


def first_guardian(asa: Visitor, phone: PhoneInHand, form: CompiledForm) -> None:
    page = log_in(asa, phone, "/e/skolstart/valj-barn", ASA)
    page = choose_child(page, asa, "Tage")
    page = fill(asa, page, form, ANSWERS, {"/diet/certificate": UPLOAD})
    page = with_a_mistake(asa, expect(page, "Kontrollera"))
    page = asa.submit(page.form(action="/granska"))
    receipt = expect(phone.approve(asa, page, ASA), "Tack")
    asa.get(receipt.links("kvitto.pdf")[0])


def with_a_mistake(visitor: Visitor, review: Page) -> Page:
    """Answer one page wrongly, then rightly: refused answers are shown again."""
    change = next(a for a in review.links("andra=1") if "/dina-uppgifter?" in a)
    page = visitor.get(change)
    form = page.form(field_name="contacts.mail")
    refused = visitor.submit(form, {"contacts.mail": [f"{TEXT} at example"]})
    assert refused.status == 422
    form = refused.form(field_name="contacts.mail")
    return expect(visitor.submit(form, {"contacts.mail": [MAIL]}), "Kontrollera")


def second_guardian(ali: Visitor, phone: PhoneInHand, form: CompiledForm) -> None:
    page = log_in(ali, phone, "/mina", ALI)
    page = ali.get(page.links("/mina/")[0])
    page = ali.submit(page.form(action="/borja"))
    page = fill(ali, page, form, family.JOHANS_ANSWERS, {})
    page = ali.submit(expect(page, "Kontrollera").form(action="/granska"))
    expect(phone.approve(ali, page, ALI), "Tack")


def contents(home: Path) -> dict[str, bytes]:
    """Return every file of the installation that no department owns."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file()
        and "delivered" not in path.parts
        # The operator's own files say who works where and who goes to which school.
        and path.name not in ("directory.toml", "placements.toml")
    }


def test_the_walk_wrote_where_things_are_written(walked: Walked) -> None:
    places = {name.split("/")[1] for name in walked.files if name.startswith("data/")}

    assert {"objects", "archive", "formbuilder.sqlite3"} <= places
    assert "running data/formbuilder.sqlite3-wal" in walked.files
    assert walked.files["service.log"]


def test_the_words_did_reach_those_they_were_for(walked: Walked) -> None:
    delivered = b"".join(
        path.read_bytes()
        for path in (walked.place.settings.home / "delivered").rglob("*")
        if path.is_file()
    )

    assert TAGE in walked.received or TAGE.encode() in delivered


@pytest.mark.parametrize("word", PLANTED)
def test_no_answer_lies_in_clear(walked: Walked, word: str) -> None:
    leaks = [name for name, held in walked.files.items() if found_in(held, (word,))]

    assert leaks == []


def test_no_personal_number_lies_in_clear(walked: Walked) -> None:
    leaks = {name: found_in(content, NUMBERS) for name, content in walked.files.items()}

    assert {name: words for name, words in leaks.items() if words} == {}


def test_no_temporary_file_holds_an_answer(walked: Walked) -> None:
    leaks = {
        name: found_in(content, (*PLANTED, *NUMBERS))
        for name, content in walked.temporary.items()
    }

    assert {name: words for name, words in leaks.items() if words} == {}


def test_no_address_or_cookie_holds_an_answer(walked: Walked) -> None:
    sent = unquote("\n".join([*walked.addresses, *walked.cookies])).encode()

    assert len(walked.addresses) > 50
    assert found_in(sent, (*PLANTED, *NUMBERS)) == []


def test_every_cookie_is_one_opaque_value(walked: Walked) -> None:
    crumbs = {c for line in walked.cookies for c in line.split("; ") if c}

    assert {crumb.partition("=")[0] for crumb in crumbs} <= {
        *("citizen", "staff", "flow", "device", "form", "language"),
    }
    assert all(re.fullmatch(r"[a-z]+=[\w.=-]+", crumb) for crumb in crumbs)


def test_a_disguised_word_is_found() -> None:
    for before in range(6):
        hidden = base64.b64encode(b"x" * before + TEXT.encode() + b"yz")
        assert found_in(b"<" + hidden + b">", (TEXT,)) == [TEXT]


NAMELESS = """
import sys, tempfile, time
file = tempfile.TemporaryFile()
file.write(sys.argv[1].encode())
file.flush()
time.sleep(1)
"""


def test_a_temporary_file_without_a_name_is_seen(tmp_path: Path) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own three lines
        [sys.executable, "-c", NAMELESS, TEXT],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        start_new_session=True,
    )
    watch = Watch(group=process.pid)
    eye = threading.Thread(target=watch.run, args=(tmp_path,))
    eye.start()
    process.wait()
    watch.stop()
    eye.join()

    assert any(found_in(content, (TEXT,)) for content in watch.seen.values())


# When something breaks


def broken(city: City) -> httpx.Response:
    def view() -> str:
        answer = {"acute_text": TEXT}
        raise ValueError(f"cannot read {answer}")

    city.app.add_url_rule("/sprucken", "broken", view)
    return city.visitor().client.get(f"/sprucken?q={TEXT}")


def test_a_crash_tells_nobody_what_was_answered(
    city: City, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    answer = broken(city)
    written = "".join(capfd.readouterr()) + caplog.text

    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert TEXT not in answer.text.replace(f"q={TEXT}", "")
    assert "crash" in written
    assert "ValueError" in written
    assert TEXT not in written


def test_a_crash_while_answering_is_no_louder(
    city: City, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def after(_response: object) -> object:
        raise ValueError(TEXT)

    city.app.after_request_funcs.setdefault(None, []).append(after)
    answer = city.visitor().client.get("/logga-in")
    written = "".join(capfd.readouterr()) + caplog.text

    assert answer.status_code == 500
    assert TEXT not in answer.text
    assert TEXT not in written
