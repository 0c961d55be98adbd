"""What every population register promises, told with the simulator's families."""

from datetime import date

import pytest

ON = date(2027, 4, 1)

SARA, JOHAN, ELIS = "198604222383", "198503092390", "202103142390"
MARIA, PETER, VERA = "198704122384", "198404282397", "202104182387"
GUNILLA, LEO = "196901119286", "202101142392"
OLENA, SOFIA = "198905672385", "202102152382"
ERIK, NILS = "198306102396", "202106122399"
MOA, HUGO = "202105162388", "202111182396"
HANNA, VIKTOR, SIGNE = "199012082385", "199011302396", "202106292382"
CAMILLA, DAVID, ELLEN = "198312122388", "198310052397", "202107212389"
EVA, LARS, TUVA = "198012072388", "197904072399", "202108292380"
REBECKA, STINA = "199203152385", "202112152380"
ASA, TAGE, TILDA = "198408022385", "202003272396", "202003282387"
NOBODY = "192510067560"


def numbers(people) -> list[str]:
    return [person.personal_number for person in people]


def test_two_guardians_decide_for_their_child_in_the_registers_order(register):
    assert numbers(register.guardians_of(ELIS, ON)) == [SARA, JOHAN]


def test_a_guardian_finds_the_children_eldest_first(register):
    assert numbers(register.children_of(SARA, ON)) == ["201004102388", ELIS]


def test_twins_are_two_children(register):
    assert numbers(register.children_of(ASA, ON)) == [TAGE, TILDA]


def test_those_who_live_together_share_an_address_and_others_do_not(register):
    sara, elis = register.person(SARA), register.person(ELIS)
    maria, peter, vera = (register.person(n) for n in (MARIA, PETER, VERA))

    assert sara.address_id == elis.address_id != ""
    assert maria.address_id == vera.address_id
    assert peter.address_id not in (vera.address_id, "")


def test_an_address_id_does_not_say_where_it_is(register):
    sara = register.person(SARA)

    assert sara.address == ("Ekbacksvägen 4", "12345 Ekvalla")
    assert "ekbacken" not in sara.address_id.lower()


def test_a_specially_appointed_guardian_is_a_guardian(register):
    assert numbers(register.guardians_of(LEO, ON)) == [GUNILLA]
    assert register.person(LEO).guardians[0].is_appointed


def test_a_guardian_may_have_a_coordination_number(register):
    assert OLENA in numbers(register.guardians_of(SOFIA, ON))


def test_a_guardian_abroad_still_decides(register):
    erik = register.guardians_of(NILS, ON)[1]

    assert (erik.personal_number, erik.gone) == (ERIK, "emigrated")
    assert erik.address[-1] == "Norge"
    assert erik.address_id == ""


def test_a_dead_guardian_decides_no_more(register):
    assert numbers(register.guardians_of(TUVA, ON)) == [EVA]
    assert register.children_of(LARS, ON) == ()
    assert register.person(LARS).is_dead(ON)


def test_custody_ends_after_its_last_day(register):
    last, after = date(2027, 5, 1), date(2027, 5, 2)

    assert numbers(register.guardians_of(ELLEN, last)) == [CAMILLA, DAVID]
    assert numbers(register.children_of(CAMILLA, last)) == [ELLEN]
    assert numbers(register.guardians_of(ELLEN, after)) == [DAVID]
    assert register.children_of(CAMILLA, after) == ()


def test_custody_begins_on_its_first_day(register):
    assert register.guardians_of(LEO, date(2024, 1, 31)) == ()


def test_a_guardian_without_number_is_there_and_unknown(register):
    rebecka, other = register.guardians_of(STINA, ON)

    assert rebecka.personal_number == REBECKA
    assert (other.personal_number, other.protection) == ("", "unknown")


@pytest.mark.parametrize(
    ("number", "protection"),
    [
        (SARA, "none"),
        (MOA, "marked"),
        (HANNA, "protected"),
        (HUGO, "unknown"),
    ],
)
def test_protection_has_three_sorts_and_not_knowing(register, number, protection):
    assert register.person(number).protection == protection


@pytest.mark.parametrize("number", [MOA, HANNA, HUGO])
def test_no_address_of_somebody_who_may_be_protected_comes_through(register, number):
    person = register.person(number)

    assert (person.address, person.address_id) == ((), "")


def test_nobody_is_nobody(register):
    assert register.person(NOBODY) is None
    assert register.children_of(NOBODY, ON) == ()
    assert register.guardians_of(NOBODY, ON) == ()


def test_a_stranger_has_no_children_here(register):
    assert register.children_of("196408102991", ON) == ()
