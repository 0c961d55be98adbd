"""Each form is offered in its own languages, and a draft of a machine says so."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import html
from lxml.html import HtmlElement

from formbuilder.demo.town import Town
from schemas.catalogue import languages, whole_languages
from schemas.tongues import own_name

UNREAD = "//header//*[contains(@class, 'fb-unread')]"


@pytest.fixture
def browser_of(place: Town) -> Iterator[httpx.Client]:
    """A browser nobody has chosen a language in."""
    with httpx.Client(base_url=place.url, timeout=30, trust_env=False) as client:
        yield client


def page(client: httpx.Client, address: str, wanted: str = "") -> HtmlElement:
    answer = client.get(address, headers={"Accept-Language": wanted} if wanted else {})
    return html.fromstring(answer.content)


def offered(tree: HtmlElement) -> list[tuple[str, str, str]]:
    """Return what the switch offers: language, direction, name."""
    found = tree.xpath("//header//nav[contains(@class, 'fb-languages')]//li/*")
    return [(one.get("lang"), one.get("dir"), one.text_content()) for one in found]


def test_the_school_start_is_offered_in_seven_languages_by_their_own_names(
    browser_of: httpx.Client,
) -> None:
    assert offered(page(browser_of, "/e/skolstart")) == [
        ("sv", "ltr", "Svenska"),
        ("en", "ltr", "English"),
        ("ar", "rtl", "العربية"),
        ("fi", "ltr", "suomi"),
        ("pl", "ltr", "polski"),
        ("so", "ltr", "Soomaali"),
        ("uk", "ltr", "Українська"),
    ]


def test_a_form_is_offered_in_no_language_it_does_not_have(
    browser_of: httpx.Client,
) -> None:
    browser_of.get("/e/skolstart?lang=ar")
    tree = page(browser_of, "/e/felanmalan?lang=ar")

    assert [code for code, _, _ in offered(tree)] == ["sv", "en"]
    assert (tree.get("lang"), tree.get("dir")) == ("sv", "ltr")


def test_the_choice_is_kept_for_the_pages_around_the_form(
    browser_of: httpx.Client,
) -> None:
    browser_of.get("/e/skolstart?lang=ar")
    tree = page(browser_of, "/logga-in?to=/mina")

    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    assert {code for code, _, _ in offered(tree)} == set(languages())


def test_what_the_browser_asks_for_is_met(browser_of: httpx.Client) -> None:
    assert page(browser_of, "/e/skolstart", "so,en;q=0.5").get("lang") == "so"


def test_staff_are_offered_what_is_whole(browser_of: httpx.Client) -> None:
    tree = page(browser_of, "/inkorg/kitchen", "ar")

    assert tree.get("lang") in whole_languages()


@pytest.mark.parametrize("language", languages())
def test_only_an_unread_translation_says_so(
    browser_of: httpx.Client, language: str
) -> None:
    tree = page(browser_of, f"/e/skolstart?lang={language}")

    assert bool(tree.xpath(UNREAD)) is (language not in whole_languages())
    assert own_name(language) in tree.xpath("string(//*[@aria-current='true'])")
