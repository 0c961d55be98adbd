"""What is drawn ahead and filled in is what would have been drawn at once."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup
from sample_pages import PAGES, THEME
from sample_questions import QUESTIONS

from renderers.html.drawn_fields import AnsweredField, DrawnChoice, drawn_field
from renderers.html.drawn_rows import _kept as drawn_rows_kept
from renderers.html.fields import Filling, shown_field, shown_fields
from renderers.html.holes import MARK
from renderers.html.page_parts import Field
from renderers.html.row_conditions import Asked
from renderers.html.site import Site, in_place, show, template_environment
from renderers.html.views import FormPage
from schemas.field_type import Question
from schemas.inside import placed
from schemas.reserved_names import OPEN, WAS
from schemas.tongues import Foreign

ENVIRONMENTS = {language: template_environment(language) for language in ("sv", "en")}
SITE = Site(THEME)
FORM_PAGES = {name: page for name, page in PAGES.items() if isinstance(page, FormPage)}
DRAWN_AHEAD = [
    name
    for name, asked in QUESTIONS.items()
    if isinstance(shown_fields([asked], Filling(), "sv")[0], AnsweredField)
]
ROWS = {
    is_summed: replace(QUESTIONS["rows"], ui={"widget": widget})
    for is_summed, widget in ((True, "summary"), (False, "table"))
}
languages = st.sampled_from(("sv", "en"))
words = st.text() | st.sampled_from(('"><b>', "{{ x }}", "&amp;", "\n\n", MARK, ""))
suffixes = st.sampled_from(("", "day", "month", "year", "other", "0", "1", "2"))


def options(asked: Question) -> st.SearchStrategy[str]:
    offered = [option.raw for option in asked.options()]
    return st.sampled_from(["true", "false", *offered]) | words


@pytest.mark.parametrize("name", DRAWN_AHEAD)
@settings(deadline=None)  # the first drawing compiles the templates
@given(data=st.data(), language=languages, is_heading=st.booleans())
def test_a_question_filled_in_is_the_question_drawn_with_its_answer(
    name: str, data: st.DataObject, language: str, is_heading: bool
) -> None:
    asked = QUESTIONS[name]
    texts = st.lists(options(asked), max_size=3)
    raw = data.draw(st.dictionaries(suffixes, texts))
    filling = Filling(raws={asked.pointer: raw})
    field = shown_field(asked, filling, language)
    whole = in_place(ENVIRONMENTS[language], [field], is_heading)

    (answered,) = shown_fields([asked], filling, language)

    assert isinstance(answered, AnsweredField)
    assert whole == in_place(ENVIRONMENTS[language], [answered], is_heading)
    assert show(ENVIRONMENTS[language], answered, is_heading).encode() in whole


@settings(deadline=None)
@given(typed=st.lists(words, min_size=1, max_size=12), language=languages)
def test_a_cell_filled_in_is_the_cell_drawn_with_its_answer(
    typed: list[str], language: str
) -> None:
    asked, environment = QUESTIONS["rows"], ENVIRONMENTS[language]
    heads = [part.pointer.rpartition("/")[2] for part in asked.parts]
    places = [(row, head) for row in range(4) for head in heads]
    raw = {f"{r}.{h}": [text] for (r, h), text in zip(places, typed, strict=False)}
    shown = shown_field(asked, Filling(raws={asked.pointer: raw}), language)
    assert shown.data["rows"]

    for number, row in enumerate(shown.data["rows"]):
        for part, cell in zip(asked.parts, row["fields"], strict=True):
            head = part.pointer.rpartition("/")[2]
            there = placed(part, part.pointer, f"{asked.pointer}/{number}/{head}")
            raws = {there.pointer: {"": raw.get(f"{number}.{head}", [])}}
            whole = shown_field(there, Filling(raws=raws), language)
            assert isinstance(cell, AnsweredField)
            assert there.name == cell.name
            assert show(environment, whole) == show(environment, cell)


@settings(deadline=None)
@given(
    typed=st.lists(
        st.lists(words, min_size=1, max_size=3).map(tuple), min_size=1, max_size=4
    ),
    opened=st.sets(st.integers(0, 3)),
    unasked=st.sets(st.integers(0, 3)),
    marked=st.sets(st.integers(0, 3)),
    is_summed=st.booleans(),
    language=languages,
)
def test_rows_filled_in_are_the_rows_drawn_with_what_they_hold(
    typed: list[tuple[str, ...]],
    opened: set[int],
    unasked: set[int],
    marked: set[int],
    is_summed: bool,
    language: str,
) -> None:
    asked = ROWS[is_summed]
    heads = [part.pointer.rpartition("/")[2] for part in asked.parts]
    raw: dict[str, list[str]] = {}
    for number, texts in enumerate(typed):
        raw |= {f"{number}.{h}": [text] for h, text in zip(heads, texts, strict=False)}
        if number in opened:
            raw[f"{number}.{OPEN}"] = ["1"]
        if number in marked:
            raw[f"{number}.{WAS}"] = list(texts[:1])
    there = {
        f"{asked.pointer}/{n}/{h}" for n in range(4) for h in heads if n not in unasked
    }
    filling = Filling(raws={asked.pointer: raw}, asked=Asked(pointers=there))
    whole = in_place(
        ENVIRONMENTS[language], [shown_field(asked, filling, language)], False
    )

    for _ in range(2):  # drawn, then filled in
        answered = shown_fields([asked], filling, language)
        assert whole == in_place(ENVIRONMENTS[language], answered, False)


def test_what_stands_in_rows_is_not_kept_for_the_next() -> None:
    asked = QUESTIONS["rows"]
    head = asked.parts[0].pointer.rpartition("/")[2]
    raw = {f"0.{head}": ["hemligt"], "0.hemligt": ["hemligt"]}
    for pointers in (set(), {f"{asked.pointer}/0/{head}"}):
        filling = Filling(raws={asked.pointer: raw}, asked=Asked(pointers=pointers))
        in_place(ENVIRONMENTS["sv"], shown_fields([asked], filling, "sv"), False)

    kept = drawn_rows_kept[asked]

    known = {key: kept.known(key) for key in tuple(kept.keys())}
    assert known
    assert "hemligt" not in str(known)


@pytest.mark.parametrize(("count", "is_kept"), [(1000, True), (4000, False)])
def test_a_thousand_rows_are_kept_drawn_and_no_end_of_them(
    count: int, is_kept: bool
) -> None:
    asked = QUESTIONS["rows"]
    head = asked.parts[0].pointer.rpartition("/")[2]
    raw = {f"{number}.{head}": ["x"] for number in range(count)}
    filling = Filling(raws={asked.pointer: raw}, asked=Asked(pointers=set()))
    drawn_rows_kept.pop(asked, None)
    in_place(ENVIRONMENTS["sv"], shown_fields([asked], filling, "sv"), False)

    assert bool(drawn_rows_kept[asked].keys()) == is_kept


@pytest.mark.parametrize("name", FORM_PAGES)
@settings(deadline=None)
@given(
    person=words,
    handle=words,
    token=words,
    nonce=st.sampled_from(("", "n0", 'n"')),
    back=words,
    has_query=st.booleans(),
    language=languages,
)
def test_a_shell_filled_in_is_the_page_drawn_whole(
    name: str,
    person: str,
    handle: str,
    token: str,
    nonce: str,
    back: str,
    has_query: bool,
    language: str,
) -> None:
    page = FORM_PAGES[name]
    address = f"/e/skolstart/kost{'?d=' if has_query else '/'}{handle}"
    around = replace(page.around, person=person, address=address)
    page = replace(page, around=around, action=address, back=back)
    questions = in_place(ENVIRONMENTS[language], page.fields, page.is_heading)
    asked = Markup(questions.decode())  # noqa: S704 - templates drew all of it
    own = {"csrf_token": token, "nonce": nonce, "questions": asked}
    whole = SITE.draw(page, language, own)

    filled = SITE.render(page, language=language, csrf_token=token, nonce=nonce)

    assert whole == filled.decode()


def test_what_somebody_typed_is_not_kept_for_the_next() -> None:
    typed, asked = "hemligt", QUESTIONS["text"]
    in_place(ENVIRONMENTS["sv"], [shown(asked, {"": [typed], typed: [typed]})], False)

    kept = drawn_field(asked, "sv", lambda: pytest.fail("drawn again"))

    assert kept
    assert typed not in str(vars(kept))


def test_what_is_no_alternative_is_not_kept_for_the_next() -> None:
    typed, asked = "hemligt", QUESTIONS["radios"]
    in_place(ENVIRONMENTS["sv"], [shown(asked, {"": [typed]})], False)

    kept = drawn_field(asked, "sv", lambda: pytest.fail("drawn again"))

    assert kept
    assert typed not in str(vars(kept))


def test_the_same_alternatives_are_drawn_and_kept_once_however_they_are_posted() -> (
    None
):
    asked = replace(QUESTIONS["checkboxes"])
    first, second = (option.raw for option in asked.options()[:2])
    for texts in ([first, second], [second, first], [first, second, first], ["x"], []):
        in_place(ENVIRONMENTS["sv"], [shown(asked, {"": texts})], False)
    for many in range(2, 99):
        in_place(ENVIRONMENTS["sv"], [shown(asked, {"": [first] * many})], False)

    kept = drawn_field(asked, "sv", lambda: pytest.fail("drawn again"))

    assert isinstance(kept, DrawnChoice)
    assert [len(way) for way in kept._drawn] == [3, 1, 2], "both, none and the first"


def test_what_is_only_shown_says_which_language_it_is_in() -> None:
    asked, environment = QUESTIONS["read_only"], ENVIRONMENTS["en"]
    for text, lang in ((Foreign("Kost & hälsa", "sv"), ["sv"]), ("Kost", [])):
        filling = Filling(raws={asked.pointer: {"": [text]}})
        (answered,) = shown_fields([asked], filling, "en")
        drawn = str(show(environment, answered))

        assert drawn == show(environment, shown_field(asked, filling, "en"))
        assert html.fromstring(drawn).xpath("//dd//span/@lang") == lang


@pytest.mark.parametrize("member", ["title", "description"])
def test_a_page_that_is_translated_says_no_other_language(member: str) -> None:
    page, site = next(iter(FORM_PAGES.values())), Site(THEME)
    texts = (Foreign("Transport", "sv"), "Transport")
    ways = [(text,) if member == "description" else text for text in texts]
    editions = [
        replace(page, edition=str(number), **{member: way})
        for number, way in enumerate(ways)
    ]
    marks = [
        b'<span lang="sv"' in site.render(edition, language="en")
        for edition in editions
    ]

    assert marks == [True, False]


def shown(asked: Question, raw: dict[str, list[str]]) -> Field | AnsweredField:
    (found,) = shown_fields([asked], Filling(raws={asked.pointer: raw}), "sv")
    return found


def test_a_question_with_a_message_is_drawn_for_that_time() -> None:
    asked = QUESTIONS["text"]
    filling = Filling(messages={asked.pointer: "Skriv något."})

    (found,) = shown_fields([asked], filling, "sv")

    assert "Skriv något." in show(ENVIRONMENTS["sv"], found)


def test_a_draft_in_another_language_has_words_of_its_own() -> None:
    asked = replace(QUESTIONS["text"], required=False)
    (found,) = shown_fields([asked], Filling(), "sv")

    both = [in_place(one, [found], False).decode() for one in ENVIRONMENTS.values()]

    assert ["(frivilligt)" in one for one in both] == [True, False]
