"""Who has no script meets everything that an answer makes a page ask or tell."""

from tests.filling.filler import Filler, one_section
from tests.promises.city import City

HURT = {"title": "Kan någon skada sig?", "type": "boolean"}
HOW = {"title": "Hur?", "type": "string"}
CALL = {"title": "Ring oss", "description": "Ring om det är bråttom.", "type": "null"}


def begun(city: City, *, then: dict[str, object]) -> Filler:
    """Begin a form whose page has these too when somebody can be hurt."""
    schema = {
        "type": "object",
        "required": ["hurt"],
        "properties": {"hurt": HURT},
        "if": {"required": ["hurt"], "properties": {"hurt": {"const": True}}},
        "then": {"properties": then},
    }
    section = {"schema": schema}
    return Filler.begin(city, one_section("skada", "s", {}, section=section))


def test_a_voluntary_question_is_met_before_the_page_is_left(city: City) -> None:
    filler = begun(city, then={"how": HOW})
    filler.post({"s.hurt": ["true"]})
    met = (filler.page.status, filler.asks(), "fler frågor" in filler.page.text)
    filler.post({})

    assert met == (200, ["s.hurt", "s.how"], True)
    assert "/granska" in filler.page.url


def test_what_is_only_told_is_met_before_the_page_is_left(city: City) -> None:
    filler = begun(city, then={"call": CALL})
    filler.post({"s.hurt": ["true"]})
    met = ("Ring om det är bråttom" in filler.page.text, filler.page.text)
    filler.post({})

    assert met[0]
    assert "Läs det nya på sidan" in met[1]
    assert "/granska" in filler.page.url


def test_a_page_that_asks_nothing_more_is_left_at_once(city: City) -> None:
    filler = begun(city, then={"how": HOW})
    filler.post({"s.hurt": ["false"]})

    assert "/granska" in filler.page.url
