"""What is on its way: kept while it is typed, asked as it is answered, never lost."""

import json
import re

import pytest
from household import ELIS, JOHAN, SARA
from school_start import NUTS
from town import written

from formbuilder.visitor import Page, Visitor
from formbuilder.web.asking import PART
from schemas.parsing import parse_definition
from tests.promises.city import City
from tests.promises.places import assert_nothing_in_clear, at

LAST_DAY = re.compile(r"Skicka in senast [^.]+\. Efter det tar vi bort svaren\.")
NOT_ASKED = "Vi frågar inte längre om ”Vad gäller det?”"


@pytest.fixture
def sara(city: City) -> tuple[Visitor, Page]:
    """Somebody who has answered everything, about a child with an allergy."""
    return city.answered(answers=NUTS)


def while_typing(visitor: Visitor, page: Page, typed: dict[str, list[str]]) -> Page:
    """Post what stands in the page, as the script does when something changes."""
    visitor.client.headers[PART] = "questions"
    told = visitor.submit(page.form(field_name="_shown"), typed)
    del visitor.client.headers[PART]
    return told


def said(part: Page) -> str:
    return str(part.tree.xpath("//*[@data-part]/@data-said")[0])


def asked(page: Page) -> list[str]:
    return [str(name) for name in page.tree.xpath("//input[@name='_shown']/@value")]


def value(page: Page, name: str) -> str:
    return str(page.tree.xpath(f"//input[@name='{name}']/@value")[0])


def test_what_is_typed_is_kept_and_the_time_is_told(
    sara: tuple[Visitor, Page],
) -> None:
    visitor, review = sara
    page = visitor.get(at("dina-uppgifter", review))
    told = while_typing(visitor, page, {"contacts.mail": ["ny@example.se"]})

    assert said(told) == "Sparat kl. 10.00."
    assert value(visitor.get(page.url), "contacts.mail") == "ny@example.se"


def test_a_half_typed_number_waits_on_another_device_without_blame(
    city: City, sara: tuple[Visitor, Page]
) -> None:
    visitor, review = sara
    page = visitor.get(at("dina-uppgifter", review))
    told = while_typing(visitor, page, {"contacts.mobile": ["0701"]})
    _, other = city.begun(SARA)
    form = other.form(field_name="contacts.mobile")

    assert not told.errors
    assert not other.errors
    assert form.fields["contacts.mobile"] == ["0701"]
    assert_nothing_in_clear(city.settings.home, b'"0701"')


def test_nothing_half_typed_is_sent(sara: tuple[Visitor, Page]) -> None:
    visitor, review = sara
    page = visitor.get(at("dina-uppgifter", review))
    while_typing(visitor, page, {"contacts.mobile": ["0701"]})
    checked = visitor.get(review.url)

    assert "går inte att läsa än" in checked.text
    assert "{" not in checked.text
    assert "Skriv under med BankID" not in checked.text


def test_finishing_it_makes_an_answer_of_it(sara: tuple[Visitor, Page]) -> None:
    visitor, review = sara
    page = visitor.get(at("dina-uppgifter", review))
    while_typing(visitor, page, {"contacts.mobile": ["0701"]})
    while_typing(visitor, page, {"contacts.mobile": ["0701740605"]})

    assert "går inte att läsa än" not in visitor.get(review.url).text


def test_questions_come_with_the_answer_that_asks_them(city: City) -> None:
    visitor, first = city.begun()
    page = visitor.get(at("kost", first))
    told = while_typing(visitor, page, {"diet.need": ["true"]})

    assert "diet.kind" in asked(told)
    assert "diet.kind" not in asked(page)
    assert said(told) == "Sparat kl. 10.00. Nytt på sidan: ”Vad gäller det?”."


def test_answers_that_are_no_longer_asked_are_told_of_and_come_back(
    sara: tuple[Visitor, Page],
) -> None:
    visitor, review = sara
    page = visitor.get(at("kost", review))
    gone = while_typing(visitor, page, {"diet.need": ["false"]})
    back = while_typing(visitor, visitor.get(page.url), {"diet.need": ["true"]})

    assert NOT_ASKED in said(gone)
    assert "diet.kind" not in asked(gone)
    assert NOT_ASKED not in said(back)
    assert back.tree.xpath("//input[@name='diet.kind'][@checked]/@value") == ["allergy"]


