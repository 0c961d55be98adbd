"""The compiled validator and the reference say the same, at the same places."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_validator import reference_validator

from schemas.compiling import CompiledForm, compile_form
from schemas.directory import parse_directory
from schemas.parsing import definition_from
from schemas.subschemas import compile_schema
from tests.schemas.documents import documents, mutated
from tests.schemas.features import FEATURES
from tests.schemas.verdicts import agree, compiled_places, known, reference_places

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_both_agree_on_data_made_for_a_schema(name: str) -> None:
    schema = FEATURES[name]
    compiled, reference = compile_schema(schema), reference_validator(schema, known({}))

    @settings(max_examples=60)
    @given(documents(schema))
    def holds(value: Any) -> None:
        one = compiled_places(compiled, value)
        other = reference_places(reference, value)
        assert agree(one, other), (value, one, other)

    holds()


def example(name: str) -> CompiledForm:
    read = {"read": lambda part: (EXAMPLES / part).read_text("utf-8")}
    definition = definition_from((EXAMPLES / name).read_text("utf-8"), **read)
    directory = parse_directory((EXAMPLES / "directory.toml").read_text("utf-8"), "")
    return compile_form(definition, directory.code_lists)


@pytest.mark.parametrize("name", [path.name for path in EXAMPLES.glob("*.json")])
def test_both_agree_on_changed_answers_of_an_example(name: str) -> None:
    form = example(name)
    schema = json.loads(json.dumps(form.schema))
    reference = reference_validator(schema, known({}))
    answered = [
        {**scenario.facts, **scenario.answers} for scenario in form.definition.scenarios
    ]

    @settings(max_examples=40)
    @given(mutated(st.sampled_from(answered)))
    def holds(value: Any) -> None:
        one = compiled_places(form.validator, value)
        other = reference_places(reference, value)
        assert agree(one, other), (value, one, other)

    holds()
