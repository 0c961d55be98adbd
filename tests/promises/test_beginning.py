"""Logging in to begin a form leads into it, and nothing but that begins one."""

from household import FATIMA, SARA

from formbuilder.visitor import Page, Visitor
from tests.promises.city import City

FORM = "bygglovsfraga"


def drafts(city: City, number: str = SARA) -> int:
    return len(city.town.services.drafts.list(city.town.session(number)))


def led_in(city: City, name: str) -> tuple[Visitor, Page]:
    """Go the way of the start page's link; return where one comes."""
    visitor = city.visitor()
    page = visitor.get(f"/e/{name}")
    words = "normalize-space()='Logga in och börja'"
    [link] = set(page.tree.xpath(f"//main//a[{words}]/@href"))
    return visitor, city.approve(visitor, visitor.get(link))


def test_who_logs_in_to_begin_comes_to_the_first_question(city: City) -> None:
    _, page = led_in(city, FORM)

    assert page.status == 200
    assert page.form(action=f"/e/{FORM}/").offers("_shown")
    assert drafts(city) == 1


def test_who_began_before_comes_back_to_the_same_draft(city: City) -> None:
    led_in(city, FORM)
    _, page = led_in(city, FORM)

    assert page.status == 200
    assert drafts(city) == 1


def test_the_way_in_is_the_same_when_the_answer_is_lost(city: City) -> None:
    visitor, page = led_in(city, FORM)
    [waited] = {url for _, url, _ in visitor.visited if "/legitimera/" in url}
    again = visitor.get(waited)

    assert again.url == page.url
    assert drafts(city) == 1


def test_the_way_in_leads_others_to_the_start(city: City) -> None:
    visitor, _ = led_in(city, FORM)
    [waited] = {url for _, url, _ in visitor.visited if "/legitimera/" in url}
    visitor.client.cookies.delete("citizen")

    assert visitor.get(waited).url.endswith(f"/e/{FORM}")


def test_a_form_about_a_child_asks_which_once_one_has_logged_in(city: City) -> None:
    visitor, chooser = city.logged_in(to="/e/skolstart/valj-barn")
    choice = next(f for f in chooser.forms() if "Elis" in f.text)
    city.town.clock.pass_(hours=13)
    asked = visitor.submit(choice)
    page = city.approve(visitor, asked)

    assert "/logga-in" in asked.url
    assert page.url.endswith("/e/skolstart/valj-barn")


def test_a_link_begins_nothing_for_who_is_logged_in(city: City) -> None:
    visitor, _ = city.logged_in(FATIMA)
    visitor.get(f"/logga-in?to=/e/{FORM}/borja")
    visitor.get(f"/e/{FORM}/borja")

    assert drafts(city, FATIMA) == 0


def test_a_form_that_is_not_there_is_not_there_after_logging_in_either(
    city: City,
) -> None:
    _, page = city.logged_in(to="/e/finns-inte/borja")

    assert page.status == 404
