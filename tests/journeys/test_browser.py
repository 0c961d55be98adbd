"""The family in Chromium, on a phone 360 pixels wide; its departments at a desk.

The pictures are kept under `artifacts/journey`, to look at.
"""

import pytest
from browsing import Screens
from family_in_browser import ELIS
from family_journey import Journey

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.usefixtures("journey"),
]

SUMMARY = "2 Det är något som behöver rättas"
"""The error summary stands above the page's own heading, as people expect it."""


def test_no_page_is_wider_than_its_window(screens: Screens) -> None:
    sights = screens.eyes.sights

    assert [s.name for s in sights if s.scroll_width > s.width] == []


def test_every_page_has_one_main_heading(screens: Screens) -> None:
    sights = screens.eyes.sights

    assert [
        (s.name, s.main_headings) for s in sights if len(s.main_headings) != 1
    ] == []


def test_no_level_of_headings_is_skipped(screens: Screens) -> None:
    skipped = {s.name: s.skipped_levels for s in screens.eyes.sights}

    assert {
        n: left for n, found in skipped.items() if (left := set(found) - {SUMMARY})
    } == {}


def test_axe_finds_nothing_on_any_page(screens: Screens) -> None:
    found = {s.name: s.violations for s in screens.eyes.sights if s.violations}

    assert found == {}


def test_the_console_stays_silent(screens: Screens) -> None:
    assert screens.eyes.console == []


def test_everything_the_family_has_to_say_is_asked(journey: Journey) -> None:
    assert journey.unasked == frozenset()


def test_a_mistake_takes_the_focus_and_loses_nothing(journey: Journey) -> None:
    assert journey.focused == "govuk-error-summary"
    assert journey.bad_title.startswith("Fel: ")
    assert journey.kept == "earlier"


def test_what_is_saved_waits_under_my_pages(journey: Journey) -> None:
    assert "Sparat, inte skickat" in journey.read["stopped"]


def test_the_start_page_says_who_reads_what(journey: Journey) -> None:
    words = journey.read["start"]

    assert "Köket" in words
    assert "Elevhälsans medicinska insats" in words


def test_the_youngest_child_is_offered_first(journey: Journey) -> None:
    words = journey.read["children"]

    assert words.index("Välj Elis") < words.index("Välj Klara")


def test_the_eid_shows_what_is_signed_and_no_answer(journey: Journey) -> None:
    words = journey.read["sign"]

    assert "- Specialkost och allergi" in words
    assert "Nötter" not in words


@pytest.mark.parametrize("page", ["receipt", "mine", "case"])
def test_pages_say_whose_signature_is_waited_for(journey: Journey, page: str) -> None:
    assert "Johan behöver skriva under: Skola och skolstart" in journey.read[page]


def test_the_second_guardian_is_told_that_it_is_their_turn(journey: Journey) -> None:
    assert "Väntar på dig" in journey.read["mine-second"]


def test_nobody_sees_the_other_guardians_number(journey: Journey) -> None:
    johans = [text for name, text in journey.source.items() if "second" in name]

    assert not [text for text in johans if "174 06 05" in text or "0701740605" in text]


def test_all_is_received_when_both_have_signed(journey: Journey) -> None:
    assert "väntar på" not in journey.read["receipt-second"].lower()
    assert "Inkommet" in journey.read["mine-after"]


def test_the_kitchen_reads_words_and_no_personal_number(journey: Journey) -> None:
    words = journey.read["kitchen"] + journey.read["kitchen-item"]

    assert "Jordnötter, Nötter" in words
    assert not [
        text for text in journey.source.values() if ELIS in text and "Köket" in text
    ]


def test_the_kitchens_file_says_what_its_list_says(journey: Journey) -> None:
    assert "Jordnötter, Nötter" in journey.csv
    assert "peanut" not in journey.csv


def test_a_confirmed_delivery_is_marked(journey: Journey) -> None:
    assert "Bekräftad" in journey.read["kitchen-confirmed"]


def test_the_communications_officer_has_nothing(journey: Journey) -> None:
    assert "Här är det tomt." in journey.read["communication"]


def test_the_nurses_list_tells_nothing_before_it_is_opened(journey: Journey) -> None:
    assert "Elis" not in journey.read["nurse"]
    assert "Elis" in journey.read["nurse-item"]


def test_no_page_shows_a_code_of_ours(journey: Journey) -> None:
    codes = ("waiting_cosign", "peanut", "ekbacken", "as_usual")
    shown = {name: c for name, text in journey.read.items() for c in codes if c in text}

    assert shown == {}
