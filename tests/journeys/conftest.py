"""A town for each module of journeys: what one family did, no other module meets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Eyes, Phone, Screens
from family_in_browser import saras_answers
from family_journey import Journey, departments, first_guardian, second_guardian
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from formbuilder.demo.family import CERTIFICATE
from formbuilder.demo.town import Town, stop, town
from formbuilder.demo.walk import wait_until_settled

ROOT = Path(__file__).parents[2]
SEEN = ROOT / "artifacts" / "journey"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("town"), ROOT / "examples") as made:
        process = made.start_service()
        try:
            yield made
        finally:
            stop(process)


@pytest.fixture(scope="module")
def phone(place: Town) -> Iterator[Phone]:
    held = Phone(place.phone_url)
    yield held
    held.close()


@pytest.fixture(scope="module")
def screens(place: Town, browser: Browser, phone: Phone) -> Iterator[Screens]:
    made = Screens(url=place.url, browser=browser, phone=phone, eyes=Eyes(folder=SEEN))
    yield made
    made.close()


@pytest.fixture(scope="module")
def journey(
    place: Town, screens: Screens, tmp_path_factory: pytest.TempPathFactory
) -> Journey:
    certificate = tmp_path_factory.mktemp("files") / CERTIFICATE.name
    certificate.write_bytes(CERTIFICATE.content)
    told = Journey()
    try:
        first_guardian(screens, told, saras_answers(certificate))
        second_guardian(screens, told)
        wait_until_settled(place)
        departments(screens, told)
    except PlaywrightError as error:
        raise AssertionError(f"{error}\n{screens.whereabouts()}") from error
    return told
