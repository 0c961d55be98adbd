"""Everything that is wrong in a group is told at once, also beside what cannot be read."""

from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest

from tests.counting import TWICE, calls
from tests.filling.filler import Filler, one_section
from tests.promises.city import City

NAME = {"title": "Namn", "type": "string"}
AGE = {"title": "Ålder", "type": "integer"}
HURT = {"title": "Skadad?", "type": "boolean"}
HOW = {"title": "Hur?", "type": "string"}
ROW = {
    "type": "object",
    "required": ["name", "age"],
    "properties": {"name": NAME, "age": AGE, "legs": {**AGE, "title": "Antal ben"}},
}
ASKS_MORE = {
    **ROW,
    "properties": {**ROW["properties"], "hurt": HURT},
    "if": {"required": ["hurt"], "properties": {"hurt": {"const": True}}},
    "then": {"required": ["how"], "properties": {"how": HOW}},
}
PLACE = {
    "type": "object",
    "required": ["street", "postal_code", "city"],
    "properties": {
        "street": {"title": "Gata", "type": "string"},
        "postal_code": {
            "title": "Postnummer",
            "type": "string",
            "format": "postal-code",
        },
        "city": {"title": "Ort", "type": "string"},
    },
}


def begun(
    city: City, asked: dict[str, object], required: tuple[str, ...] = (), **ui: object
) -> Filler:
    section = {"ui": {"/s/all": ui}} if ui else {}
    form = one_section("djur", "s", {"all": asked}, required=required, section=section)
    return Filler.begin(city, form)


def animals(city: City, row: dict[str, object] = ROW, **of_rows: object) -> Filler:
    rows = {"type": "array", "title": "Djur", "items": row, **of_rows}
    return begun(city, rows, ("all",))


def wrong(filler: Filler) -> list[str]:
    return [name.removeprefix("q-s.all.") for name in filler.page.errors]


def test_what_is_missing_in_a_row_is_told_with_what_cannot_be_read(city: City) -> None:
    filler = animals(city)
    filler.post({"s.all.0.age": ["tolv"]})

    assert wrong(filler) == ["0.name", "0.age"]
    assert "ange ditt svar" not in str(filler.page.errors["q-s.all.0.age"]).casefold()


def test_all_that_cannot_be_read_is_told_at_once(city: City) -> None:
    filler = animals(city, minItems=2)
    typed = {"0.name": "Bo", "0.age": "tolv", "0.legs": "fyra", "1.age": "tre"}
    filler.post({f"s.all.{cell}": [said] for cell, said in typed.items()})

    assert wrong(filler) == ["0.age", "0.legs", "1.name", "1.age"]


@pytest.mark.parametrize("rest", ["tolv", ""])
def test_twice_the_rows_cost_twice_as_much_to_tell(city: City, rest: str) -> None:
    filler = animals(city)
    at = urlsplit(filler.page.url)
    hidden = filler.page.form(field_name="_shown").fields

    def post(count: int) -> None:
        rows = {f"s.all.{row}.age": [rest if row else "tolv"] for row in range(count)}
        answer = filler.visitor.client.post(
            f"{at.path}?{at.query}", data={**hidden, **rows, "_go": ["next"]}
        )
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    small, large = (calls(partial(post, count)) for count in (100, 200))
    assert large < TWICE * small


def test_a_row_that_need_not_be_filled_in_is_not_told_to_be(city: City) -> None:
    filler = animals(city)
    filler.post({}, ("_add", "/s/all"))
    filler.post({"s.all.1.name": ["Bo"], "s.all.1.age": ["tolv"]})

    assert wrong(filler) == ["1.age"]


def test_a_row_that_must_be_filled_in_is_told_beside_another(city: City) -> None:
    filler = animals(city, minItems=2)
    filler.post({"s.all.0.name": ["Bo"], "s.all.0.age": ["tolv"]})

    assert wrong(filler) == ["0.age", "1.name", "1.age"]


def test_a_cell_nobody_has_seen_is_not_told_beside_another(city: City) -> None:
    filler = animals(city, ASKS_MORE)
    filler.post({"s.all.0.age": ["tolv"], "s.all.0.hurt": ["true"]})
    first = wrong(filler)
    filler.post({"s.all.0.name": ["Bo"]})

    assert first == ["0.name", "0.age"]
    assert wrong(filler) == ["0.age", "0.how"]


def test_a_row_within_a_row_is_told_beside_what_cannot_be_read(city: City) -> None:
    homes = {
        "type": "object",
        "required": ["street", "pets"],
        "properties": {
            "street": {"title": "Gata", "type": "string"},
            "pets": {"type": "array", "title": "Djur", "items": ROW},
        },
    }
    filler = animals(city, homes)
    filler.post({}, ("_add", "/s/all/0/pets"))
    filler.post({"s.all.0.pets.0.age": ["tolv"]})

    assert wrong(filler) == ["0.street", "0.pets.0.name", "0.pets.0.age"]


@pytest.mark.parametrize("act", ["next", "close"])
def test_a_row_said_to_be_done_is_told_all_that_it_lacks(city: City, act: str) -> None:
    rows = {"type": "array", "title": "Djur", "minItems": 2, "items": ROW}
    filler = begun(city, rows, ("all",), widget="summary")
    filler.post({}, ("_edit", "/s/all/0"))
    button = {"next": ("_go", "next"), "close": ("_close", "/s/all/0")}[act]
    filler.post({"s.all.0.age": ["tolv"]}, button)

    assert wrong(filler)[:2] == ["0.name", "0.age"]


def test_what_an_address_lacks_is_told_with_what_cannot_be_read(city: City) -> None:
    filler = begun(city, {**PLACE, "title": "Adress"}, ("all",), widget="address")
    filler.post({"s.all.postal_code": ["åtta"]})

    assert wrong(filler) == ["street", "postal_code", "city"]
