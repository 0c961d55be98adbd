"""Staff take out what their department was given, once each time it is written down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from household import COOK, FATIMA, NURSE

from formbuilder.audit import Event
from formbuilder.database import audit
from formbuilder.visitor import Page, Visitor
from tests.promises.city import PIXEL, City, founded

HEALTH = "/inkorg/school_health"


@pytest.fixture(scope="module")
def delivered(
    tmp_path_factory: pytest.TempPathFactory, prepared: Path
) -> Iterator[City]:
    with founded(tmp_path_factory.mktemp("city"), prepared) as city:
        visitor, page = city.filled(FATIMA, child="Amir")
        city.signed(visitor, page)
        city.town.work()
        yield city


def opened(city: City) -> tuple[Visitor, Page]:
    """Let the nurse open the delivery that has the certificate."""
    visitor, page = city.logged_in(NURSE, HEALTH)
    items = [
        visitor.get(link)
        for tab in {HEALTH, *page.links(f"{HEALTH}?lista=")}
        for link in visitor.get(tab).links(f"{HEALTH}/")
        if "export" not in link
    ]
    return visitor, next(item for item in items if "intyg.png" in item.text)


def the_file(page: Page) -> str:
    """Return the address of the uploaded file, which follows the documents."""
    offered = [a for a in page.links(f"{HEALTH}/") if a.rpartition("/")[2].isdigit()]
    return max(offered, key=lambda address: int(address.rpartition("/")[2]))


def test_a_file_is_handed_out_as_nothing_but_a_file(delivered: City) -> None:
    visitor, page = opened(delivered)
    answer = visitor.client.get(the_file(page))

    assert answer.content == PIXEL
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=diet-certificate-1.png"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_each_taking_is_written_down(delivered: City) -> None:
    visitor, page = opened(delivered)
    with delivered.town.database.read("ekvalla") as tc:
        before = len(audit.newest(tc, limit=999))
    for _ in range(2):
        visitor.client.get(the_file(page))

    with delivered.town.database.read("ekvalla") as tc:
        new = audit.newest(tc, limit=len(audit.newest(tc, limit=999)) - before)
    found = [e for e in new if e.event == Event.INBOX_FILE_TAKEN]
    assert [(e.detail or {})["department"] for e in found] == ["school_health"] * 2
    assert len({e.object_id for e in found}) == 1


def test_every_document_is_offered_too(delivered: City) -> None:
    visitor, page = opened(delivered)
    offered = [a for a in page.links(f"{HEALTH}/") if a.rpartition("/")[2].isdigit()]

    assert len(offered) > 1
    for address in offered:
        assert visitor.client.get(address).status_code == 200


def test_an_address_is_of_no_use_to_anybody_else(delivered: City) -> None:
    _, page = opened(delivered)
    cook, _ = delivered.logged_in(COOK, "/inkorg")
    another, _ = delivered.logged_in(NURSE, "/inkorg")

    for visitor in (cook, another):
        assert visitor.client.get(the_file(page)).status_code == 404
    assert delivered.audited()[:2] == ["foreign_handle"] * 2


def test_a_number_that_is_not_offered_is_the_same_404(delivered: City) -> None:
    visitor, page = opened(delivered)
    item = the_file(page).rpartition("/")[0]

    for address in (
        f"{item}/0",
        f"{item}/99",
        item.replace("school_health", "kitchen") + "/1",
    ):
        assert visitor.client.get(address).status_code == 404
