"""The family's way through the service in a browser, and what is read along it."""

from dataclasses import dataclass, field
from pathlib import Path

from browsing import DESK_SIZE, PHONE_SIZE, Person, Screens
from family_in_browser import (
    COMMUNICATOR,
    COOK,
    JOHAN,
    JOHANS_ANSWERS,
    NURSE,
    SARA,
    SECRETARY,
    Answers,
    fill_in,
)
from playwright.sync_api import Page


@dataclass(slots=True, kw_only=True)
class Journey:
    """What was read along the family's way, by what it is called there."""

    read: dict[str, str] = field(default_factory=dict)
    focused: str = ""
    bad_title: str = ""
    kept: str = ""
    unasked: frozenset[str] = frozenset()
    csv: str = ""
    source: dict[str, str] = field(default_factory=dict)


def keep(screens: Screens, told: Journey, page: Page, name: str) -> None:
    """Look at the page, and remember its words and its source."""
    screens.eyes.look(page, name)
    told.read[name] = page.locator("main").inner_text()
    told.source[name] = page.content()


def first_guardian(screens: Screens, told: Journey, answers: Answers) -> None:
    """Read, log in, make a mistake, stop, go on elsewhere, check, sign."""
    eyes, sara = screens.eyes, screens.person(SARA)
    page = sara.page
    page.goto("/")
    keep(screens, told, page, "front")
    page.goto("/e/skolstart")
    keep(screens, told, page, "start")
    sara.press("Börja")
    keep(screens, told, page, "login")
    sara.press("BankID på en annan enhet")
    page.locator("[data-eid-qr]").wait_for()
    keep(screens, told, page, "code")
    page.go_back()
    sara.log_in()
    keep(screens, told, page, "children")
    sara.press("Välj Elis")
    sara.answer({"När ska barnet börja?": "Ett år tidigare"})
    sara.press("Spara och fortsätt")
    told.focused = page.evaluate("document.activeElement.className")
    told.bad_title, told.kept = (
        page.title(),
        page.locator("input:checked").input_value(),
    )
    keep(screens, told, page, "bad")
    sara.press("Spara och fortsätt senare")
    keep(screens, told, page, "stopped")
    sara = _elsewhere(screens)
    fill_in(sara, answers, lambda heading: eyes.look(sara.page, f"page-{heading}"))
    told.unasked = frozenset(answers) - frozenset(sara.answered)
    keep(screens, told, sara.page, "review")
    sara.press("Skriv under med BankID")
    keep(screens, told, sara.page, "sign")
    sara.approve()
    keep(screens, told, sara.page, "receipt")
    sara.page.goto("/mina")
    keep(screens, told, sara.page, "mine")
    sara.press("Visa ärendet")
    keep(screens, told, sara.page, "case")


def _elsewhere(screens: Screens) -> Person:
    """Return the same guardian on another device, in the middle of her form."""
    sara = screens.person(SARA)
    sara.page.goto("/mina")
    sara.log_in()
    sara.press("Fortsätt")
    return sara


def second_guardian(screens: Screens, told: Journey) -> None:
    """See what waits, answer one's own questions, sign it all."""
    johan = screens.person(JOHAN)
    johan.page.goto("/mina")
    johan.log_in()
    keep(screens, told, johan.page, "mine-second")
    johan.press("Läs och skriv under")
    keep(screens, told, johan.page, "case-second")
    johan.press("Svara på dina frågor och skriv under")
    fill_in(johan, JOHANS_ANSWERS, lambda _: None)
    keep(screens, told, johan.page, "review-second")
    johan.press("Skriv under med BankID")
    johan.approve()
    keep(screens, told, johan.page, "receipt-second")
    johan.page.goto("/mina")
    keep(screens, told, johan.page, "mine-after")


def departments(screens: Screens, told: Journey) -> None:
    """Read what has come, as those who work with it do."""
    cook = _at_work(screens, told, COOK, "kitchen")
    told.csv = _taken(cook.page)
    cook.go(cook.page.locator("tbody th a").first)
    keep(screens, told, cook.page, "kitchen-item")
    cook.press("Bekräfta att ni har tagit emot")
    keep(screens, told, cook.page, "kitchen-confirmed")
    _at_work(screens, told, COMMUNICATOR, "communication")
    secretary = _at_work(screens, told, SECRETARY, "office")
    secretary.press("Bild: ja och nej")
    keep(screens, told, secretary.page, "office-photos")
    nurse = _at_work(screens, told, NURSE, "nurse")
    nurse.go(nurse.page.locator("tbody th a").first)
    keep(screens, told, nurse.page, "nurse-item")


def _at_work(screens: Screens, told: Journey, number: str, name: str) -> Person:
    who = screens.person(number, size=DESK_SIZE)
    who.page.goto("/inkorg")
    who.log_in()
    keep(screens, told, who.page, name)
    who.page.set_viewport_size({"width": PHONE_SIZE[0], "height": PHONE_SIZE[1]})
    screens.eyes.look(who.page, name)
    who.page.set_viewport_size({"width": DESK_SIZE[0], "height": DESK_SIZE[1]})
    return who


def _taken(page: Page) -> str:
    """Return the list as the department takes it out."""
    with page.expect_download() as waited:
        page.get_by_role("link", name="Hämta som CSV").click()
    return Path(waited.value.path()).read_text(encoding="utf-8-sig")
