"""Schemas of our own writing, one for each thing found in other people's.

Each is imported, checked and tried like any schema from outside.
"""

import json
from pathlib import Path

import pytest

from formbuilder.corpus.case import Case, read_case
from formbuilder.corpus.running import Outcome, run

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))

every_case = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


def differing(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [
        (json.dumps(one.instance.answers), one.verdict, one.detail)
        for one in outcome.judgements
        if one.verdict != "agrees"
    ]


@every_case
def test_a_feature_becomes_a_form_with_the_schemas_own_verdict(path: Path) -> None:
    outcome = run(read_case(path))

    assert (outcome.fate, outcome.problems, differing(outcome), outcome.trace) == (
        "form",
        (),
        [],
        "",
    )


@every_case
def test_a_feature_has_answers_to_try(path: Path) -> None:
    assert [one.is_valid for one in read_case(path).instances].count(True) > 0


def test_a_schema_that_refers_to_the_network_is_refused_with_advice() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"$ref": "https://example.se/a.json"}},
    }

    outcome = run(Case(name="remote", schema=schema))

    assert (outcome.fate, [(p.code, bool(p.advice)) for p in outcome.problems]) == (
        "refused",
        [("FB170", True)],
    )


def test_a_case_that_takes_too_long_is_told_apart_from_one_that_crashes() -> None:
    assert run(read_case(CASES[0]), seconds=0.000001).fate == "slow"
