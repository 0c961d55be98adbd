"""Who may act for whom: the register decides, never a link or a guess."""

import pytest
from household import AMIR, ELIS, JOHAN, SARA, VERA
from school_start import PLAIN
from town import Town

from formbuilder.database import audit
from formbuilder.services.errors import ProtectedStop
from schemas.errors import Refused


def opened(town: Town, number: str, child: str) -> object:
    session = town.session(number)
    return town.services.drafts.open(session, "skolstart", town.child(child))


def drafts_of(town: Town, number: str) -> int:
    return len(town.services.drafts.list(town.session(number)))


def test_a_guardian_chooses_among_their_own_children(school: Town) -> None:
    found = school.services.family.children(school.session(SARA))

    assert [child.given_name for child in found] == ["Elis"]


@pytest.mark.parametrize("whose", [ELIS, SARA, JOHAN])
@pytest.mark.parametrize("protection", ["marked", "protected", "unknown"])
def test_protection_of_anyone_stops_before_the_first_question(
    school: Town, whose: str, protection: str
) -> None:
    school.register.protect(whose, protection)

    with pytest.raises(ProtectedStop):
        opened(school, SARA, ELIS)
    assert drafts_of(school, SARA) == 0


def test_a_strangers_child_is_refused_and_written_down(school: Town) -> None:
    with pytest.raises(Refused):
        opened(school, SARA, VERA)

    with school.database.read("ekvalla") as tc:
        last = audit.newest(tc, limit=1)[0]
    assert (last.event, last.detail) == ("refused", {"reason": "not_a_guardian"})


def test_a_made_up_child_is_refused_in_the_same_way(school: Town) -> None:
    with pytest.raises(Refused, match="not_a_guardian"):
        school.services.drafts.open(school.session(SARA), "skolstart", "made-up")


def test_nobody_opens_somebody_elses_draft(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)

    for stranger in (school.session(JOHAN), school.session(SARA, tenant="nybro")):
        with pytest.raises(Refused):
            school.services.drafts.get(stranger, draft.id)


def test_nobody_opens_somebody_elses_case(school: Town) -> None:
    receipt = school.send(SARA, ELIS, PLAIN)
    strangers = [
        school.session(school.register.guardians[AMIR][0]),
        school.session(school.register.guardians[VERA][0]),
        school.session(SARA, tenant="nybro"),
    ]

    for stranger in strangers:
        with pytest.raises(Refused):
            school.services.mine.case(stranger, receipt.case_id)
        with pytest.raises(Refused):
            school.services.receipts.view(stranger, receipt.case_id)


def test_what_only_the_register_may_say_is_not_taken_from_the_browser(
    school: Town,
) -> None:
    session = school.session(SARA)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))
    saved = school.services.drafts.save_page(
        session, draft.id, "dina-uppgifter", {"/contacts/name": "Någon Annan"}
    )

    assert saved.draft.answers["contacts"]["name"] == "Sara Lindqvist"
    assert saved.draft.answers["child"]["personal_number"] == ELIS


def test_who_left_the_family_no_longer_sees_the_case(school: Town) -> None:
    receipt = school.send(SARA, ELIS, PLAIN)
    school.register.guardians[ELIS] = [JOHAN]

    with pytest.raises(Refused):
        school.services.mine.case(school.session(SARA), receipt.case_id)
    assert school.services.mine.overview(school.session(SARA)).cases == ()
