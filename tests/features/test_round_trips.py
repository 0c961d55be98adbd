"""Answers drawn on a page, posted as a browser does and read back are the same answers.

Samples are changed at random; whatever they become, the pages say what a standard
validator says, and say it at the question.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formbuilder.corpus.case import Case, Instance, read_case
from formbuilder.corpus.running import made_form
from formbuilder.corpus.verdicts import judge, official
from formbuilder.rehearsal import rehearse
from schemas.compiling import CompiledForm, compile_form
from schemas.definition import Json, Scenario
from schemas.dialects.converting import convert
from schemas.directory import parse_directory
from schemas.parsing import definition_from
from schemas.pointers import ABSENT, get, join, with_value
from schemas.section_files import folder_reader
from schemas.settling import normal, settle
from schemas.trying import try_answers
from schemas.units import combine

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
DIRECTORY = EXAMPLES / "directory.toml"
CASES = sorted((HERE / "cases").glob("*.json"))
UNTYPED = frozenset(
    {
        "file",  # what is stored is the digest of bytes that nobody types
        "read-only",  # nobody is asked
        "mixed-types",  # a page reads a number as the text it looks like
        "required-undescribed",  # likewise: anything at all is valid there
        "choices-at-the-top",  # samples are no objects, as what is typed is
        "list-at-the-top",
        "text-at-the-top",
    }
)
"""Cases whose answers a person cannot type at random."""

every_typed_case = pytest.mark.parametrize(
    "path", [p for p in CASES if p.stem not in UNTYPED], ids=lambda path: path.stem
)
few = settings(max_examples=12, deadline=None)


@cache
def form_of(path: Path) -> tuple[Case, CompiledForm]:
    case = read_case(path)
    return case, made_form(case, frozenset(), with_ui=False)[0]


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=25).map(
    lambda word: unicodedata.normalize("NFC", word)
)
"""What people type: nothing hidden, no blanks around it."""


def another(value: Json) -> st.SearchStrategy[Json]:
    """Return other answers of the same type."""
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int):
        return st.integers(-5, 15)
    if isinstance(value, float):
        return st.integers(-50, 250).map(lambda n: n / 10)
    if isinstance(value, str):
        return WORDS
    return st.just(value)


def changed(case: Case, form: CompiledForm, data: st.DataObject) -> Json:
    """Draw a valid sample with some answers changed or taken away, as it settles."""
    samples = [one.answers for one in case.instances if one.is_valid]
    answers = data.draw(st.sampled_from(samples))
    for _ in range(data.draw(st.integers(1, 3))):
        pointers = _leaves(answers, "")
        if not pointers:
            break
        pointer = data.draw(st.sampled_from(pointers))
        value = data.draw(another(get(answers, pointer)) | st.just(ABSENT))
        in_list = isinstance(get(answers, pointer.rpartition("/")[0]), list)
        if not (in_list and value is ABSENT):
            answers = with_value(answers, pointer, value)
    return settle(form, closed_up(normal(answers))).answers


def closed_up(answers: Json) -> Json:
    """Leave out empty rows and lines: a page closes the others up."""
    if isinstance(answers, dict):
        members = {name: closed_up(one) for name, one in answers.items()}
        return {name: one for name, one in members.items() if one != []}
    if isinstance(answers, list):
        items = [closed_up(one) for one in answers]
        return [one for one in items if one not in ({}, "")]
    return answers


def verdict(case: Case, form: CompiledForm, answers: Json) -> tuple[str, str]:
    is_valid = not list(official(case.schema, answers))
    found = judge(form, case.schema, Instance(answers=answers, is_valid=is_valid))
    return found.verdict, found.detail


@every_typed_case
@few
@given(data=st.data())
def test_answers_are_stored_as_they_were_or_refused_where_they_are_wrong(
    path: Path, data: st.DataObject
) -> None:
    case, form = form_of(path)

    answers = changed(case, form, data)

    assert verdict(case, form, answers) == ("agrees", "")


def _leaves(answers: Json, at: str) -> list[str]:
    if isinstance(answers, dict):
        return [p for n, one in answers.items() for p in _leaves(one, at + join(n))]
    if isinstance(answers, list):
        return [p for i, one in enumerate(answers) for p in _leaves(one, f"{at}/{i}")]
    return [at]


@every_typed_case
@few
@given(data=st.data())
def test_nothing_posted_is_an_error_of_ours(path: Path, data: st.DataObject) -> None:
    case, form = form_of(path)
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(_names(case)), inner, max_size=2)
        ),
        max_leaves=4,
    )
    names = st.sampled_from(_names(case))
    answers: dict[str, Any] = data.draw(st.dictionaries(names, anything, max_size=3))

    found = rehearse(form, answers)

    assert found.is_accepted or all(found.messages.values())


def _names(case: Case) -> list[str]:
    schema = convert(case.schema).schema
    return [*schema.get("properties", {}), "något_annat"]


def _scenarios() -> list[Any]:
    return [
        pytest.param(path, one, id=f"{path.stem}: {one.name}")
        for path in sorted(EXAMPLES.glob("*.json"))
        for one in _example(path).definition.scenarios
        if not one.own
    ]


@cache
def _example(path: Path) -> CompiledForm:
    text = path.read_text(encoding="utf-8")
    lists = parse_directory(DIRECTORY.read_text(encoding="utf-8"), "").code_lists
    return compile_form(definition_from(text, read=folder_reader(path.parent)), lists)


@pytest.mark.parametrize(("path", "scenario"), _scenarios())
def test_an_example_is_stored_as_its_scenario_says(
    path: Path, scenario: Scenario
) -> None:
    form = _example(path)
    answers = combine([scenario.answers, scenario.facts])

    found = rehearse(form, answers)

    result = try_answers(form, answers, scenario.facts)
    stored = found.answers if found.is_accepted else None
    wanted = result.answers if result.is_valid else None
    assert in_any_order(stored) == in_any_order(wanted)


def in_any_order(value: Json) -> Json:
    """Return the value with its lists sorted: boxes have the order of the page."""
    if isinstance(value, dict):
        return {name: in_any_order(one) for name, one in value.items()}
    return (
        sorted(map(in_any_order, value), key=repr) if isinstance(value, list) else value
    )
