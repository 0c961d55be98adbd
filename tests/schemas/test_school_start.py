"""Promise 3 and the engine's laws on the whole school-start form."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.comparing import KEYWORDS
from schemas.compiling import CompiledForm, compile_form
from schemas.directory import parse_directory
from schemas.parsing import parse_definition
from schemas.projection import project, reads, receivers
from schemas.reading import restrict
from schemas.settling import settle
from schemas.units import Unit, combine, unit_answers
from schemas.validation import faults

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def school_start() -> CompiledForm:
    text = (EXAMPLES / "skolstart.json").read_text()
    parsed = parse_definition(text, read=lambda name: (EXAMPLES / name).read_text())
    assert parsed.definition is not None
    directory = parse_directory((EXAMPLES / "directory.toml").read_text())
    return compile_form(parsed.definition, directory.code_lists)


SECTIONS = [section.id for section in school_start().definition.sections]
GIVEN = [
    combine([scenario.answers, scenario.facts])
    for scenario in school_start().definition.scenarios
]
RECEIVERS = [receiver.id for receiver in receivers(school_start())]


@st.composite
def families(draw: Any) -> Any:
    """Draw each section from some family, so that their answers mix."""
    chosen = {
        name: draw(st.sampled_from(GIVEN)).get(name)
        for name in ["child", "facts", *SECTIONS]
    }
    answers = {name: value for name, value in chosen.items() if value is not None}
    for name in draw(st.sets(st.sampled_from(SECTIONS), max_size=3)):
        answers.pop(name, None)
    return answers


@pytest.mark.parametrize("name", RECEIVERS)
@given(families(), families())
def test_equal_addressed_answers_give_equal_bytes(
    name: str, one: Any, other: Any
) -> None:
    form = school_start()
    receiver = next(r for r in receivers(form) if r.id == name)
    addressed = tuple(sorted(reads(form, receiver)))
    rest = Unit(section="", part="", title="", fields=("",), without=addressed)
    # The other family's answers wherever this receiver is not addressed.
    mixed = combine([unit_answers(rest, other), restrict(one, addressed)])

    def payload(answers: Any) -> bytes | None:
        found = project(form, receiver, answers, ref="r")
        return None if found is None else found.bytes()

    assert payload(mixed) == payload(one)


@given(families())
def test_settled_answers_settle_to_themselves(answers: Any) -> None:
    once = settle(school_start(), answers)

    assert settle(school_start(), once.answers).answers == once.answers
    assert settle(school_start(), once.answers).dropped == ()


@given(families())
def test_there_are_faults_exactly_when_the_plain_schema_refuses(answers: Any) -> None:
    settled = settle(school_start(), answers)
    found = faults(school_start(), settled)

    # Other validators ignore what compares two answers.
    plain = [fault for fault in found if fault.code not in KEYWORDS]
    assert bool(plain) is not school_start().validator.is_valid(settled.answers)
    places = {*settled.asked, *settled.containers}
    assert {fault.pointer.rstrip("/0123456789") for fault in found} <= {
        place.rstrip("/0123456789") for place in places
    }
