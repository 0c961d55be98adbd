"""What is `writeOnly` is taken in and delivered, and never shown to who answers."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from browsing import CHROMIUM
from household import SARA
from town import written

from formbuilder.visitor import Page, Visitor
from schemas.definition import FormDefinition
from schemas.parsing import definition_from
from tests.filling.filler import NEXT, Filler
from tests.filling.window import Window
from tests.promises.city import City

FORM = "bygglovsfraga"
PLACE, PLACE_2 = "Ekbacken 1:2", "Granbacken 3:4"
YEAR = "2031"
REST = {
    "build.kind": ["fence"],
    "build.height": ["1,8"],
    "build.length": ["12"],
    "build.question": ["Behöver jag lov?"],
    "build.mail": ["bo@example.se"],
}


def unshowing() -> FormDefinition:
    """Return the form with a required and a voluntary answer that are not shown."""
    document = json.loads(json.dumps(written(FORM).document))
    asked = document["sections"][0]["schema"]["properties"]
    for name in ("property", "start"):
        asked[name]["writeOnly"] = True
    return definition_from(
        json.dumps(document), read=lambda path: Path(path).read_text()
    )


class Answering(Filler):
    """Somebody without script who answers, and every page they have been shown."""

    def __init__(self, visitor: Visitor, page: Page) -> None:
        super().__init__(visitor, page)
        self.pages: list[Page] = []

    def post(
        self, answers: Mapping[str, Sequence[str]], button: tuple[str, str] = NEXT
    ) -> None:
        form = self.page.form(field_name="_shown")
        known = {name: said for name, said in answers.items() if form.offers(name)}
        super().post(known, button)
        self.pages.append(self.page)

    def to_review(self, **first: Sequence[str]) -> None:
        """Answer everything, the first time on the page with these."""
        place = {
            "build." + name.replace("_", "-"): said for name, said in first.items()
        }
        while "/granska" not in self.page.url:
            self.post({**REST, **place})
            assert len(self.pages) < 9, self.page.text

    def change(self) -> None:
        """Go back to the first page, as somebody who goes on with a draft."""
        first = "bygga?"
        self.page = self.visitor.get(
            next(one for one in self.page.links("andra=1") if first in one)
        )
        self.pages.append(self.page)

    def has_seen(self, said: str) -> bool:
        return any(said in page.content.decode() for page in self.pages)

    def can_remove(self) -> list[str]:
        buttons = self.page.form(field_name="_shown").buttons
        return [value for name, value in buttons if name == "_remove"]


@pytest.fixture
def answering(city: City) -> Answering:
    city.town.publish_definition(unshowing())
    visitor, page = city.logged_in(to=f"/e/{FORM}")
    return Answering(visitor, visitor.submit(page.form(action="/borja")))


def stored(city: City) -> dict[str, object]:
    who = city.town.session(SARA)
    return city.town.services.drafts.open(who, FORM).answers["build"]


def test_a_saved_answer_is_told_of_and_never_shown(answering: Answering) -> None:
    answering.to_review(property=[PLACE])
    answering.change()

    assert not answering.has_seen(PLACE)
    assert "Sparat, visas inte" in answering.pages[-2].text
    assert "Svaret är sparat men visas inte." in answering.page.text


def test_nor_is_it_shown_where_something_else_is_wrong(answering: Answering) -> None:
    answering.post({"build.property": [PLACE], "build.kind": ["fence"]})
    answering.post({**REST, "build.height": ["hög"]})

    assert list(answering.page.errors) == ["q-build.height"]
    assert not answering.has_seen(PLACE)


def test_an_empty_control_keeps_what_is_saved(answering: Answering, city: City) -> None:
    answering.to_review(property=[PLACE])
    answering.change()
    answering.post({**REST, "build.property": [""]})

    assert stored(city)["property"] == PLACE


def test_what_is_filled_in_replaces_what_is_saved(
    answering: Answering, city: City
) -> None:
    answering.to_review(property=[PLACE])
    answering.change()
    answering.post({"build.property": [PLACE_2]})

    assert stored(city)["property"] == PLACE_2


def test_only_a_voluntary_answer_can_be_removed(
    answering: Answering, city: City
) -> None:
    date = {"start_day": ["1"], "start_month": ["3"], "start_year": [YEAR]}
    answering.to_review(property=[PLACE], **date)
    answering.change()
    offered, before = answering.can_remove(), "start" in stored(city)
    answering.post({}, ("_remove", "/build/start"))

    assert (offered, before) == (["/build/start"], True)
    assert (answering.can_remove(), "start" in stored(city)) == ([], False)
    assert not answering.has_seen(YEAR)


def test_what_cannot_be_an_answer_is_told_and_not_shown_either(
    answering: Answering,
) -> None:
    date = {"build.start-day": ["1"], "build.start-year": [YEAR]}
    answering.post({**REST, "build.property": [PLACE], **date})
    told = list(answering.page.errors)
    answering.to_review()

    assert "q-build.start" in told
    assert not answering.has_seen(YEAR)


def test_its_receiver_gets_it_and_the_page_about_the_case_does_not(
    answering: Answering, city: City
) -> None:
    answering.to_review(property=[PLACE])
    answering.page = city.signed(answering.visitor, answering.page)
    answering.pages.append(answering.page)
    mine = answering.visitor.get("/mina")
    answering.pages.append(answering.visitor.get(mine.links("/mina/")[0]))

    [told] = city.town.told("build.building_permits")
    assert told is not None
    assert told["build.property"] == PLACE
    assert not answering.has_seen(PLACE)
    assert "Sparat, visas inte" in answering.pages[-1].text


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
def test_with_script_what_is_being_typed_stays_and_what_is_saved_is_told(
    window: Window,
) -> None:
    window.city.town.publish_definition(unshowing())
    window.open(FORM, "")
    place = window.page.locator("[name='build.property']")
    place.type(PLACE)
    window.rest()
    typed, told = (
        place.input_value(),
        window.page.locator("[id='q-build.property/saved']"),
    )
    told.wait_for()
    window.page.reload()

    assert (typed, place.input_value()) == (PLACE, "")
    assert told.count() == 1
