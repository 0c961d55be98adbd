"""Other ways through the same pages: without script, without a mouse."""

from pathlib import Path

import pytest
from browsing import Screens
from by_keyboard import Keyboard
from family_in_browser import FATIMA, LINA, saras_answers

from formbuilder.demo.family import CERTIFICATE

pytestmark = pytest.mark.browser

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


@pytest.fixture
def typist(screens: Screens, tmp_path: Path) -> Keyboard:
    """Somebody without a mouse who has come to where answers are checked."""
    lina = screens.person(LINA)
    certificate = tmp_path / CERTIFICATE.name
    certificate.write_bytes(CERTIFICATE.content)
    keyboard = Keyboard(lina.page, saras_answers(certificate))
    lina.page.goto("/")
    for label in ("Skolstart", "Börja", "BankID på den här enheten"):
        keyboard.follow(label)
    lina.approve()
    keyboard.follow("Välj Nils")
    keyboard.fill_in("Skriv under")
    keyboard.follow("Skriv under")
    lina.approve()
    return keyboard


def test_the_keyboard_alone_is_enough_from_the_start_to_the_receipt(
    typist: Keyboard,
) -> None:
    assert "/kvitto/" in typist.page.url
    assert typist.page.locator("h1").inner_text() == "Tack"
    assert typist.unseen == []


def test_the_skip_link_leads_past_the_header(screens: Screens) -> None:
    page = screens.person(LINA).page
    page.goto("/e/skolstart")
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")

    assert first == "Hoppa till innehållet"
    assert page.evaluate("document.activeElement.id") == "main"
