"""Forms that nobody here drew: one schema for each feature, and twenty from outside.

Those from outside lie beside the project: the folder is named by FORMBUILDER_CORPUS,
or is `shared/corpus` beside the checkout.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formbuilder.accessibility.drawing import (
    all_wrong,
    answered_pages,
    draw,
    whole_pages,
)
from formbuilder.corpus.case import Case, read_case
from renderers.html.fields import Filling, raws_of, unshown_on
from schemas.compiling import CompiledForm, compile_form
from schemas.errors import DefinitionRefused
from schemas.importing.making import import_schema
from schemas.parsing import definition_from
from schemas.settling import settle
from tests.inspecting import Inspector

pytestmark = [pytest.mark.browser, pytest.mark.long]

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CORPUS = Path(os.environ.get("FORMBUILDER_CORPUS", BESIDE)) / "cases"
FEATURES = Path(__file__).parents[1] / "features" / "cases"
ALL = ("sv empty", "sv wrong", "sv filled in", "ar empty", "ar wrong", "ar filled in")
HALF = ("sv wrong", "ar filled in")
"""The features are many: each is seen once in either direction."""

WANTED = 20
LARGEST = 40
"""Questions; a form of hundreds says nothing new, and takes its time."""


def imported(schema: Any, ui: Any = None) -> CompiledForm:
    """Return the form that `formbuilder import` makes of a schema."""
    made = import_schema(schema, ui, name="form")
    return compile_form(definition_from(json.dumps(made.document), draft=True))


def drawn(
    form: CompiledForm, answers: Any, wanted: tuple[str, ...]
) -> dict[str, bytes]:
    """Return every page in the languages and states that are wanted."""
    return {
        f"{language} {state} {page.shown.page.id}": page.html.encode()
        for language in ("sv", "ar")
        for state, pages, filling in states(form, answers, language)
        if f"{language} {state}" in wanted
        for page in draw(form, pages, language, filling)
    }


def states(
    form: CompiledForm, answers: Any, language: str
) -> Iterator[tuple[str, Any, Filling | None]]:
    whole = whole_pages(form)
    asked = tuple(question for page in whole for question in page.questions)
    yield "empty", whole, None
    yield "wrong", whole, all_wrong(asked, "Skriv något annat.")
    if answers:
        shown = answered_pages(form, answers)
        questions = tuple(question for page in shown for question in page.questions)
        saved = unshown_on(questions)
        raws = raws_of(questions, settle(form, answers).shown, language)
        kept = {pointer: raw for pointer, raw in raws.items() if pointer not in saved}
        yield "filled in", shown, Filling(raws=kept, saved=saved)


def answers_of(case: Case) -> Any:
    return next((one.answers for one in case.instances if one.is_valid), {})


def test_axe_finds_nothing_in_forms_of_one_feature_each(inspected: Inspector) -> None:
    cases = list(map(read_case, sorted(FEATURES.glob("*.json"))))
    found = {
        case.name: inspected.all_faults(drawn(form, answers_of(case), HALF))
        for case in cases
        if (form := form_of(case)) is not None
    }

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) > len(cases) / 2


def chosen() -> Iterator[tuple[Case, CompiledForm]]:
    """Yield the first case that becomes a form out of every twentieth of them."""
    paths = sorted(CORPUS.glob("*.json"))
    for number in range(WANTED):
        start, end = (len(paths) * at // WANTED for at in (number, number + 1))
        usable = (
            (case, form)
            for case in map(read_case, paths[start:end])
            if (form := form_of(case)) is not None
        )
        yield next(usable)


def form_of(case: Case) -> CompiledForm | None:
    """Return the form that a case becomes, None if it is none of ordinary size."""
    try:
        form = imported(case.schema, case.ui)
    except DefinitionRefused:
        return None
    return form if 0 < len(form.questions) <= LARGEST else None


@pytest.mark.skipif(
    not CORPUS.is_dir(),
    reason="no schemas from outside here: set FORMBUILDER_CORPUS to the folder with cases/",
)
def test_axe_finds_nothing_in_forms_from_outside(inspected: Inspector) -> None:
    found = {
        case.name: inspected.all_faults(drawn(form, answers_of(case), ALL))
        for case, form in chosen()
    }

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) == WANTED
