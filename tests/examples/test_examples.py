"""The example forms keep what the school start promises each receiver."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from schemas.checking import check
from schemas.compiling import CompiledForm, compile_form
from schemas.directory import parse_directory
from schemas.parsing import definition_from
from schemas.projection import receivers

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
SMALL: Final = ("felanmalan", "bygglovsfraga", "foreningsbidrag")
MEANT: Final = {"FB132", "FB134", "FB162"}
"""Warnings that stay: receivers say why beside them, drafts say that they are."""

MUST_NOT: Final = {
    "kitchen": ("/child/personal_number", "/child/address", "/child/guardians",
                "/contacts", "/diet/certificate", "/diet/note", "/photo", "/health"),
    "communication": ("/child/personal_number", "/child/address", "/contacts", "/diet",
                      "/health", "/leisure", "/transport"),
    "class_teacher": ("/child/personal_number", "/child/address", "/health",
                      "/leisure/income", "/leisure/income_partner", "/diet/certificate"),
    "leisure_centre": ("/health", "/leisure/income", "/diet/certificate"),
    "finance": ("/diet", "/health", "/photo"),
    "it": ("/child/address", "/contacts", "/diet", "/health", "/leisure", "/photo"),
    "school_transport": ("/diet", "/health", "/photo", "/leisure/income"),
    "placement": ("/diet", "/health", "/photo"),
    "school_office": ("/health", "/leisure/income", "/diet/certificate"),
    "mother_tongue_unit": ("/diet", "/health", "/leisure", "/photo"),
}  # fmt: skip


def text(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def school_start() -> CompiledForm:
    directory = parse_directory(text("directory.toml"))
    definition = definition_from(text("skolstart.json"), read=text)
    return compile_form(definition, directory.code_lists, date(2027, 8, 17))


def addressed(form: CompiledForm, department: str) -> set[str]:
    """Return what the columns of all the department's views show."""
    return {
        field.pointer
        for receiver in receivers(form)
        if receiver.department == department
        for field in receiver.fields
        if field.pointer
    }


@pytest.mark.parametrize("name", ["skolstart", *SMALL])
def test_an_example_has_nothing_wrong_and_its_scenarios_come_true(name: str) -> None:
    problems = check(
        text(f"{name}.json"), read=text, directory_text=text("directory.toml")
    )

    assert [p for p in problems if p.code not in MEANT] == []


@pytest.mark.parametrize("name", SMALL)
def test_a_small_form_stays_small(name: str) -> None:
    assert len(text(f"{name}.json").splitlines()) < 150


def test_the_school_start_has_at_least_twelve_scenarios(
    school_start: CompiledForm,
) -> None:
    assert len(school_start.definition.scenarios) >= 12


def test_every_question_of_the_school_start_is_in_english(
    school_start: CompiledForm,
) -> None:
    swedish = [
        question.pointer
        for question in school_start.questions.values()
        if question.title and question.title_in("en") == question.title
    ]

    assert swedish == []


@pytest.mark.parametrize("department", MUST_NOT)
def test_a_department_never_sees_what_is_not_its_business(
    school_start: CompiledForm, department: str
) -> None:
    seen = [
        pointer
        for pointer in addressed(school_start, department)
        for shut in MUST_NOT[department]
        if pointer == shut or pointer.startswith(f"{shut}/")
    ]

    assert addressed(school_start, department)
    assert seen == []


def test_only_school_health_reads_the_health_section(
    school_start: CompiledForm,
) -> None:
    readers = {
        receiver.department
        for receiver in receivers(school_start)
        if any(field.pointer.startswith("/health/") for field in receiver.fields)
    }

    assert {"school_health"} == readers


def test_the_school_start_uses_every_channel(school_start: CompiledForm) -> None:
    used = {c for receiver in receivers(school_start) for c in receiver.channels}

    assert {"inbox", "folder", "webhook"} == used
