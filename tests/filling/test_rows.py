"""Each row of a table asks what its own answers ask, and loses nothing."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from browsing import CHROMIUM

from formbuilder.visitor import Page, Visitor
from schemas.parsing import definition_from
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
FORM: dict[str, Any] = {
    "$schema": "urn:formbuilder:form-definition:1",
    "id": "djur",
    "language": "sv",
    "title": "Djur",
    "identity": {"assurance": "none", "about": "nobody"},
    "sections": [
        {
            "id": "pets",
            "title": "Djuren",
            "schema": {
                "type": "object",
                "required": ["all"],
                "properties": {
                    "all": {
                        "type": "array",
                        "title": "Alla djur",
                        "minItems": 2,
                        "items": ROW,
                    }
                },
            },
        }
    ],
}


@dataclass
class Filler:
    """Somebody without script on the page with the table."""

    visitor: Visitor
    page: Page

    def post(self, button: tuple[str, str] = ("_go", "next"), **cells: str) -> None:
        """Fill in cells such as `r0_kind` and press the button."""
        form = self.page.form(field_name="_shown")
        answers = {
            f"pets.all.{name[1:].replace('_', '.')}": [said]
            for name, said in cells.items()
        }
        assert answers.keys() <= form.fields.keys() | form.choices.keys()
        self.page = self.visitor.submit(form, answers, button=button)

    def asks(self) -> list[str]:
        return self.page.tree.xpath("//li//@data-question")

    def holds(self, cell: str) -> list[str]:
        form = self.page.form(field_name="_shown")
        return list(form.fields.get(f"pets.all.{cell}", []))


@pytest.fixture
def filler(city: City) -> Filler:
    document = json.dumps(FORM)
    city.town.publish_definition(definition_from(document))
    visitor = city.visitor()
    start = visitor.get("/e/djur")
    return Filler(visitor, visitor.submit(start.form(action="/borja")))


def test_a_row_asks_only_what_its_own_answers_ask(filler: Filler) -> None:
    before = filler.asks()
    filler.post(r0_kind="dog", r1_kind="cat")

    assert before == ["pets.all.0.kind", "pets.all.1.kind"]
    assert filler.asks() == [
        "pets.all.0.kind",
        "pets.all.0.breed",
        "pets.all.1.kind",
    ]


def test_a_question_that_came_is_no_fault_until_it_has_been_seen(
    filler: Filler,
) -> None:
    filler.post(r0_kind="cat", r1_kind="dog")
    first = dict(filler.page.errors)
    filler.post()

    assert first == {}
    assert list(filler.page.errors) == ["q-pets.all.1.breed"]


def test_a_cell_that_is_not_asked_comes_back_with_its_answer(filler: Filler) -> None:
    filler.post(r0_kind="dog", r1_kind="cat")
    filler.post(r0_breed="Tax")
    filler.page = filler.visitor.get(filler.page.links("andra=1")[0])
    filler.post(("_add", "/pets/all"), r0_kind="cat")
    filler.post(("_up", "/pets/all/1"))
    moved = filler.asks()
    filler.post(("_up", "/pets/all/1"), r1_kind="dog")

    assert moved == [f"pets.all.{row}.kind" for row in range(3)]
    assert "pets.all.0.breed" in filler.asks()
    assert filler.holds("0.breed") == ["Tax"]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
def test_with_script_a_row_asks_at_once_and_brings_answers_back(window: Window) -> None:
    window.city.town.publish_definition(definition_from(json.dumps(FORM)))
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
