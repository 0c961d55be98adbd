"""Whatever is sent, the answer says what to do, and nothing that was saved is lost."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from household import JOHAN, SARA
from school_start import NUTS, PLAIN

from formbuilder.visitor import Page, Upload, Visitor
from tests.promises.city import CERTIFICATE, City

MB = 1024 * 1024
NEWER = Upload("nytt.png", "image/png", CERTIFICATE.content + b"NEWER")
BEGINNING = b"%PDF-1.7\n" + b"PLAINTEXTCANARY" * 4096


def at(city: City, page_id: str, page: Page) -> str:
    """Return the address of another page of the same draft."""
    form, _, draft = page.url.partition("?")
    return f"{form.rsplit('/', 1)[0]}/{page_id}?{draft}"


@pytest.fixture
def certificate(city: City) -> tuple[Visitor, Page]:
    """The page that asks for a doctor's certificate."""
    visitor, page = city.answered()
    return visitor, visitor.get(at(city, "intyg", page))


# Personal numbers


@pytest.fixture
def household(city: City) -> tuple[Visitor, Page]:
    """The page that asks for the personal number of an adult at home."""
    leisure = {
        "want": True,
        "from": "2027-08-18",
        "need": "work",
        "schedule": {"monday": {"from": "07:30", "to": "16:00"}},
        "two_weeks": False,
        "household": "with_other",
        "highest_fee": True,
    }
    return city.filled(answers=PLAIN | {"leisure": leisure})


@pytest.mark.parametrize(
    "typed",
    [
        "198604222384",  # wrong check digit
        "１９８６０４２２２３８３",
        "١٩٨٦٠٤٢٢٢٣٨٣",
        "198604222383\n",
        "8604222383",
        "00000000-0000",
    ],
)
def test_a_personal_number_that_is_none_is_said_so_at_its_question(
    household: tuple[Visitor, Page], typed: str
) -> None:
    visitor, page = household
    form = page.form(field_name="leisure.adult_number")
    told = visitor.submit(form, {"leisure.adult_number": [typed]})

    assert told.status == 422
    assert any("adult_number" in field for field in told.errors)
    kept = told.form(field_name="leisure.household")
    assert kept.fields["leisure.household"] == ["with_other"]


def test_a_right_personal_number_goes_on(household: tuple[Visitor, Page]) -> None:
    visitor, page = household
    form = page.form(field_name="leisure.adult_number")
    told = visitor.submit(form, {"leisure.adult_number": ["19850309-2390"]})

    assert told.status == 200
    assert not told.errors


# Files


