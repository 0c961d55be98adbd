"""One family walks the whole way over HTTP, without a browser and without script."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import httpx

from formbuilder.app import open_installation
from formbuilder.demo import family
from formbuilder.demo.outcome import Outcome, outcome
from formbuilder.demo.phone import PhoneInHand
from formbuilder.demo.town import FORM, TENANT, Town
from formbuilder.filling import fill
from formbuilder.visitor import LostVisitor, Page, Visitor
from schemas.compiling import CompiledForm

SETTLED_WITHIN: Final = 90.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What happened: each step as it was said, and what came of it all."""

    steps: list[str] = field(default_factory=list)
    outcome: Outcome


@contextmanager
def browser(town: Town) -> Iterator[Visitor]:
    """Open a browser of one person's own."""
    with httpx.Client(base_url=town.url, timeout=30, trust_env=False) as client:
        yield Visitor(client)


def walk(town: Town, say: Say) -> Walk:
    """Play the family through the service.

    Raises:
        LostVisitor: a page was not what it should be.
    """
    steps: list[str] = []

    def tell(step: str) -> None:
        steps.append(step)
        say(f"{len(steps):2}. {step}")

    form = compiled(town)
    phone = PhoneInHand(town.phone_url)
    try:
        with browser(town) as sara:
            _first_guardian(sara, phone, form, tell)
        with browser(town) as johan:
            _second_guardian(johan, phone, form, tell)
        wait_until_settled(town)
        tell("Arbetaren har levererat och arkiverat allt.")
        with browser(town) as kitchen:
            _kitchen(kitchen, phone, tell)
    finally:
        phone.close()
    return Walk(steps=steps, outcome=outcome(town))


def compiled(town: Town) -> CompiledForm:
    """Return the published school start."""
    installation = open_installation(town.settings)
    try:
        return installation.services.forms.current(TENANT, FORM)
    finally:
        installation.close()


def log_in(visitor: Visitor, phone: PhoneInHand, to: str, person: str) -> Page:
    """Log in with BankID on the way to an address."""
    page = visitor.get(to)
    page = visitor.submit(page.form(action="/logga-in"))
    return phone.approve(visitor, page, person)


def choose_child(page: Page, visitor: Visitor, name: str) -> Page:
    """Choose the child whose card shows this name."""
    for form in page.forms():
        if form.action.endswith("/borja") and name in form.text:
            return visitor.submit(form)
    raise LostVisitor(f"{page.url} shows no child called {name}: {page.text[:300]}")


def expect(page: Page, words: str) -> Page:
    """Go on if the page says this.

    Raises:
        LostVisitor: it does not.
    """
    if words not in page.text and words not in page.title:
        errors = "; ".join(page.errors.values())
        raise LostVisitor(
            f"{page.url} ({page.status}) does not say “{words}”: "
            f"{errors or page.text[:500]}"
        )
    return page


def _first_guardian(
    visitor: Visitor,
    phone: PhoneInHand,
    form: CompiledForm,
    tell: Say,
) -> None:
    page = visitor.get(f"/e/{FORM}")
    tell(f"Sara läser startsidan: {page.title}.")
    page = log_in(visitor, phone, f"/e/{FORM}/valj-barn", family.SARA)
    tell("Sara loggar in med BankID.")
    page = choose_child(page, visitor, "Elis")
    tell("Sara väljer Elis ur folkbokföringen.")
    page = fill(visitor, page, form, family.SARAS_ANSWERS, family.UPLOADS)
    expect(page, "Kontrollera dina svar")
    asked = sum(1 for method, _, _ in visitor.visited if method == "POST")
    tell(f"Sara svarar på frågorna ({asked} sidor skickade) och kontrollerar svaren.")
    page = visitor.submit(page.form(action="/granska"))
    page = expect(phone.approve(visitor, page, family.SARA), "Tack")
    tell(f"Sara skriver under med BankID. {page.title}.")
    tell(f"Kvittot: {page.text[:160]} …")
    page = visitor.get("/mina")
    tell("Sara ser på Mina sidor vem som återstår att skriva under.")


def _second_guardian(
    visitor: Visitor, phone: PhoneInHand, form: CompiledForm, tell: Say
) -> None:
    page = expect(log_in(visitor, phone, "/mina", family.JOHAN), "Mina sidor")
    tell("Johan loggar in och ser att något väntar på honom.")
    page = visitor.get(page.links("/mina/")[0])
    tell("Johan läser det som ska skrivas under.")
    page = visitor.submit(page.form(action="/borja"))
    page = fill(visitor, page, form, family.JOHANS_ANSWERS, family.UPLOADS)
    expect(page, "Kontrollera dina svar")
    tell("Johan lämnar sina egna kontaktuppgifter och säger nej till foton.")
    page = visitor.submit(page.form(action="/granska"))
    page = expect(phone.approve(visitor, page, family.JOHAN), "Tack")
    tell(f"Johan skriver under med BankID. {page.title}.")


def _kitchen(visitor: Visitor, phone: PhoneInHand, tell: Say) -> None:
    page = expect(log_in(visitor, phone, "/inkorg", family.KITCHEN), "Inkorg")
    expect(page, "Elis")
    if family.ELIS in page.content.decode():
        raise LostVisitor("The kitchen sees a personal number.")
    tell("Köket loggar in och läser sin lista.")
    items = [link for link in page.links("/inkorg/kitchen/") if "/export." not in link]
    page = visitor.get(items[0])
    page = visitor.submit(page.form(action="/bekrafta"))
    tell("Köket bekräftar att uppgiften är mottagen.")


def wait_until_settled(town: Town) -> None:
    """Wait until every order is done.

    Raises:
        LostVisitor: nothing has moved for a long while, and some are not.
    """
    moved, before = time.monotonic(), ""
    while time.monotonic() < moved + SETTLED_WITHIN:
        figures = _orders(town)
        if all('state="done"' in line or line.endswith(" 0.0") for line in figures):
            return
        if (now := "; ".join(figures)) != before:
            moved, before = time.monotonic(), now
        time.sleep(0.25)
    raise LostVisitor(f"Orders are left: {before}")


def _orders(town: Town) -> list[str]:
    figures = httpx.get(f"{town.url}/metrics", timeout=30, trust_env=False)
    lines = figures.raise_for_status().text.splitlines()
    return [line for line in lines if line.startswith("formbuilder_orders{")]
