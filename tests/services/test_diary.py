"""Each board registers what comes to it: in a series of its own, without gaps."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from household import AMIR, ELIS, FATIMA, JOHAN, SARA
from school_start import PLAIN
from town import Town, written

from formbuilder.database import diary, units
from formbuilder.database.connection import TenantConnection
from formbuilder.database.units import UnitRow
from formbuilder.services.diary_numbers import DiaryNumbers
from schemas.acceptance import CaseState
from schemas.parsing import definition_from
from schemas.people import Family
from tests.installed import NOW


@pytest.fixture
def boards(town: Town) -> Town:
    """The school start, with transport under the executive board."""
    document = json.loads(json.dumps(written("skolstart").document))
    for section in document["sections"]:
        if section["id"] == "transport":
            section["controller"] = "ks"
    town.publish_definition(definition_from(json.dumps(document)))
    return town


def registered(town: Town) -> list[UnitRow]:
    with town.database.read("ekvalla") as tc:
        cases = {order.case_id for order in town.orders("archive")}
        return [row for case in sorted(cases) for row in units.of_case(tc, case)]


def numbers(town: Town, section: str = "") -> set[str]:
    return {
        row.diary_number
        for row in registered(town)
        if row.diary_number and section in ("", row.section)
    }


def test_each_board_has_a_number_of_its_own_for_a_case(boards: Town) -> None:
    boards.send(FATIMA, AMIR, PLAIN)

    assert numbers(boards) == {"BUN 2027/1", "KS 2027/1"}
    assert numbers(boards, "transport") == {"KS 2027/1"}
    assert numbers(boards, "enrolment") == {"BUN 2027/1"}


def test_what_comes_later_in_a_case_keeps_the_number(school: Town) -> None:
    school.send(SARA, ELIS, PLAIN)
    school.clock.pass_(days=300)
    school.send(JOHAN, ELIS, PLAIN)

    assert numbers(school) == {"BUN 2027/1"}


def test_cases_follow_each_other_without_a_gap(school: Town) -> None:
    for number, child in ((FATIMA, AMIR), (SARA, ELIS)):
        school.send(number, child, PLAIN)

    assert numbers(school) == {"BUN 2027/1", "BUN 2027/2"}


def test_each_unit_has_its_own_time_of_arrival(school: Town) -> None:
    school.send(SARA, ELIS, PLAIN)
    school.clock.pass_(hours=5)
    school.send(JOHAN, ELIS, PLAIN)

    arrived = {
        (row.section, row.part): row.accepted_at
        for row in registered(school)
        if row.accepted_at and not row.owner
    }
    assert arrived["diet", "safety"] == NOW
    assert arrived["enrolment", ""] == school.clock()


def test_what_waits_has_neither_number_nor_time(school: Town) -> None:
    school.send(SARA, ELIS, PLAIN)

    [waiting] = [row for row in registered(school) if row.section == "enrolment"]
    assert (waiting.accepted_at, waiting.diary_number) == (None, None)


def test_a_number_that_was_not_used_is_given_back(town: Town) -> None:
    def take(tc: TenantConnection, then: Any = None) -> int:
        number = diary.next_number(tc, series="bun", year=2027)
        if then:
            raise then
        return number

    first = town.database.write("ekvalla", take)
    with pytest.raises(LookupError):
        town.database.write("ekvalla", lambda tc: take(tc, LookupError()))
    second = town.database.write("ekvalla", take)

    assert (first, second) == (1, 2)


def test_another_municipality_counts_for_itself(town: Town) -> None:
    def take(tc: TenantConnection) -> int:
        return diary.next_number(tc, series="bun", year=2027)

    assert town.database.write("ekvalla", take) == 1
    assert town.database.write("nybro", take) == 1


def test_the_year_is_the_one_it_is_in_sweden(town: Town) -> None:
    almost = datetime(2027, 12, 31, 22, 59, tzinfo=UTC)
    after = datetime(2027, 12, 31, 23, 0, tzinfo=UTC)
    state = CaseState(units={}, family=Family(guardians=()))

    def take(now: datetime) -> str:
        return town.database.write(
            "ekvalla",
            lambda tc: DiaryNumbers(
                town.tools.directories["ekvalla"], tc, state, now
            ).number("bun"),
        )

    assert [take(almost), take(after)] == ["BUN 2027/1", "BUN 2028/1"]
