"""Members may be called what they are called: with dots, slashes and tildes."""

import json

from formbuilder.rehearsal import rehearse
from schemas.compiling import compile_form
from schemas.parsing import definition_from
from tests.filling.filler import Filler, one_section
from tests.promises.city import City

GRID = {
    "type": "object",
    "title": "Veckor",
    "required": ["v.1"],
    "properties": {
        "v.1": {"type": "string", "title": "Vecka 1"},
        "a/b~c": {"type": "integer", "title": "Antal"},
    },
}
UI = {"ui": {"/s/g": {"widget": "grid"}}}
FORM = one_section("veckor", "s", {"g": GRID}, required=["g"], section=UI)
NAMES = ("s.g.v~21", "s.g.a~1b~0c")


def test_an_untouched_save_keeps_what_a_grid_holds(city: City) -> None:
    filler = Filler.begin(city, FORM)
    filler.post(dict(zip(NAMES, (["hej"], ["3"]), strict=True)))
    for _ in range(2):
        filler.page = filler.visitor.get(filler.address)
        held = [filler.holds(name) for name in NAMES]
        filler.post({})

    assert held == [["hej"], ["3"]]
    assert "/granska" in filler.page.url


def test_such_answers_can_be_tried() -> None:
    form = compile_form(definition_from(json.dumps(FORM)))
    answers = {"s": {"g": {"v.1": "hej", "a/b~c": 3}}}

    tried = rehearse(form, answers)

    assert (tried.answers, dict(tried.messages)) == (answers, {})
