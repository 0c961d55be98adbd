"""Hostile words are only words: on pages, in lists and in spreadsheets."""

import csv
import io
from dataclasses import dataclass

import openpyxl
import pytest
from household import NURSE
from school_start import NUTS

from formbuilder.visitor import Page, Visitor
from tests.promises.city import City

LIST = "?lista=health.school_health"
SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"=1+1{SCRIPT}\u202eFDP.exe\u200b{{{{7*7}}}}'\"&"


@dataclass(frozen=True)
class Read:
    """Where hostile words were shown: to their author, and to who receives them."""

    review: Page
    case: Page
    listing: Page
    item: Page
    nurse: Visitor


@pytest.fixture
def read(city: City) -> Read:
    health = NUTS["health"] | {"acute": True, "acute_text": HOSTILE, "bvc": HOSTILE}
    visitor, review = city.answered(answers=NUTS | {"health": health})
    city.signed(visitor, review)
    city.town.work()
    nurse, listing = city.logged_in(NURSE, f"/inkorg/school_health{LIST}")
    case = next(a for a in visitor.get("/mina").links("/mina/") if "pdf" not in a)
    items = [
        nurse.get(address)
        for address in listing.links("/inkorg/school_health/")
        if "/export." not in address
    ]
    return Read(
        review=review,
        case=visitor.get(case),
        listing=listing,
        item=next(item for item in items if "7*7" in item.text),
        nurse=nurse,
    )


def test_hostile_words_are_shown_as_they_were_written(read: Read) -> None:
    for page in (read.review, read.item):
        assert f"=1+1{SCRIPT}" in page.text
        assert "{{7*7}}" in page.text


def test_nothing_of_them_runs(read: Read) -> None:
    for page in (read.review, read.case, read.listing, read.item):
        html = page.content.decode()
        assert SCRIPT not in html
        assert page.tree.xpath("//script[not(@src)]") == []


def test_what_turns_text_around_is_written_out(read: Read) -> None:
    for page in (read.review, read.item):
        assert "\u202e" not in page.text
        assert "\u200b" not in page.text
        assert "[U+202E]FDP.exe" in page.text


def test_no_cell_of_a_csv_file_is_a_formula(read: Read) -> None:
    answer = read.nurse.client.get(f"/inkorg/school_health/export.csv{LIST}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]

    assert any("7*7" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_no_cell_of_a_workbook_is_a_formula(read: Read) -> None:
    answer = read.nurse.client.get(f"/inkorg/school_health/export.xlsx{LIST}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]

    assert any("7*7" in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_a_file_is_handed_out_to_be_kept_and_not_shown(read: Read) -> None:
    for kind in ("csv", "xlsx"):
        answer = read.nurse.client.get(f"/inkorg/school_health/export.{kind}{LIST}")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("hidden", ["\u0000", "\u0007", "\u001b[31m"])
def test_what_no_keyboard_writes_is_refused_with_advice(
    city: City, hidden: str
) -> None:
    health = NUTS["health"] | {"bvc": f"BVC{hidden}Ekvalla"}
    _, page = city.filled(answers=NUTS | {"health": health})

    assert page.status == 422
    assert "dolda tecken" in page.text
