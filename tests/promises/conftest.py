import pytest

from formbuilder.visitor import Page, Visitor
from tests.founding import city, prepared
from tests.promises.city import City
from tests.promises.places import at

__all__ = ["certificate", "city", "prepared"]


@pytest.fixture
def certificate(city: City) -> tuple[Visitor, Page]:
    """The page that asks for a doctor's certificate."""
    visitor, page = city.answered()
    return visitor, visitor.get(at("intyg", page))
