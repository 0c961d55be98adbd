"""Each row of a table asks what its own answers ask, and loses nothing."""

import pytest
from browsing import CHROMIUM

from tests.filling.filler import Filler, one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

ROW = {
    "type": "object",
    "required": ["kind"],
    "properties": {
        "kind": {
            "title": "Vad?",
            "oneOf": [
                {"const": "dog", "title": "Hund"},
                {"const": "cat", "title": "Katt"},
            ],
        },
    },
    "if": {"required": ["kind"], "properties": {"kind": {"const": "dog"}}},
    "then": {
        "required": ["breed"],
        "properties": {"breed": {"type": "string", "title": "Vilken ras?"}},
    },
}
PETS = {"type": "array", "title": "Alla djur", "minItems": 2, "items": ROW}
FORM = one_section("djur", "pets", {"all": PETS}, required=["all"])


@pytest.fixture
def filler(city: City) -> Filler:
    return Filler.begin(city, FORM)


def cells(**said: str) -> dict[str, list[str]]:
    """Return answers of cells such as `r0_kind`."""
    return {f"pets.all.{n[1:].replace('_', '.')}": [one] for n, one in said.items()}


def test_a_row_asks_only_what_its_own_answers_ask(filler: Filler) -> None:
    before = filler.asks("pets.all.")
    filler.post(cells(r0_kind="dog", r1_kind="cat"))

    assert before == ["pets.all.0.kind", "pets.all.1.kind"]
    assert filler.asks("pets.all.") == [
        "pets.all.0.kind",
        "pets.all.0.breed",
        "pets.all.1.kind",
    ]


def test_a_question_that_came_is_no_fault_until_it_has_been_seen(
    filler: Filler,
) -> None:
    filler.post(cells(r0_kind="cat", r1_kind="dog"))
    first = dict(filler.page.errors)
    filler.post({})

    assert first == {}
    assert list(filler.page.errors) == ["q-pets.all.1.breed"]


def test_a_cell_that_is_not_asked_comes_back_with_its_answer(filler: Filler) -> None:
    filler.post(cells(r0_kind="dog", r1_kind="cat"))
    filler.post(cells(r0_breed="Tax"))
    filler.page = filler.visitor.get(filler.page.links("andra=1")[0])
    filler.post(cells(r0_kind="cat"), ("_add", "/pets/all"))
    filler.post({}, ("_up", "/pets/all/1"))
    moved = filler.asks("pets.all.")
    filler.post(cells(r1_kind="dog"), ("_up", "/pets/all/1"))

    assert moved == [f"pets.all.{row}.kind" for row in range(3)]
    assert "pets.all.0.breed" in filler.asks("pets.all.")
    assert filler.holds("pets.all.0.breed") == ["Tax"]


def test_a_cell_that_is_worked_out_is_shown_where_its_row_stands(city: City) -> None:
    cost = {
        "type": "object",
        "properties": {
            "amount": {"type": "number", "title": "Belopp"},
            "sum": {
                "type": "number",
                "title": "Summa",
                "readOnly": True,
                "calculate": {"sum": "amount"},
            },
        },
    }
    costs = {"type": "array", "title": "Kostnader", "minItems": 2, "items": cost}
    filler = Filler.begin(
        city, one_section("kostnad", "s", {"all": costs}, required=["all"])
    )
    filler.post({"s.all.1.amount": ["12,5"]}, ("_add", "/s/all"))

    assert filler.page.tree.xpath("//dd//bdi/text()") == ["0", "12,5", "0"]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
def test_with_script_a_row_asks_at_once_and_brings_answers_back(window: Window) -> None:
    publish(window.city, FORM)
    window.open("djur", "")
    kind, breed = "[name='pets.all.1.kind']", "input[name='pets.all.1.breed']"
    seen = []
    for chosen in ("dog", "cat", "dog"):
        window.page.locator(f"{kind}[value={chosen}]").check()
        window.rest()
        box = window.page.locator(f"[data-question='pets.all.1.breed'] {breed}")
        seen.append([one.input_value() for one in box.all()])
        if box.count():
            box.fill("Tax")
            window.rest()

    assert seen == [[""], [], ["Tax"]]
    assert window.page.locator("[data-question='pets.all.0.breed']").count() == 0
