"""One call that tells an author everything."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from schemas.checking import check
from schemas.errors import Problem

Form = dict[str, Any]
Check = Callable[..., tuple[Problem, ...]]


@pytest.fixture
def checked(directory_text: str) -> Check:
    def run(form: Form, **options: Any) -> tuple[Problem, ...]:
        text = json.dumps(form, ensure_ascii=False, indent=1)
        return check(text, file="form.json", directory_text=directory_text, **options)

    return run


def test_a_good_form_has_nothing_to_mend(trial: Form, checked: Check) -> None:
    assert checked(trial) == ()


def test_an_example_that_comes_out_otherwise_is_named(
    trial: Form, checked: Check
) -> None:
    trial["scenarios"][0]["expect"]["valid"] = False

    [problem] = checked(trial)

    assert (problem.pointer, problem.severity) == (
        "/scenarios/0/expect/valid",
        "error",
    )
    assert "Inget särskilt" in problem.message


def test_an_example_lives_on_its_day(trial: Form, checked: Check) -> None:
    foods = trial["codes"]["urn:formbuilder:codes:foods"]
    scenario = trial["scenarios"][0]
    milk = {"need": True, "kind": "allergy", "avoid": ["milk"]}
    scenario["answers"]["diet"] = milk
    scenario["expect"] = {"valid": True}
    del foods["valid_at"]

    before = checked(trial)
    scenario["at"] = "2027-07-01"
    after = checked(trial)

    assert (before, [problem.pointer for problem in after]) == (
        (),
        ["/scenarios/0/expect/valid"],
    )


def test_what_is_written_wrong_and_what_is_unknown_come_together(
    trial: Form, checked: Check
) -> None:
    photo = trial["sections"][1]
    photo["receivers"].insert(0, {"departmnt": "office", "fields": ["/photo/web"]})
    photo["receivers"][1]["department"] = "offise"
    trial["sections"][0]["schema"]["$defs"] = {"x": {"$ref": "http://example.se/x"}}

    found = [(problem.code, problem.pointer) for problem in checked(trial)]

    assert found == [
        ("FB170", "/sections/0/schema/$defs/x/$ref"),
        ("FB010", "/sections/1/receivers/0"),
        ("FB011", "/sections/1/receivers/0/departmnt"),
        ("FB156", "/sections/1/receivers/1/department"),
    ]


def test_problems_come_in_reading_order_with_true_lines(
    trial: Form, checked: Check
) -> None:
    trial["sections"][0]["controller"] = "bunn"
    trial["sections"][1]["receivers"][0]["department"] = "offise"
    lines = json.dumps(trial, ensure_ascii=False, indent=1).splitlines()

    found = checked(trial)

    assert [lines[problem.line - 1].strip() for problem in found] == [
        '"controller": "bunn",',
        '"department": "offise",',
    ]


def test_examples_with_code_lists_wait_for_the_directory(trial: Form) -> None:
    [problem] = check(json.dumps(trial))

    assert (problem.code, problem.severity) == ("FB181", "warning")


def test_a_broken_directory_is_said_too(trial: Form) -> None:
    text = json.dumps(trial)

    problems = check(text, file="form.json", directory_text="[a")

    assert ("directory.toml", "FB030") in [(p.file, p.code) for p in problems]


def test_a_draft_with_blanks_passes_with_warnings(trial: Form, checked: Check) -> None:
    for section in trial["sections"]:
        section["receivers"] = []
        section["purpose"] = ""
    strict = {problem.severity for problem in checked(trial)}

    draft = {problem.severity for problem in checked(trial, draft=True)}

    assert (strict, draft) == ({"error"}, {"warning"})


@pytest.mark.parametrize(
    "text",
    ['{"id": 9007199254740993}', '{"\\ud800": 1}', "[[[", "{}", '{"sections": [{}]}'],
)
def test_no_text_breaks_the_check(text: str) -> None:
    assert check(text)
