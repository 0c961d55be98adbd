"""The people of a trial: enough stories, and nobody real."""

from datetime import date

from formbuilder.simulators.personas import (
    BY_NUMBER,
    CUSTODY,
    HOMES,
    PERSONAS,
    children_of,
    persona,
    printed,
    with_bankid,
)
from schemas.personal_number import parse_personal_number

TODAY = date(2027, 4, 1)


def test_there_are_at_least_twenty_and_each_has_a_story():
    assert len(PERSONAS) >= 20
    assert all(one.story.endswith(".") for one in PERSONAS)


def test_every_number_is_whole_and_nobodys_twice():
    assert len(BY_NUMBER) == len(PERSONAS)
    for one in PERSONAS:
        assert parse_personal_number(one.number, today=TODAY).value == one.number


def test_every_home_and_every_guardian_exists():
    assert {one.home for one in PERSONAS} - {""} <= set(HOMES)
    assert {c.child for c in CUSTODY} <= set(BY_NUMBER)
    assert {c.guardian for c in CUSTODY} - {""} <= set(BY_NUMBER)


def test_whoever_has_a_coordination_number_has_no_bankid():
    numbers = [parse_personal_number(p.number, today=TODAY) for p in with_bankid()]

    assert {number.kind for number in numbers} == {"personal"}


def test_every_child_who_starts_school_has_a_guardian():
    children = {one.number for one in PERSONAS if one.role == "child"}

    assert children <= {c.child for c in CUSTODY}


def test_the_printed_page_has_a_line_for_everyone_who_can_log_in():
    lines = list(printed())

    assert len(lines) == len(with_bankid())
    assert "Sara Lindqvist" in lines[0]


def test_a_persona_is_found_by_number_and_knows_the_children():
    assert persona("198604222383").name == "Sara Lindqvist"
    assert [c.given for c in children_of("198408022385")] == ["Tage", "Tilda"]
    assert persona("nobody") is None
