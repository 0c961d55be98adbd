"""Every accessibility code: a form it names, at the right place, and one it leaves alone."""

import copy
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from formbuilder.accessibility.checking import check_accessibility
from formbuilder.accessibility.rules import BUILT_IN
from formbuilder.accessibility.rules.structure import (
    heading_order,
    picture_without_words,
)
from formbuilder.accessibility.rules.wording import link_text
from formbuilder.accessibility.seen import SeenPage, SeenQuestion
from schemas.directory import parse_directory
from schemas.errors import Problem
from schemas.parsing import parse_definition
from schemas.pointers import get, join, parts

EXAMPLES = Path(__file__).parents[3] / "examples"
NAME = "/sections/0/schema/properties/name"
KIND = "/sections/0/schema/properties/kind"
PAGE = "/sections/0/pages/0"
HEAVY = (
    "Förvaltningen handlägger inkomna ansökningshandlingar skyndsamt under förutsättning "
    "att vårdnadshavaren bifogat erforderliga underlag avseende specialkostens "
    "omfattning, varaktighet och medicinska nödvändighet enligt gällande riktlinjer."
)
PLAIN = (
    "Skriv vad barnet inte tål. Vi lagar mat utan det. Ring köket om något ändras. "
    "Du kan också skriva ett brev till oss när du vill."
)
FORM: dict[str, Any] = {
    "id": "trial",
    "title": "Prov",
    "identity": {"assurance": "none", "about": "nobody"},
    "languages": {"ar": {}},
    "sections": [
        {
            "id": "food",
            "title": "Mat",
            "schema": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"title": "Vad heter barnet?", "type": "string"},
                    "kind": {
                        "title": "Vad gäller det?",
                        "type": "string",
                        "oneOf": [
                            {"const": "a", "title": "Allergi"},
                            {"const": "b", "title": "Tro"},
                        ],
                    },
                    "rows": {
                        "title": "Vem ska vi ringa?",
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"who": {"title": "Namn", "type": "string"}},
                        },
                    },
                },
            },
            "pages": [
                {"id": "mat", "title": "Mat", "fields": ["/food/name", "/food/kind"]},
                {"id": "mer", "title": "Ring", "fields": ["/food/rows"]},
            ],
        }
    ],
}


def found(*changes: tuple[str, Any]) -> list[tuple[str, str]]:
    """Return codes and places of what is wrong with the form after these changes."""
    form = copy.deepcopy(FORM)
    for pointer, value in changes:
        *above, last = parts(pointer)
        place = get(form, join(*above))
        place[int(last) if isinstance(place, list) else last] = value
    return [(one.code, one.pointer) for one in problems(form)]


def problems(form: Any) -> tuple[Problem, ...]:
    text = json.dumps(form, ensure_ascii=False, indent=1)
    return check_accessibility(parse_definition(text, draft=True))


CASES = {
    "FB201": [
        ([(f"{NAME}/title", "…")], NAME),
        ([(f"{KIND}/oneOf/0/title", " ")], KIND),
    ],
    "FB202": [
        ([(NAME, {"type": "string"})], NAME),
        (
            [("/sections/0/schema/properties/rows/items/properties/who", {"type": "string"})],
            "/sections/0/schema/properties/rows/items/properties/who",
        ),
    ],
    "FB203": [([(f"{KIND}/oneOf/1/title", "ALLERGI")], KIND)],
    "FB204": [([(f"{KIND}/title", "Vad heter barnet?")], f"{KIND}/title")],
    "FB205": [
        ([("/sections/0/pages/1/title", "Mat")], "/sections/0/pages/1"),
        ([(f"{PAGE}/title", " ")], PAGE),
    ],
    "FB207": [([(f"{NAME}/description", "Se ![](karta.png)")], f"{NAME}/description")],
    "FB208": [
        ([(KIND, {"title": "Läs", "type": "null", "description": "Läs mer [här](/mat)."})], KIND),
        ([(f"{NAME}/description", "Klicka här för mer.")], f"{NAME}/description"),
        (
            [(f"{PAGE}/description", "Läs på https://ekvalla.example.se/mat?id=7")],
            f"{PAGE}/description",
        ),
    ],
    "FB209": [([(f"{NAME}/description", HEAVY)], f"{NAME}/description")],
    "FB210": [
        ([(f"{NAME}/title", "Hur " + "mycket " * 20 + "är det?")], f"{NAME}/title"),
        ([(f"{PAGE}/title", "Mat " * 25)], f"{PAGE}/title"),
    ],
    "FB211": [([(f"{NAME}/title", "VAD HETER BARNET?")], f"{NAME}/title")],
    "FB212": [
        ([(f"{NAME}/description", "Tryck sedan på den gröna knappen.")], f"{NAME}/description"),
    ],
    "FB213": [([(f"{NAME}/pattern", "^[A-Z]{2}$")], NAME)],
    "FB214": [
        (
            [("/sections/0/translations", {"ar": {"/schema/properties/name/title": "Vad heter barnet?"}})],
            "/sections/0/translations/ar/~1schema~1properties~1name~1title",
        ),
        (
            [("/sections/0/translations", {"ar": {"/schema/properties/name/title": "What is your name?"}})],
            "/sections/0/translations/ar/~1schema~1properties~1name~1title",
        ),
    ],
}  # fmt: skip


