"""What is wrong with a page is what is wrong with its questions, of the whole."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.compiling import CompiledForm, compile_form
from schemas.directory import parse_directory
from schemas.errors import InvalidSubmission
from schemas.journey import pages
from schemas.parsing import definition_from
from schemas.pointers import covers
from schemas.settling import settle
from schemas.validation import faults, faults_among
from tests.schemas.documents import documents, mutated
from tests.schemas.features import FEATURES
from tests.schemas.forms import definition, section

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def same_by_page(form: CompiledForm, answers: Any) -> None:
    try:
        settled = settle(form, answers)
    except InvalidSubmission:
        return
    whole = faults(form, settled)
    for page in pages(form, settled, whole):
        asked = [question.pointer for question in page.questions]
        own = [f for f in whole if any(covers(p, f.pointer) for p in asked)]
        found = faults_among(form, settled, asked)
        assert [(f.pointer, f.code) for f in found] == [
            (f.pointer, f.code) for f in own
        ]


@pytest.mark.parametrize("name", [path.name for path in EXAMPLES.glob("*.json")])
def test_a_page_of_an_example_is_as_wrong_alone(name: str) -> None:
    read = {"read": lambda part: (EXAMPLES / part).read_text("utf-8")}
    example = definition_from((EXAMPLES / name).read_text("utf-8"), **read)
    directory = parse_directory((EXAMPLES / "directory.toml").read_text("utf-8"), "")
    form = compile_form(example, directory.code_lists)
    answered = [{**one.facts, **one.answers} for one in example.scenarios]

    @settings(max_examples=60)
    @given(mutated(st.sampled_from(answered)))
    def holds(answers: Any) -> None:
        same_by_page(form, answers)

    holds()


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_a_page_of_any_feature_is_as_wrong_alone(name: str) -> None:
    schema = FEATURES[name]
    form = compile_form(definition(section("s", schema), section("t", schema)))

    @settings(max_examples=20)
    @given(st.fixed_dictionaries({"s": documents(schema), "t": documents(schema)}))
    def holds(answers: Any) -> None:
        same_by_page(form, answers)

    holds()