def test_a_file_that_is_too_large_is_said_so_and_the_rest_is_kept(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    form = page.form(field_name="diet.note")
    large = Upload("stor.pdf", "application/pdf", BEGINNING.ljust(50 * MB, b"x"))
    told = visitor.submit(
        form, {"diet.note": ["Ring mig"]}, uploads=[("diet.certificate-new", large)]
    )

    assert told.status == 422
    assert told.errors == {
        "q-diet.certificate": "Filen är för stor. Välj en fil som är högst 10 MB."
    }
    assert told.form(field_name="diet.note").fields["diet.note"] == ["Ring mig"]
    assert_nothing_in_clear(city.settings.home, b"PLAINTEXTCANARY")


def assert_nothing_in_clear(folder: Path, canary: bytes) -> None:
    for path in folder.rglob("*"):
        assert path.is_dir() or canary not in path.read_bytes(), path


def test_a_large_file_takes_little_memory(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    form = page.form(field_name="diet.note")
    token = form.fields["csrf_token"][0]

    def body() -> Iterator[bytes]:
        yield multipart_field("csrf_token", token)
        yield file_header("diet.certificate-new", "stor.pdf")
        yield BEGINNING
        for _ in range(50):
            yield b"x" * MB
        yield b"\r\n--grans--\r\n"

    tracemalloc.start()
    answer = streamed(city, visitor, form.action, body())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer.startswith("422")
    assert peak < 8 * MB


def multipart_field(name: str, value: str) -> bytes:
    head = f'--grans\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return f"{head}{value}\r\n".encode()


def file_header(name: str, file: str) -> bytes:
    return (
        f'--grans\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"'
        "\r\nContent-Type: application/pdf\r\n\r\n"
    ).encode()


class Stream:
    """A body that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while len(self._held) < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._held += piece
        found, self._held = self._held[:size], self._held[size:]
        return found

    def readinto(self, buffer: memoryview) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


def streamed(
    city: City, visitor: Visitor, address: str, pieces: Iterator[bytes]
) -> str:
    """Post a body without holding it, in chunks; return the status."""
    url = httpx.URL(address)
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": url.path,
        "QUERY_STRING": url.query.decode(),
        "SERVER_NAME": url.host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": url.host,
        "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in visitor.client.cookies.items()),
        "CONTENT_TYPE": "multipart/form-data; boundary=grans",
        "HTTP_TRANSFER_ENCODING": "chunked",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": Stream(pieces),
        "wsgi.input_terminated": True,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.errors": None,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }

    def start_response(status: str, _headers: object, _error: object = None) -> None:
        said.append(status)

    b"".join(city.app.wsgi_app(environ, start_response))
    return said[0]


def test_a_body_larger_than_any_form_is_refused(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    form = page.form(field_name="diet.note")

    def body() -> Iterator[bytes]:
        yield multipart_field("csrf_token", form.fields["csrf_token"][0])
        yield file_header("diet.certificate-new", "stor.pdf")
        for _ in range(70):
            yield b"x" * MB

    assert streamed(city, visitor, form.action, body()).startswith("413")


def test_an_endless_header_is_refused_early(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    read = 0

    def body() -> Iterator[bytes]:
        nonlocal read
        yield b"--grans\r\nContent-Disposition: form-data; name="
        for _ in range(60):
            read += 1
            yield b"x" * MB

    form = page.form(field_name="diet.note")
    assert streamed(city, visitor, form.action, body()).startswith("413")
    assert read < 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("intyg.pdf", b"MZ\x90\x00" + b"\x00" * 400),
        ("intyg.png", b"<html><script>alert(1)</script></html>"),
        ("intyg.jpg", b"GIF89a" + b"\x00" * 100),
        ("intyg.pdf", b"PK\x03\x04" + b"\x00" * 100),
    ],
)
def test_a_file_is_what_its_content_shows(
    certificate: tuple[Visitor, Page], name: str, content: bytes
) -> None:
    visitor, page = certificate
    form = page.form(field_name="diet.note")
    upload = Upload(name, "application/pdf", content)
    told = visitor.submit(
        form, {"diet.note": ["Kvar"]}, uploads=[("diet.certificate-new", upload)]
    )

    assert told.status == 422
    assert list(told.errors) == ["q-diet.certificate"]
    assert "JPEG, PDF, PNG" in told.text
    assert told.form(field_name="diet.note").fields["diet.note"] == ["Kvar"]


def test_a_file_nobody_uploaded_here_is_not_taken_for_one(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    form = page.form(field_name="diet.note")
    made_up = f"sha256:{'0' * 64}"
    visitor.submit(form, {"diet.certificate": [made_up]})

    assert made_up.encode() not in visitor.get(page.url).content


def test_a_file_that_is_taken_away_is_destroyed(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    form = page.form(field_name="diet.note")
    visitor.submit(form, uploads=[("diet.certificate-new", NEWER)])
    page = visitor.get(page.url)
    before = list(city.town.tools.objects.names("ekvalla"))
    [remove] = {b for f in page.forms() for b in f.buttons if b[0] == "_remove"}
    visitor.submit(page.form(field_name="diet.note"), button=remove)

    assert len(before) == 1
    assert list(city.town.tools.objects.names("ekvalla")) == []


def test_no_other_page_takes_files(city: City) -> None:
    visitor = city.visitor()
    answer = visitor.client.post(
        "/logga-in", files={"f": ("f.txt", b"x" * MB, "text/plain")}
    )

    assert answer.status_code == 413


def test_a_hostile_file_name_is_only_shown(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    name = '"><script>alert(1)</script>\u202egnp.exe'
    upload = Upload(name, "image/png", NEWER.content)
    visitor.submit(
        page.form(field_name="diet.note"), uploads=[("diet.certificate-new", upload)]
    )
    shown = visitor.get(page.url).content.decode()

    assert "alert(1)" in shown
    assert "<script>alert" not in shown


# Sessions that end


def late_post(city: City, page: Page, visitor: Visitor, minutes: int = 61) -> Page:
    """Answer a page after the session has ended."""
    city.town.clock.pass_(minutes=minutes)
    form = page.form(field_name="diet.note")
    return visitor.submit(
        form,
        {"diet.note": ["HEMLIGTSVAR"]},
        uploads=[("diet.certificate-new", NEWER)],
    )


def note(city: City, visitor: Visitor, address: str) -> list[str]:
    page = visitor.get(address)
    return list(page.form(field_name="diet.note").fields["diet.note"])


def test_an_answer_after_the_session_waits_until_its_person_is_back(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    asked = late_post(city, page, visitor)
    assert "/logga-in" in asked.url
    assert "loggats ut" in asked.text

    come = city.approve(visitor, asked)

    assert come.status == 200
    assert "/granska" in come.url or "/e/skolstart/" in come.url
    assert note(city, visitor, page.url) == ["HEMLIGTSVAR"]
    assert b"nytt.png" in visitor.get(page.url).content


def test_a_late_answer_lies_sealed(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    late_post(city, page, visitor)

    assert_nothing_in_clear(city.settings.home, b"HEMLIGTSVAR")
    assert_nothing_in_clear(city.settings.home, NEWER.content)


def test_somebody_else_who_logs_in_gets_nothing(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    asked = late_post(city, page, visitor)
    come = city.approve(visitor, asked, JOHAN)

    assert b"HEMLIGTSVAR" not in come.content
    assert visitor.get(page.url).status == 404
    other, _ = city.logged_in(SARA)
    address = next(link for link in other.get("/mina").links("/e/") if "?d=" in link)
    assert note(city, other, at(city, "intyg", Page(address, 200, b"", ""))) == [""]


def test_a_late_answer_is_destroyed_after_half_an_hour(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    before = list(city.town.tools.objects.names("ekvalla"))
    asked = late_post(city, page, visitor)
    city.town.clock.pass_(minutes=31)
    city.approve(visitor, asked)

    assert note(city, visitor, page.url) == [""]
    assert list(city.town.tools.objects.names("ekvalla")) == before


def test_a_late_answer_without_our_token_is_not_kept(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    city.town.clock.pass_(minutes=61)
    form = page.form(field_name="diet.note")
    answer = visitor.client.post(
        form.action, data={"diet.note": "X", "csrf_token": "made-up"}
    )

    assert answer.status_code == 400


def test_an_open_page_still_means_the_same_after_a_new_login(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    city.town.clock.pass_(minutes=61)
    asked = visitor.get(page.url)
    come = city.approve(visitor, asked)

    assert come.url == page.url


def test_long_after_one_comes_to_ones_own_pages(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    city.town.clock.pass_(hours=20)
    city.town.services.tidy("ekvalla")
    come = city.approve(visitor, visitor.get(page.url))

    assert come.url.endswith("/mina")
    assert "Sparat, inte skickat" in come.text


# Signing that does not end well


def test_a_signature_cancelled_on_the_phone_leads_back_with_the_answers(
    city: City,
) -> None:
    visitor, page = city.answered()
    city.town.bankid.ends = "userCancel"
    back = city.signed(visitor, page)

    assert "/granska" in back.url
    assert "Du avbröt i BankID-appen" in back.text
    assert "Adrenalin" in back.text or "Jordnöt" in back.text
    city.town.bankid.ends = ""
    assert "Tack" in city.signed(visitor, back).text


def test_a_signature_that_takes_too_long_leads_back(city: City) -> None:
    visitor, page = city.answered()
    city.town.bankid.is_slow = True
    waiting = city.signed(visitor, page)
    city.town.clock.pass_(minutes=11)
    back = visitor.get(waiting.url)

    assert "/granska" in back.url
    assert "Tiden gick ut" in back.text


def test_evidence_that_does_not_hold_sends_nothing(city: City) -> None:
    visitor, page = city.answered()
    city.town.bankid.is_forged = True
    back = city.signed(visitor, page)

    assert "Underskriften gick inte att kontrollera" in back.text
    assert city.town.orders() == []


def test_an_eid_service_that_is_down_keeps_the_answers(city: City) -> None:
    visitor, page = city.answered()
    city.town.bankid.refuses = "maintenance"
    back = city.signed(visitor, page)

    assert "BankID har ett tekniskt fel" in back.text
    assert back.form(action="/granska")


def test_the_receipt_is_there_again_when_the_answer_was_lost(city: City) -> None:
    visitor, page = city.answered()
    form = page.form(action="/granska")
    answer = visitor.client.post(form.action, data=dict(form.fields))
    waiting = answer.headers["location"]
    first = visitor.get(waiting)
    again = visitor.get(waiting)

    assert "Tack" in first.text
    assert again.url == first.url


# Tokens, addresses and words


@pytest.mark.parametrize("token", ["", "made-up"])
def test_a_post_without_our_token_is_explained(city: City, token: str) -> None:
    visitor, page = city.begun()
    shown = page.form(action="/e/")
    changed = {name: list(values) for name, values in shown.fields.items()}
    changed["csrf_token"] = [token]
    told = visitor._arrive(visitor.client.post(shown.action, data=changed), "POST")

    assert told.status == 400
    assert "ladda om sidan" in told.text


def test_a_token_of_another_browser_is_worth_nothing(city: City) -> None:
    visitor, page = city.begun()
    other = city.visitor().get("/logga-in").form(action="/logga-in")
    fields = dict(page.form(action="/e/").fields)
    fields["csrf_token"] = other.fields["csrf_token"]

    assert visitor.client.post(page.url, data=fields).status_code == 400


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=grans", b"--grans\r\nContent-Dispo"),
        ("multipart/form-data; boundary=grans", b"no boundary at all"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=grans", b'--grans\r\nX: 1\r\n\r\nx\r\n--grans--'),
        ("application/json", b'{"a": 1}'),
        ("application/x-www-form-urlencoded", b"\xff%ff=%00"),
    ],
)
def test_a_broken_body_is_explained(
    city: City, content_type: str, body: bytes
) -> None:
    visitor, page = city.begun()
    answer = visitor.client.post(
        page.url, content=body, headers={"content-type": content_type}
    )

    assert answer.status_code == 400
    assert "Något i formuläret kom inte fram" in answer.text


def test_a_page_that_is_not_there_leads_to_one_that_is(city: City) -> None:
    visitor, page = city.begun()
    found = visitor.get(at(city, "finns-inte", page))

    assert found.status == 200
    assert found.url == page.url


HOSTILE = "<script>alert('x')</script>\u202eFDP.exe\u0000\u200b{{7*7}}'\"&"


def test_hostile_words_are_only_words(city: City) -> None:
    answers = NUTS | {
        "health": NUTS["health"]
        | {"acute": True, "acute_text": HOSTILE, "bvc": HOSTILE}
    }
    visitor, page = city.filled(answers=answers)
    if "/granska" not in page.url:  # refused at its question is right as well
        assert page.status == 422
        assert page.errors
        return
    html = page.content.decode()

    assert "<script>alert" not in html
    assert "\x00" not in html
    assert "49" not in page.text
    assert "\u202e" not in html


def test_too_many_orders_are_slowed_down(city: City) -> None:
    visitor = city.visitor()
    city.town.bankid.is_slow = True
    statuses = []
    for _ in range(12):
        form = visitor.get("/logga-in").form(action="/logga-in")
        statuses.append(visitor.submit(form).status)

    assert statuses[:10] == [200] * 10
    assert statuses[10:] == [429] * 2
    city.town.clock.pass_(minutes=2)
    form = visitor.get("/logga-in").form(action="/logga-in")
    assert visitor.submit(form).status == 200


