"""Every page of every example form: empty, with faults and filled in, both ways."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from household import SARA
from school_start import NUTS

from formbuilder.visitor import Page
from tests.accessibility.careless import Careless
from tests.accessibility.conftest import FORMS
from tests.inspecting import Inspector
from tests.promises.city import HOSTS, City

pytestmark = [pytest.mark.browser, pytest.mark.long]


def careless(city: City) -> Careless:
    client = httpx.Client(
        transport=httpx.WSGITransport(app=city.app), base_url=HOSTS["ekvalla"]
    )
    city.clients.append(client)
    return Careless(client)


def begun(city: City, visitor: Careless, name: str) -> Page:
    """Go from the start page to the first question."""
    page = visitor.get(f"/e/{name}")
    if name != "felanmalan":
        page = visitor.get(f"/logga-in?to=/e/{name}")
        page = city.approve(visitor, page, SARA)
    if name == "skolstart":
        page = visitor.get(f"/e/{name}/valj-barn")
        return visitor.submit(next(f for f in page.forms() if "Elis" in f.text))
    return visitor.submit(page.form(action="/borja"))


def answers(city: City, name: str) -> Any:
    scenarios = city.form(name).definition.scenarios
    return dict(NUTS if name == "skolstart" else scenarios[0].answers)


def walked(city: City, name: str, language: str) -> dict[str, bytes]:
    """Return every page on the way through a form, to the receipt."""
    visitor = careless(city)
    visitor.get(f"/e/{name}?lang={language}")
    visitor.seen.clear()
    page = begun(city, visitor, name)
    form = city.form(name)
    review = visitor.answer_all(page, form, answers(city, name))
    visitor.submit(review.form(action="/granska"))
    if name != "felanmalan":
        mine = visitor.get("/mina")
        visitor.get(mine.links("/mina/")[0])
    return visitor.seen


@pytest.mark.parametrize("language", ["sv", "ar"])
@pytest.mark.parametrize("name", FORMS)
def test_axe_finds_nothing_on_the_way_through_a_form(
    city: City, inspected: Inspector, name: str, language: str
) -> None:
    pages = walked(city, name, language)

    assert inspected.all_faults(pages) == {}
    assert {"with faults", "filled in", "granska", "kvitto"} <= states(pages)


def states(pages: Mapping[str, bytes]) -> set[str]:
    """Return what kinds of pages were seen."""
    ends = ("with faults", "filled in", "granska")
    found = {end for end in ends for name in pages if name.endswith(end)}
    return found | {"kvitto" for name in pages if "/kvitto/" in name}
