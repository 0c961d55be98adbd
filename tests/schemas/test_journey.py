"""Pages are shown when they have something to ask or to tell."""

from schemas.compiling import compile_form
from schemas.definition import Page
from schemas.journey import pages
from schemas.settling import settle
from tests.schemas.forms import definition, section, yes

ASKED = {"type": "boolean", "title": "?"}
S = {
    "type": "object",
    "required": ["a"],
    "properties": {
        "a": ASKED,
        "z": ASKED,
        "told": {"type": "null", "title": "Bra att veta"},
    },
    "if": yes("a"),
    "then": {"required": ["b"], "properties": {"b": ASKED}},
}
PAGES = (
    Page(id="one", title="1", fields=("/s/told", "/s/a")),
    Page(id="two", title="2", fields=("/s/b",)),
    Page(id="three", title="3", fields=("/s/z",)),
)
HEADER = {
    "type": "object",
    "properties": {
        "facts": {
            "type": "object",
            "readOnly": True,
            "properties": {"x": ASKED | {"readOnly": True}},
        }
    },
}
FORM = compile_form(definition(section("s", S, pages=PAGES), header=HEADER))


def shown(answers: object) -> list[tuple[str, list[str], bool]]:
    settled = settle(FORM, answers)
    return [
        (one.page.id, [q.pointer for q in one.questions], one.is_complete)
        for one in pages(FORM, settled)
    ]


def test_a_page_without_questions_is_not_shown() -> None:
    assert shown({"s": {"a": False}}) == [
        ("one", ["/s/told", "/s/a"], True),
        ("three", ["/s/z"], True),
    ]


def test_a_page_is_complete_when_its_own_answers_are_right() -> None:
    assert shown({"s": {"a": True}}) == [
        ("one", ["/s/told", "/s/a"], True),
        ("two", ["/s/b"], False),
        ("three", ["/s/z"], True),
    ]


def test_a_question_no_page_lists_is_asked_on_its_sections_last() -> None:
    partly = section("s", S, pages=PAGES[:1])
    form = compile_form(definition(partly, header=HEADER))

    (only,) = pages(form, settle(form, {"s": {"a": True}}))

    assert [q.pointer for q in only.questions] == ["/s/told", "/s/a", "/s/z", "/s/b"]


def test_a_row_is_one_question_of_its_page() -> None:
    rows = {
        "type": "array",
        "title": "R",
        "items": {
            "type": "object",
            "required": ["n"],
            "properties": {"n": {"type": "string", "title": "N"}},
        },
    }
    form = compile_form(
        definition(section("s", {"type": "object", "properties": {"rows": rows}}))
    )

    (only,) = pages(form, settle(form, {"s": {"rows": [{}]}}))

    assert [q.pointer for q in only.questions] == ["/s/rows"]
    assert not only.is_complete
