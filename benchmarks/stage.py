"""The whole service in this process, and somebody who has answered half a form."""

import io
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from flask import Flask
from sqlalchemy import text
from werkzeug.test import EnvironBuilder

from formbuilder.app import Installation, open_installation, web
from formbuilder.demo import family
from formbuilder.demo.phone import PhoneInHand
from formbuilder.demo.town import TENANT, Town, town
from formbuilder.demo.walk import FORM, choose_child, compiled, log_in
from formbuilder.filling import fill, typed_fields
from formbuilder.visitor import Page, Visitor
from schemas.compiling import CompiledForm, compile_form
from schemas.definition import FormDefinition

EXAMPLES: Final = Path(__file__).parents[1] / "examples"
HALF: Final = ("enrolment", "contacts", "photo", "diet")
"""The sections that the draft of the page figures has answers in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A town whose service answers within this process, and a guardian in it."""

    town: Town
    installation: Installation
    app: Flask
    form: CompiledForm
    phone: PhoneInHand
    client: httpx.Client
    sara: Visitor

    @property
    def host(self) -> str:
        """Return the host name that the municipality is known by."""
        return urlsplit(self.town.url).netloc

    @property
    def cookie(self) -> str:
        """Return the guardian's cookies as a browser sends them."""
        jar = self.client.cookies.jar
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, made once, that can be put to any application many times."""

    environ: Mapping[str, Any]
    body: bytes = field(default=b"", repr=False)

    @property
    def path(self) -> str:
        """Return the path that is asked for."""
        return str(self.environ["PATH_INFO"])

    def __call__(self, app: Flask) -> tuple[str, bytes]:
        """Put the request to the application; return its status and its bytes."""
        environ = {**self.environ, "wsgi.input": io.BytesIO(self.body)}
        told: list[str] = []
        body = b"".join(app.wsgi_app(environ, lambda status, *_: told.append(status)))
        return told[0], body


def call(
    stage: Stage, path: str, *, form: Mapping[str, list[str]] | None = None
) -> Call:
    """Return a request of the guardian's, as the server would hand it over."""
    builder = EnvironBuilder(
        path=path.partition("?")[0],
        query_string=path.partition("?")[2],
        base_url=stage.town.url,
        method="GET" if form is None else "POST",
        data=form,
        headers=[("Cookie", stage.cookie), ("Accept-Language", "sv")],
    )
    environ = builder.get_environ()
    body = environ["wsgi.input"].read()
    builder.close()
    return Call(environ=environ, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A page filled in: its address, its bytes, and what a browser posts for it."""

    path: str
    body: bytes
    fields: dict[str, list[str]]


@contextmanager
def stage() -> Iterator[Stage]:
    """Prepare the town, log the guardian in and stop everything after."""
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory())
        place = opened.enter_context(town(Path(folder), EXAMPLES))
        installation = open_installation(place.settings)
        opened.callback(installation.close)
        app = web(installation)
        client = opened.enter_context(browser(place, app))
        phone = PhoneInHand(place.phone_url)
        opened.callback(phone.close)
        yield Stage(
            town=place,
            installation=installation,
            app=app,
            form=compiled(place),
            phone=phone,
            client=client,
            sara=Visitor(client),
        )


def browser(place: Town, app: Flask) -> httpx.Client:
    """Return a browser whose requests do not leave this process."""
    transport = httpx.WSGITransport(app=app.wsgi_app)
    return httpx.Client(transport=transport, base_url=place.url)


def begin(on: Stage, answers: Mapping[str, Any]) -> Page:
    """Log the guardian in, answer this much of the school start, return the page."""
    page = log_in(on.sara, on.phone, f"/e/{FORM}/valj-barn", family.SARA)
    page = choose_child(page, on.sara, "Elis")
    return fill(on.sara, page, on.form, answers, family.UPLOADS)


def half() -> dict[str, Any]:
    """Return the answers of half the form."""
    return {key: family.SARAS_ANSWERS[key] for key in HALF}


def begin_alone(
    on: Stage, definition: FormDefinition, answers: Mapping[str, Any]
) -> Page:
    """Publish a form of one page, answer this much of it, return the page.

    The guardian must be logged in.
    """
    on.installation.services.forms.publish(TENANT, definition, by="benchmark")
    start = on.sara.get(f"/e/{definition.id}")
    page = on.sara.submit(start.form(action="/borja"))
    address, known = page.url, typed_fields(compile_form(definition), answers)
    for _ in range(2):  # what is asked because of an answer is answered after it
        form = page.form(action=urlsplit(address).path)
        on.sara.submit(form, known, button=("_go", "later"))
        page = on.sara.get(address)
    return page


def typed(
    form: CompiledForm, page: Page, answers: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Return what a browser posts for a page when these answers stand in it."""
    shown = page.form(action=urlsplit(page.url).path)
    known = {n: v for n, v in typed_fields(form, answers).items() if shown.offers(n)}
    return {n: list(v) for n, v in {**shown.fields, **known}.items()} | {
        "_go": ["next"]
    }


def newest(on: Stage) -> bytes:
    """Return the sealed content of the draft that was saved last."""
    statement = text("SELECT content_sealed FROM drafts ORDER BY updated_at DESC")
    with on.installation.database.read(TENANT) as tc:
        content: bytes = tc.connection.execute(statement).scalars().first() or b""
    return content