def test_a_sound_form_has_nothing_wrong() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("code", "changes", "place"),
    [(code, *case) for code, cases in CASES.items() for case in cases],
)
def test_a_fault_is_found_where_it_stands(
    code: str, changes: list[tuple[str, Any]], place: str
) -> None:
    assert (code, place) in found(*changes)


@pytest.mark.parametrize(
    "changes",
    [
        [(f"{NAME}/description", PLAIN)],
        [(f"{NAME}/pattern", "^[A-Z]{2}$"), (f"{NAME}/examples", ["AB"])],
        [(f"{NAME}/title", "Barnets BVC?")],
        [(f"{NAME}/description", "Köket ligger till vänster om oss i gröna huset.")],
        [
            (
                "/sections/0/translations",
                {"ar": {"/schema/properties/name/title": "ما اسم الطفل؟"}},
            )
        ],
    ],
    ids=["plain words", "shown pattern", "initials", "a way to go", "translated"],
)
def test_what_is_as_it_should_is_left_alone(changes: list[tuple[str, Any]]) -> None:
    assert found(*changes) == []


def on_page(rule: Any, content: str) -> list[tuple[str, str]]:
    """Return what a rule says of a page that shows this; its question is at /asked."""
    question = SeenQuestion(question=ASKED, at="/asked", tree=html.Element("div"))
    tree = html.fragment_fromstring(f"<main>{content}</main>")
    page = SeenPage(at="/page", title="Mat", tree=tree, questions=(question,))
    seen: Any = SimpleNamespace(pages=(page,), texts=())
    return [(one.code, one.pointer) for one in rule(seen)]


ASKED: Any = SimpleNamespace(name="food.info")
HEADED = '<h1>Mat</h1><div id="q-food.info">{}</div>'


@pytest.mark.parametrize(
    ("rule", "content", "said"),
    [
        (heading_order, "<h4>Bra att veta</h4>", [("FB206", "/asked")]),
        (heading_order, "<h1>Bra att veta</h1>", [("FB206", "/asked")]),
        (heading_order, "<h2>Bra</h2><h3>att</h3><h2>veta</h2>", []),
        (picture_without_words, '<img src="karta.png">', [("FB207", "/asked")]),
        (picture_without_words, '<img src="karta.png" alt="Karta">', []),
        (link_text, '<a href="/mat">här.</a>', [("FB208", "/asked")]),
        (link_text, '<a href="/mat">www.ekvalla.example.se</a>', [("FB208", "/asked")]),
        (link_text, '<a href="/mat">Ansök om specialkost</a>', []),
    ],
)
def test_what_a_text_draws_is_looked_at_too(
    rule: Any, content: str, said: list[tuple[str, str]]
) -> None:
    assert on_page(rule, HEADED.format(content)) == said


def test_a_problem_says_its_line_what_is_wrong_and_what_to_do() -> None:
    form = copy.deepcopy(FORM)
    form["sections"][0]["schema"]["properties"]["name"]["description"] = HEAVY
    [one] = problems(form)
    before, _, _ = json.dumps(form, ensure_ascii=False, indent=1).partition(HEAVY)

    assert one.line == before.count("\n") + 1
    assert "LIX 104" in one.message
    assert one.advice.startswith("Skriv kortare meningar")


@pytest.mark.parametrize(
    "name", ["skolstart", "felanmalan", "bygglovsfraga", "foreningsbidrag"]
)
def test_nothing_is_wrong_with_an_example(name: str) -> None:
    directory = parse_directory((EXAMPLES / "directory.toml").read_text("utf-8"))
    parsed = parse_definition(
        (EXAMPLES / f"{name}.json").read_text("utf-8"),
        read=lambda path: (EXAMPLES / path).read_text("utf-8"),
    )

    assert check_accessibility(parsed, directory.code_lists) == ()


def test_a_definition_that_is_no_form_yet_is_left_to_the_other_checks() -> None:
    assert check_accessibility(parse_definition("{")) == ()


def test_every_rule_has_a_code_of_its_own() -> None:
    codes = [str(rule.__doc__).partition(":")[0] for rule in BUILT_IN]

    assert sorted(set(codes)) == codes
