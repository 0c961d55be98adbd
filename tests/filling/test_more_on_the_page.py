"""Who has no script meets everything that an answer makes a page ask or tell."""

from tests.filling.filler import Filler, one_section
from tests.promises.city import City

HURT = {"title": "Kan någon skada sig?", "type": "boolean"}
HOW = {"title": "Hur?", "type": "string"}
CALL = {"title": "Ring oss", "description": "Ring om det är bråttom.", "type": "null"}


AT = {
    "dog": {"breed": {"title": "Vilken ras?", "type": "string"}},
    "cat": {"call": CALL},
}


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


def with_animals(city: City, **ui: object) -> Filler:
    """Begin a form whose rows ask or tell of more, by what each of them is about."""
    row = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"title": "Vad?", "enum": ["dog", "cat", "fox"]}},
        "allOf": [
            {
                "if": {"required": ["kind"], "properties": {"kind": {"const": kind}}},
                "then": {"properties": then},
            }
            for kind, then in AT.items()
        ],
    }
    animals = {"type": "array", "title": "Djur", "minItems": 2, "items": row}
    section = {"ui": {"/s/all": ui}} if ui else {}
    form = one_section("djur", "s", {"all": animals}, required=["all"], section=section)
    return Filler.begin(city, form)


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


def test_a_voluntary_question_of_a_row_is_met_before_the_page_is_left(
    city: City,
) -> None:
    filler = with_animals(city)
    filler.post({"s.all.0.kind": ["fox"], "s.all.1.kind": ["dog"]})
    met = (filler.page.status, filler.asks("s.all.1"), filler.page.text)
    filler.post({})

    assert met[:2] == (200, ["s.all.1.kind", "s.all.1.breed"])
    assert "fler frågor" in met[2]
    assert "/granska" in filler.page.url


def test_what_a_row_only_tells_is_met_before_the_page_is_left(city: City) -> None:
    filler = with_animals(city)
    filler.post({"s.all.0.kind": ["cat"], "s.all.1.kind": ["fox"]})
    met = filler.page.text
    filler.post({})

    assert "Ring om det är bråttom" in met
    assert "Läs det nya på sidan" in met
    assert "/granska" in filler.page.url


def test_a_row_that_is_said_to_be_done_first_asks_what_it_has_come_to_ask(
    city: City,
) -> None:
    filler = with_animals(city, widget="summary")
    filler.post({}, ("_edit", "/s/all/0"))
    filler.post({"s.all.0.kind": ["dog"]}, ("_close", "/s/all/0"))
    met = filler.asks("s.all.0")
    filler.post({}, ("_close", "/s/all/0"))

    assert met == ["s.all.0.kind", "s.all.0.breed"]
    assert filler.asks("s.all.0") == []
