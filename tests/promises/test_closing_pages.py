"""Staff end a matter from its page; the address is of no use to another board."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from household import CLERK, COOK, FATIMA
from school_start import NUTS

from formbuilder.visitor import Page, Visitor
from tests.promises.city import City, founded

RIDE = NUTS | {"transport": {"apply": True, "ground": ["long"]}}
OFFICE = "/inkorg/school_office"


@pytest.fixture
def riding(tmp_path: Path, prepared: Path) -> Iterator[City]:
    with founded(tmp_path, prepared) as city:
        visitor, page = city.filled(FATIMA, RIDE, child="Amir")
        city.signed(visitor, page)
        city.town.work()
        yield city


def item(city: City, who: str, view: str) -> tuple[Visitor, Page]:
    """Let somebody open the only delivery of one view."""
    department = view.rpartition(".")[2]
    visitor, _ = city.logged_in(who, f"/inkorg/{department}")
    page = visitor.get(f"/inkorg/{department}?lista={view}")
    [link] = {
        address
        for address in page.links(f"/inkorg/{department}/")
        if "export" not in address
    }
    return visitor, visitor.get(link)


def test_the_matter_is_closed_on_its_page_and_says_when(riding: City) -> None:
    visitor, page = item(riding, CLERK, "transport.school_office")
    closed = visitor.submit(page.form(action="/avsluta"))

    assert (closed.status, closed.url) == (200, page.url)
    assert "Ärendet avslutat" in closed.text
    assert "Avsluta ärendet" not in closed.text


def test_the_page_tells_no_id_of_the_case(riding: City) -> None:
    visitor, page = item(riding, CLERK, "transport.school_office")
    closed = visitor.submit(page.form(action="/avsluta"))

    [case_id] = {order.case_id for order in riding.town.orders()}
    assert case_id.encode() not in page.content + closed.content


def test_another_board_has_no_button_and_its_post_is_the_same_404(
    riding: City,
) -> None:
    visitor, page = item(riding, COOK, "diet.kitchen")
    token = page.form(action="/bekrafta").fields["csrf_token"]
    answer = visitor.client.post(f"{page.url}/avsluta", data={"csrf_token": token})

    assert "Avsluta ärendet" not in page.text
    assert answer.status_code == 404
    assert riding.audited()[0] == "foreign_matter"


def test_what_has_come_in_unread_is_to_be_read_first(riding: City) -> None:
    visitor, page = item(riding, CLERK, "transport.school_office")
    session = riding.town.session(FATIMA)
    changed = RIDE | {"transport": {"apply": False}}
    riding.town.sign(session, riding.town.answered(session, "202105032391", changed))
    answer = visitor.submit(page.form(action="/avsluta"))

    assert answer.status == 409
    assert "Det har kommit in nya uppgifter" in answer.text