def test_without_script_the_next_page_tells_of_them_once(
    sara: tuple[Visitor, Page],
) -> None:
    visitor, review = sara
    page = visitor.get(at("kost", review))
    form = page.form(field_name="diet.need")
    following = visitor.submit(form, {"diet.need": ["false"]}, button=("_go", "next"))
    again = visitor.submit(
        following.form(field_name="_shown"), {}, button=("_go", "next")
    )

    assert NOT_ASKED in following.text
    assert NOT_ASKED not in again.text


def test_what_a_page_did_not_show_it_does_not_take_away(
    sara: tuple[Visitor, Page],
) -> None:
    visitor, review = sara
    page = visitor.get(at("kost", review))
    only = {"_shown": ["diet.need"], "diet.need": ["true"], "diet.kind": []}
    while_typing(visitor, page, only)

    kept = visitor.get(page.url).tree.xpath("//input[@name='diet.kind'][@checked]")
    assert len(kept) == 1


def test_typing_after_the_session_stores_nothing(
    city: City, sara: tuple[Visitor, Page]
) -> None:
    visitor, review = sara
    page = visitor.get(at("dina-uppgifter", review))
    city.town.clock.pass_(minutes=61)
    told = while_typing(visitor, page, {"contacts.mail": ["ny@example.se"]})

    assert told.status == 401
    draft = city.town.services.drafts.open(
        city.town.session(SARA), "skolstart", city.town.child(ELIS)
    )
    assert draft.answers["contacts"]["mail"] == "sara@example.se"


def told_of(page: Page, child: str) -> str:
    """Return all that is said of a child among those to choose."""
    cards = [str(card.text_content()) for card in page.tree.xpath("//li[h2 or .//h2]")]
    return next(card for card in cards if child in card)


def test_a_child_somebody_has_begun_about_says_so_among_the_children(
    sara: tuple[Visitor, Page],
) -> None:
    visitor, review = sara
    choosing = visitor.get("/e/skolstart/valj-barn")
    line = told_of(choosing, "Elis")
    go_on = next(f for f in choosing.forms() if "Elis" in f.text)

    assert "Sparat, inte skickat" in line
    assert "kl. 10.00" in line
    assert last_days(visitor.get("/mina"))[0] in line
    assert "Fortsätt: Elis" in line
    assert visitor.submit(go_on).url == review.url


def test_a_child_nobody_has_begun_about_is_only_to_be_chosen(city: City) -> None:
    _, choosing = city.logged_in(SARA, "/e/skolstart/valj-barn")
    line = told_of(choosing, "Elis")

    assert "Välj Elis" in line
    assert "Sparat" not in line


def test_a_child_whose_answers_are_sent_says_so_among_the_children(
    city: City, sara: tuple[Visitor, Page]
) -> None:
    visitor, review = sara
    city.signed(visitor, review)
    mine = told_of(visitor.get("/e/skolstart/valj-barn"), "Elis")
    _, johans = city.logged_in(JOHAN, "/e/skolstart/valj-barn")

    assert "Väntar på en underskrift till" in mine
    assert "Väntar på dig" in told_of(johans, "Elis")


def last_days(page: Page) -> list[str]:
    return LAST_DAY.findall(page.text)


def test_a_draft_s_last_week_is_told_on_its_pages(city: City) -> None:
    city.answered()
    city.town.clock.pass_(days=23)
    _, early = city.begun()
    city.town.clock.pass_(days=1)
    visitor, late = city.begun()
    mine = last_days(visitor.get("/mina"))

    assert last_days(early) == []
    assert last_days(late) == mine != []
    assert last_days(visitor.get(at("granska", late))) == mine


def test_all_of_the_day_that_is_told_is_left(city: City) -> None:
    city.answered()
    kept, gone = city.town.clock, city.town.services.drafts.prune
    kept.pass_(days=30, hours=13)
    assert gone("ekvalla") == 0

    kept.pass_(hours=2)
    assert gone("ekvalla") == 1


def test_who_cannot_come_back_is_told_of_no_last_day(city: City) -> None:
    text = json.dumps(written("felanmalan").document | {"drafts": {"keep": "P2D"}})
    definition = parse_definition(text).definition
    assert definition is not None
    city.town.publish_definition(definition)
    visitor = city.visitor("ekvalla")
    page = visitor.submit(visitor.get("/e/felanmalan").form(action="/e/felanmalan"))

    assert asked(page)
    assert last_days(page) == []
