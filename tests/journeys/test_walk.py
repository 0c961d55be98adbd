"""The walk: one family over real HTTP, every department, every record."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from formbuilder.demo import family
from formbuilder.demo.outcome import EXPECTED, UNEXPECTED, Received
from formbuilder.demo.town import stop, town
from formbuilder.demo.walk import Walk, walk

ROOT = Path(__file__).parents[2]
NOT_FOR_THE_KITCHEN = (
    family.ELIS,
    family.SARA,
    family.JOHAN,
    "Lindqvist",
    "0701740605",
    "sara@example.se",
    "Adrenalinpenna",
    "BVC",
    "intyg",
    "Ekbacksvägen",
)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with town(tmp_path_factory.mktemp("walk"), ROOT / "examples") as place:
        process = place.start_service()
        try:
            yield walk(place, lambda _: None)
        finally:
            stop(process)


def of(walked: Walk, department: str) -> list[Received]:
    return [one for one in walked.outcome.received if one.department == department]


def test_nothing_is_missing_and_nothing_is_too_much(walked: Walk) -> None:
    assert walked.outcome.missing() == []


@pytest.mark.parametrize("department", sorted(EXPECTED))
def test_every_department_that_should_got_its_answers(
    walked: Walk, department: str
) -> None:
    assert of(walked, department)


@pytest.mark.parametrize("department", sorted(UNEXPECTED))
def test_nobody_else_got_anything(walked: Walk, department: str) -> None:
    assert of(walked, department) == []


def test_the_kitchen_knows_what_to_avoid(walked: Walk) -> None:
    [told, *_] = of(walked, "kitchen")

    assert told.columns["diet.avoid"] == ["peanut", "nuts"]


@pytest.mark.parametrize("words", NOT_FOR_THE_KITCHEN)
def test_the_kitchen_must_not_know(walked: Walk, words: str) -> None:
    files = [file for one in of(walked, "kitchen") for file in one.files]

    assert files
    assert not [file.name for file in files if words.encode() in file.content]


def test_every_record_verifies(walked: Walk) -> None:
    findings = {one.name: one.findings for one in walked.outcome.archived}

    assert findings
    assert {name: found for name, found in findings.items() if found} == {}


def test_the_outcome_is_left_as_files(walked: Walk, tmp_path: Path) -> None:
    walked.outcome.write(tmp_path, walked.steps)

    told = json.loads((tmp_path / "walk.json").read_text(encoding="utf-8"))
    left = {path.name for path in (tmp_path / "receivers").iterdir()}
    assert left == EXPECTED
    assert list((tmp_path / "archive").iterdir())
    assert told["steps"] == walked.steps
