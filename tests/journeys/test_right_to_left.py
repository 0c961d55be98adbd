"""Arabic on a phone: mirrored pages in which numbers and addresses are not."""

import re

import pytest
from browsing import Eyes, Person, Screens
from family_in_browser import FATIMA

from schemas.catalogue import text

pytestmark = pytest.mark.browser

PAGES = ("dina-uppgifter", "hamta", "kost", "avgift", "bild", "granska")
LTR = "input[type=tel], input[type=email], input[inputmode]"
MIRRORED = """() => {
    const box = (query) => document.querySelector(query)?.getBoundingClientRect()
    const heading = box("h1"), home = box(".fb-header__home")
    return [innerWidth - heading.right < heading.left + 24, home.right > innerWidth / 2]
}"""
TORN = r"""() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = []
    for (let node; (node = walk.nextNode()); ) {
        for (const match of node.data.matchAll(/[0-9][0-9-]*(?:[ \u00a0][0-9]+)+/g)) {
            const range = document.createRange()
            const left = (at) => {
                range.setStart(node, at)
                range.setEnd(node, at + 1)
                return range.getBoundingClientRect()
            }
            const first = left(match.index), last = left(match.index + match[0].length - 1)
            if (first.width && first.top === last.top && first.left > last.left)
                found.push(match[0])
        }
    }
    return found
}"""
"""Numbers in pieces whose first digit stands to the right of their last."""


def say(swedish: str) -> str:
    return text(swedish, "ar")


@pytest.fixture
def fatima(screens: Screens) -> Person:
    reader = screens.person(FATIMA, language="ar")
    reader.page.goto("/e/skolstart")
    reader.press(say("Börja"))
    reader.press(say("BankID på den här enheten"))
    reader.approve()
    reader.go(reader.page.get_by_role("button", name=re.compile("Amir")))
    return reader


def at(reader: Person, page: str) -> None:
    """Go to a page of the same draft, as far as it is asked."""
    reader.page.goto(re.sub(r"skolstart/[^?]*", f"skolstart/{page}", reader.page.url))


def looked_at(eyes: Eyes, reader: Person, name: str) -> list[str]:
    """Return what is wrong with the page that is shown."""
    page = reader.page
    sight = eyes.look(page, f"ar-{name}")
    wrong = [*sight.violations, *page.evaluate(TORN)]
    if sight.scroll_width > sight.width:
        wrong.append(f"{sight.scroll_width} wide")
    if page.locator("html").get_attribute("dir") != "rtl":
        wrong.append("not from right to left")
    if page.evaluate(MIRRORED) != [True, True]:
        wrong.append("not mirrored")
    ways = page.locator(LTR).evaluate_all("all => all.map(one => one.dir)")
    return wrong + [way for way in ways if way != "ltr"]


def test_an_arabic_phone_shows_every_kind_of_page_mirrored(
    screens: Screens, fatima: Person
) -> None:
    found = {}
    for page in PAGES:
        at(fatima, page)
        found[page] = looked_at(screens.eyes, fatima, page)
    for address in ("/mina", "/e/skolstart", "/om/tillganglighet"):
        fatima.page.goto(address)
        found[address] = looked_at(screens.eyes, fatima, address.rpartition("/")[2])

    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_what_is_wrong_is_said_in_arabic_and_found_from_the_summary(
    screens: Screens, fatima: Person
) -> None:
    at(fatima, "dina-uppgifter")
    fatima.page.locator("[name='contacts.mobile']").fill("12")
    fatima.press(say("Spara och fortsätt"))
    wrong = looked_at(screens.eyes, fatima, "fel")
    summary = fatima.page.locator(".govuk-error-summary")
    fatima.page.get_by_role("link", name="174 06 05").click()

    assert wrong == []
    assert summary.locator("h2").inner_text() == say("Det är något som behöver rättas")
    assert fatima.page.evaluate("document.activeElement.dir") == "ltr"
