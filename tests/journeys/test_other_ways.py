"""Other ways through the same pages: without script, without a mouse."""

import pytest
from browsing import Screens
from family_in_browser import FATIMA, LINA, saras_answers
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MAX_TABS = 80
FOCUSED = """() => {
    const at = document.activeElement
    const label = at.labels && at.labels[0] ? at.labels[0] : at
    return label.innerText.trim()
}"""


def test_without_script_one_logs_in_and_answers(screens: Screens, tmp_path) -> None:
    fatima = screens.person(FATIMA, script=False)
    fatima.page.goto("/e/skolstart")
    fatima.press("Börja")
    fatima.log_in()
    fatima.press("Välj Amir")
    passed = []
    while len(set(passed)) < 4:
        passed.append(fatima.heading)
        fatima.answer(saras_answers(tmp_path))
        fatima.press("Spara och fortsätt")

    assert list(dict.fromkeys(passed)) == [
        "Start och val av skola",
        "Syskon och skäl",
        "Var barnet bor",
        "Plats på fritids",
    ]


def tab_to(page: Page, label: str) -> None:
    """Press Tab until what has the focus is called this."""
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(label):
            return
    raise AssertionError(f"{label} is out of the keyboard's reach on {page.url}")


def test_the_keyboard_alone_is_enough(screens: Screens) -> None:
    lina = screens.person(LINA)
    page = lina.page
    page.goto("/e/skolstart")
    for label in ("Börja", "BankID på den här enheten"):
        tab_to(page, label)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    lina.approve()
    tab_to(page, "Välj Nils")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Start och val av skola")
    tab_to(page, "Hösten det år barnet fyller sex år")
    page.keyboard.press("Space")
    tab_to(page, "Ja")
    page.keyboard.press("ArrowRight")
    tab_to(page, "Spara och fortsätt")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Var ska barnet gå i stället?")

    assert page.evaluate(FOCUSED) is not None
    assert lina.heading == "Start och val av skola"


def test_the_skip_link_leads_past_the_header(screens: Screens) -> None:
    page = screens.person(LINA).page
    page.goto("/e/skolstart")
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")

    assert first == "Hoppa till innehållet"
    assert page.evaluate("document.activeElement.id") == "main"
