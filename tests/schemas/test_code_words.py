"""What an answer from a code list was called when it was given."""

from dataclasses import replace
from typing import Any

from schemas.code_words import (
    as_offered,
    list_digests,
    offered,
    was_chosen_before,
)
from schemas.codes import Code, CodeList
from schemas.compiling import CompiledForm, compile_form
from schemas.offered import read_offered
from tests.schemas.forms import definition, section

FOODS, UNITS = "urn:formbuilder:codes:foods", "urn:formbuilder:codes:units"
BEFORE = (
    Code(code="nut", title="Nötter", titles={"en": "Nuts"}),
    Code(code="egg", title="Ägg", titles={"en": "Eggs"}),
)
AFTER = (Code(code="nut", title="Nötter och mandel", titles={"so": "Lawska"}),)
SCHEMA = {
    "type": "object",
    "properties": {
        "avoid": {"title": "Tål inte", "type": "array", "items": {"$ref": FOODS}},
        "worst": {"title": "Värst", "$ref": FOODS},
        "unit": {"title": "Skola", "$ref": UNITS},
        "order": {
            "title": "Ordning",
            "type": "array",
            "prefixItems": [{"title": "Först", "$ref": FOODS}],
            "items": False,
        },
        "rows": {
            "title": "Mer",
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"food": {"title": "Mat", "$ref": FOODS}},
            },
        },
    },
}
ANSWERS = {
    "s": {
        "avoid": ["nut", "egg"],
        "worst": "egg",
        "order": ["egg"],
        "rows": [{"food": "egg"}],
    }
}


def form_with(foods: tuple[Code, ...]) -> CompiledForm:
    lists = {
        FOODS: CodeList(urn=FOODS, entries=foods),
        UNITS: CodeList(urn=UNITS, entries=(Code(code="a", title="Alskolan"),)),
        "urn:unused": CodeList(urn="urn:unused", entries=BEFORE),
    }
    return compile_form(definition(section("s", SCHEMA)), lists)


def said(form: CompiledForm, pointer: str, kept: Any, language: str = "sv") -> str:
    question = as_offered(form.questions[pointer], kept)
    answer = ANSWERS["s"][pointer.removeprefix("/s/")]
    return question.field_type.display(answer, question, language)


def test_every_list_a_form_asks_with_has_a_digest_whatever_was_answered() -> None:
    before, after = list_digests(form_with(BEFORE)), list_digests(form_with(AFTER))

    assert before.keys() == {FOODS, UNITS}
    assert before[FOODS] != after[FOODS]
    assert before[UNITS] == after[UNITS]


def test_what_was_chosen_is_kept_with_its_list_and_nothing_else() -> None:
    form = form_with(BEFORE)

    [kept] = offered(form, ANSWERS)
    assert (kept.urn, kept.sha256) == (FOODS, list_digests(form)[FOODS])
    assert kept.chosen == {
        "nut": {"sv": "Nötter", "en": "Nuts"},
        "egg": {"sv": "Ägg", "en": "Eggs"},
    }
    assert offered(form, {"s": {}}) == ()


def test_what_is_kept_is_read_as_it_was_written() -> None:
    kept = offered(form_with(BEFORE), ANSWERS)

    assert read_offered([one.to_json() for one in kept]) == kept


def test_an_answer_keeps_its_words_when_the_list_changes() -> None:
    kept = offered(form_with(BEFORE), ANSWERS)
    after = form_with(AFTER)

    assert said(after, "/s/avoid", ()) == "Nötter och mandel, egg"
    assert said(after, "/s/avoid", kept) == "Nötter, Ägg"
    assert said(after, "/s/worst", kept) == "Ägg"
    assert said(after, "/s/order", kept).endswith("Ägg")
    assert said(after, "/s/rows", kept).endswith("Ägg")
    assert said(after, "/s/avoid", kept, "en") == "Nuts, Eggs"
    # Nobody could read it in Somali then: it was Swedish that was shown.
    assert said(after, "/s/avoid", kept, "so") == "Nötter, Ägg"


def test_what_is_offered_today_may_keep_its_new_words() -> None:
    kept = offered(form_with(BEFORE), ANSWERS)
    question = form_with(AFTER).questions["/s/avoid"]

    today = as_offered(question, kept, keeping_new=True)
    assert [option.title for option in today.options()] == ["Ägg", "Nötter och mandel"]


def test_what_has_left_the_list_keeps_its_words_in_a_new_version() -> None:
    kept = offered(form_with(BEFORE), ANSWERS)

    now = offered(form_with(AFTER), ANSWERS, kept)
    words = {code: said["sv"] for one in now for code, said in one.chosen.items()}
    assert words == {"egg": "Ägg", "nut": "Nötter och mandel"}


def test_what_has_left_the_list_keeps_the_digest_of_the_list_that_had_it() -> None:
    before, after = form_with(BEFORE), form_with(AFTER)

    now = offered(after, ANSWERS, offered(before, ANSWERS))
    again = offered(after, ANSWERS, now)
    assert {one.sha256: set(one.chosen) for one in now} == {
        list_digests(before)[FOODS]: {"egg"},
        list_digests(after)[FOODS]: {"nut"},
    }
    assert again == now


def test_only_what_was_chosen_before_stays_valid() -> None:
    kept = offered(form_with(BEFORE), {"s": {"avoid": ["egg"]}})
    question = form_with(()).questions["/s/avoid"]

    assert was_chosen_before(question, ["egg"], kept)
    assert not was_chosen_before(question, ["egg", "nut"], kept)
    assert not was_chosen_before(question, ["egg"], ())


def test_what_the_list_has_and_the_question_does_not_take_was_never_offered() -> None:
    kept = offered(form_with(BEFORE), ANSWERS)
    form = form_with(AFTER)
    narrow = form.questions["/s/avoid"]
    items = {**narrow.schema["items"], "enum": ["oat"]}
    narrow = replace(narrow, schema={**narrow.schema, "items": items})

    assert was_chosen_before(narrow, ["egg"], kept)
    assert not was_chosen_before(narrow, ["egg", "nut"], kept)
    assert not was_chosen_before(narrow, ["egg", 5], kept)


def test_a_question_of_another_list_is_left_as_it_is() -> None:
    form = form_with(AFTER)
    question = form.questions["/s/unit"]

    assert as_offered(question, offered(form_with(BEFORE), ANSWERS)) is question
    assert replace(question).codes == (UNITS,)
