"""Pages that follow what is answered, in Chromium on a phone."""

import pytest
from browsing import CHROMIUM, violations
from playwright.sync_api import Locator, Route

from tests.filling.window import Window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages"),
]


def group(window: Window, name: str) -> Locator:
    return window.page.get_by_role("group", name=name)


def told(window: Window) -> str:
    window.rest()
    return window.page.locator("[data-live]").inner_text()


def test_questions_come_and_go_where_one_stands(window: Window) -> None:
    window.open("skolstart", "kost")
    group(window, "Behöver barnet").get_by_label("Ja").check()
    come = told(window)
    group(window, "Vad gäller det?").get_by_label("Allergi").check()
    window.rest()
    is_there = group(window, "Vilken mat tål barnet").count()
    window.look("come")
    group(window, "Behöver barnet").get_by_label("Nej").check()
    gone = told(window)
    window.look("gone")

    assert "Nytt på sidan: ”Vad gäller det?”." in come
    assert is_there
    assert "Vi frågar inte längre om ”Vad gäller det?”" in gone
    assert not group(window, "Vad gäller det?").count()


def test_an_answer_comes_back_with_its_question(window: Window) -> None:
    window.open("skolstart", "kost")
    for need in ("Ja", "Nej", "Ja"):
        group(window, "Behöver barnet").get_by_label(need).check()
        window.rest()
        box = group(window, "Vad gäller det?").get_by_label("Allergi")
        if box.count():
            was = box.is_checked()
            box.check()
            window.rest()

    assert was


def test_focus_caret_and_typing_are_left_alone(window: Window) -> None:
    page = window.page
    window.open("felanmalan", "svar")
    group(window, "Vill du ha svar?").get_by_label("Ja").check()
    window.rest()
    box = page.get_by_label("Din e-postadress")
    box.press_sequentially("sara@example.se")
    for _ in range(3):
        box.press("ArrowLeft")
    window.rest()
    box.press_sequentially(".x")

    assert "sara@example.x.se" == box.input_value()
    assert page.evaluate("document.activeElement.id") == "q-fault.mail"


def test_what_was_typed_waits_on_the_next_device(window: Window) -> None:
    window.open("skolstart", "dina-uppgifter")
    window.page.get_by_label("Ditt mobilnummer").press_sequentially("0701")
    saved = told(window)
    window.open("skolstart", "dina-uppgifter")

    assert saved == "Sparat kl. 10.00."
    assert window.page.get_by_label("Ditt mobilnummer").input_value() == "0701"
    assert not window.page.locator(".govuk-error-message").count()


def test_a_lost_network_is_told_and_typing_is_saved_when_it_is_back(
    window: Window,
) -> None:
    page = window.page
    window.open("skolstart", "dina-uppgifter")
    page.context.set_offline(True)
    page.get_by_label("Din e-postadress").fill("ny@example.se")
    page.get_by_text("nätet svarar inte").wait_for()
    page.context.set_offline(False)

    assert told(window) == "Sparat kl. 10.00."


def test_script_breaks_no_rule_of_the_policy(window: Window) -> None:
    window.open("skolstart", "kost")
    group(window, "Behöver barnet").get_by_label("Ja").check()
    window.rest()

    assert violations(window.page) == []
    assert [said for said in window.console if "opener-policy" not in said] == []


def names(window: Window) -> list[str]:
    boxes = window.page.locator("[name^='contacts.ice'][name$='.name']")
    return [box.input_value() for box in boxes.all()]


def test_rows_are_added_moved_and_taken_away_where_one_stands(window: Window) -> None:
    page = window.page
    window.open("skolstart", "ring")
    page.get_by_label("Namn").first.fill("Rut")
    page.get_by_role("button", name="Lägg till en till").click()
    window.rest()
    is_newest = page.evaluate("document.activeElement.matches('[data-newest]')")
    page.get_by_label("Namn").nth(1).fill("Bo")
    window.look("rows")
    page.get_by_role("button", name="Flytta upp").press("Enter")
    window.rest()
    moved, focus = names(window), page.evaluate("document.activeElement.name")
    page.get_by_role("button", name="Ta bort").first.click()
    window.rest()

    assert is_newest
    assert (moved, focus) == (["Bo", "Rut"], "_up")
    assert names(window) == ["Rut"]
    assert violations(page) == []


def test_all_of_it_works_from_right_to_left(window: Window) -> None:
    page = window.page
    window.open("skolstart", "ring")
    page.goto(f"{page.url}&lang=ar")
    page.locator("[name=_add]").click()
    window.rest()
    window.look("rows-ar")

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert "contacts.ice.1.name" in page.content()


def test_a_long_list_is_searched_by_keyboard(window: Window) -> None:
    page = window.page
    window.open("skolstart", "bvc")
    box = page.get_by_role("combobox", name="I vilken region")
    box.press_sequentially("västra")
    window.look("search")
    found = violations(page)
    box.press("ArrowDown")
    box.press("Enter")
    window.rest()
    window.open("skolstart", "bvc")

    assert found == []
    assert page.locator("[name='health.region']").input_value() == "14"
    assert box.input_value() == "Västra Götalandsregionen"


def test_the_button_stays_where_it_is_when_a_question_comes_above(
    window: Window,
) -> None:
    page, held = window.page, list[Route]()
    window.open("skolstart", "halsa")
    page.route("**/halsa?*", lambda route: held.append(route))  # noqa: PLW0108 - what is built in is no handler
    button = page.get_by_role("button", name="Spara och fortsätt", exact=True)
    with page.expect_request("**/halsa?*"):
        page.locator("[name='health.medicine'][value='true']").check()
    button.focus()
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    held[0].continue_()
    page.unroute("**/halsa?*")
    window.rest()

    assert page.locator("[name='health.medicine_text']").count()
    after = button.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)


def test_the_focus_stays_when_a_question_above_goes(window: Window) -> None:
    page = window.page
    window.open("skolstart", "halsa")
    page.locator("[name='health.medicine'][value='true']").check()
    window.rest()
    was_asked = page.locator("[name='health.medicine_text']").count()
    page.locator("[name='health.medicine'][value='false']").check()
    page.locator("[name='health.acute']").first.focus()
    window.rest()

    assert was_asked
    assert not page.locator("[name='health.medicine_text']").count()
    assert page.evaluate("document.activeElement.name") == "health.acute"


def test_the_name_of_a_row_stays_whole_beside_its_buttons(window: Window) -> None:
    window.open("skolstart", "ring")
    for _ in range(2):
        window.page.get_by_role("button", name="Lägg till en till").click()
        window.rest()
    heights = window.page.locator(".fb-row__title").evaluate_all(
        "all => all.map(title => title.getBoundingClientRect().height)"
    )

    assert len(heights) == 3
    assert len(set(heights)) == 1
