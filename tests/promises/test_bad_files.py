"""A file that cannot be taken is said so where it was asked for; the rest is kept."""

import tracemalloc
from collections.abc import Iterator

import pytest

from formbuilder.visitor import Page, Upload, Visitor
from tests.promises.bodies import file_header, multipart_field, streamed
from tests.promises.city import City
from tests.promises.places import NEWER, assert_nothing_in_clear

MB = 1024 * 1024
BEGINNING = b"%PDF-1.7\n" + b"PLAINTEXTCANARY" * 4096


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
        "q-diet.certificate": "Intyg från läkare eller dietist: Filen är för stor. "
        "Välj en fil som är högst 10 MB."
    }
    assert told.form(field_name="diet.note").fields["diet.note"] == ["Ring mig"]
    assert_nothing_in_clear(city.settings.home, b"PLAINTEXTCANARY")


def test_a_file_that_is_refused_is_told_also_to_who_goes_on_later(
    certificate: tuple[Visitor, Page],
) -> None:
    visitor, page = certificate
    form = page.form(field_name="diet.note")
    bad = Upload("intyg.pdf", "application/pdf", b"MZ" + b"\x00" * 400)
    told = visitor.submit(
        form, button=("_go", "later"), uploads=[("diet.certificate-new", bad)]
    )

    assert (told.status, list(told.errors)) == (422, ["q-diet.certificate"])


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
    certificate: tuple[Visitor, Page],
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
    [remove] = {b for f in page.forms() for b in f.buttons if b[0] == "_detach"}
    visitor.submit(page.form(field_name="diet.note"), button=remove)

    assert len(before) == 1
    assert list(city.town.tools.objects.names("ekvalla")) == []


def test_no_other_page_takes_files(city: City) -> None:
    visitor = city.visitor()
    answer = visitor.client.post(
        "/logga-in", files={"f": ("f.txt", b"x" * MB, "text/plain")}
    )

    assert answer.status_code == 413


def test_a_hostile_file_name_is_only_shown(certificate: tuple[Visitor, Page]) -> None:
    visitor, page = certificate
    name = '"><script>alert(1)</script>\u202egnp.exe'
    upload = Upload(name, "image/png", NEWER.content)
    visitor.submit(
        page.form(field_name="diet.note"), uploads=[("diet.certificate-new", upload)]
    )
    shown = visitor.get(page.url).content.decode()

    assert "alert(1)" in shown
    assert "<script>alert" not in shown
    assert "[U+202E]gnp.exe" in shown
