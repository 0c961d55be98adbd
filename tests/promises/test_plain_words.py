"""What pages say while one answers: what is wrong, how far one has come, what is next."""

import re

import pytest
from household import ELIS, JOHAN, SARA, VERA
from school_start import ALLERGY, NUTS

from formbuilder.filling import fill
from formbuilder.visitor import Page
from tests.promises.city import City


@pytest.fixture
def reported(city: City) -> Page:
    """The receipt of a fault report by nobody in particular."""
    visitor = city.visitor()
    page = visitor.submit(visitor.get("/e/felanmalan").form(action="/borja"))
    form = city.form("felanmalan")
    page = fill(visitor, page, form, dict(form.definition.scenarios[0].answers), {})
    return visitor.submit(page.form(action="/granska"))


def test_the_number_of_parts_stays_the_same_while_one_answers(city: City) -> None:
    _, first = city.begun()
    visitor, review = city.answered()
    pages = [visitor.get(link) for link in dict.fromkeys(review.links("&andra=1"))]
    told = {t for page in (first, *pages) for t in re.findall(r"av (\d+):", page.text)}

    assert told == {"9"}


def test_the_field_says_what_to_do_and_the_summary_which_question(city: City) -> None:
    visitor, page = city.begun()
    told = visitor.submit(
        page.form(action="/e/skolstart/skolstart"), button=("_go", "next")
    )
    summary = told.tree.find_class("govuk-error-summary__list")[0].text_content()
    at_field = told.tree.find_class("govuk-error-message")[0].text_content()

    assert summary.strip().startswith("När ska barnet börja? Välj ett svar.")
    assert at_field.strip().removeprefix("Fel:").strip() == "Välj ett svar."


def test_who_is_nobody_in_particular_is_not_sent_to_pages_of_their_own(
    reported: Page,
) -> None:
    assert reported.title.startswith("Tack")
    assert "Mina sidor" not in reported.text
    assert not [link for link in reported.links("/mina") if link.endswith("/mina")]
    assert "Spara ärendenumret" in reported.text


def test_who_cannot_come_back_is_not_offered_to_go_on_another_day(city: City) -> None:
    visitor = city.visitor()
    page = visitor.submit(visitor.get("/e/felanmalan").form(action="/borja"))

    assert "fortsätt senare" not in page.text
    assert "fortsätt senare" in city.begun()[1].text


def test_a_change_that_waits_is_called_a_change(city: City) -> None:
    town = city.town
    town.send(SARA, ELIS, NUTS)
    town.send(JOHAN, ELIS, NUTS)
    town.send(SARA, ELIS, NUTS | {"diet": {**ALLERGY, "avoid": ["fish"]}})
    visitor, mine = city.logged_in(JOHAN)
    case = visitor.get(mine.links("/mina/")[0])
    visitor, hers = city.logged_in(SARA)

    assert "vill ändra svar som ni har lämnat" in mine.text
    assert "Det här är en ändring." in case.text
    assert "Mat som barnet inte tål (ändring)" in hers.text
    assert "Till dess gäller de svar som vi redan har fått." in hers.text


def test_what_is_filled_in_asks_to_be_checked_until_its_page_is_saved(
    city: City,
) -> None:
    city.town.register.guardians[VERA] = [SARA]
    city.town.send(SARA, ELIS, NUTS)
    visitor, page = city.begun(SARA, "Vera")
    form, _, draft = page.url.partition("?")
    own = f"{form.rsplit('/', 1)[0]}/dina-uppgifter?{draft}"
    asked = visitor.get(own)
    said = {"contacts.interpreter": ["false"]}
    shown = asked.form(action="/dina-uppgifter")
    after = visitor.submit(shown, said, button=("_go", "next"))

    assert shown.fields["contacts.mobile"] == ["0701740605"]
    assert asked.text.count("Det här är ifyllt i förväg.") == 2
    assert "dina-uppgifter" not in after.url
    assert "ifyllt i förväg" not in visitor.get(own).text
