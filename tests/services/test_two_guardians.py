"""Two guardians who decide together, and do not always agree."""

import pytest
from household import ELIS, JOHAN, SARA
from school_start import ALLERGY, NUTS, PLAIN, with_photo
from town import BROWSER, FLOW, Town

from formbuilder.services.errors import NothingToSend, StaleDraft
from formbuilder.services.session import Session
from schemas.errors import Refused


def waiting(town: Town, session: Session) -> str:
    [card] = town.services.mine.overview(session).cases
    return card.case_id


def cosign(town: Town, number: str) -> None:
    session = town.session(number)
    case_id = waiting(town, session)
    order = town.services.mine.start_sign(session, case_id, "bankid", BROWSER, FLOW)
    town.services.identify.status("ekvalla", order, FLOW)
    town.services.sign.finish(session, order, FLOW)


def test_the_allergy_reaches_the_kitchen_at_the_first_signature(school: Town) -> None:
    receipt = school.send(SARA, ELIS, NUTS)

    arrived = {(u.section, u.part) for u in receipt.units if u.arrived_at}
    assert ("diet", "safety") in arrived
    assert ("enrolment", "") not in arrived
    assert len(school.told("diet.kitchen")) == 1


def test_the_rest_arrives_when_the_other_has_signed(school: Town) -> None:
    school.send(SARA, ELIS, NUTS)
    cosign(school, JOHAN)

    session = school.session(SARA)
    receipt = school.services.receipts.view(session, waiting(school, session))
    assert all(u.arrived_at for u in receipt.units if u.section == "enrolment")


def test_what_waits_is_told_to_nobody(school: Town) -> None:
    school.send(SARA, ELIS, PLAIN)

    assert not [
        o for o in school.orders() if (o.receiver or "").startswith("enrolment")
    ]


def test_the_allergy_stays_with_the_kitchen_when_the_other_declines(
    school: Town,
) -> None:
    school.send(SARA, ELIS, NUTS)
    session = school.session(JOHAN)
    case_id = waiting(school, session)
    asked = school.services.mine.to_sign(session, case_id)
    school.services.mine.decline(
        session, case_id, tuple(u.unit_id for u in asked.units)
    )

    assert len(school.told("diet.kitchen")) == 1
    assert not school.services.mine.to_sign(session, case_id).units


def test_easing_the_allergy_waits_for_both(school: Town) -> None:
    school.send(SARA, ELIS, NUTS)
    school.send(JOHAN, ELIS, NUTS | {"diet": ALLERGY | {"avoid": ["nuts"]}})

    [told] = school.told("diet.kitchen")
    assert told is not None
    assert told["diet.avoid"] == ["nuts", "peanut"]


def test_a_changed_allergy_adds_at_once_and_removes_when_both_have_signed(
    school: Town,
) -> None:
    school.send(SARA, ELIS, NUTS)
    school.send(JOHAN, ELIS, NUTS | {"diet": ALLERGY | {"avoid": ["nuts", "sesame"]}})
    cosign(school, SARA)

    avoided = [t["diet.avoid"] for t in school.told("diet.kitchen") if t]
    assert avoided == [
        ["nuts", "peanut"],
        ["nuts", "peanut", "sesame"],
        ["nuts", "sesame"],
    ]


def test_one_no_to_photos_wins(school: Town) -> None:
    school.send(SARA, ELIS, with_photo())
    school.send(JOHAN, ELIS, with_photo(web=False))

    [told] = school.told("photo.communication")
    assert told is not None
    assert told["channels"] == ["SOCIALA-MEDIER", "TRYCK", "FORNAMN"]


def test_a_yes_to_photos_alone_is_told_to_nobody(school: Town) -> None:
    school.send(SARA, ELIS, with_photo())

    assert not school.told("photo.communication")
    assert not school.told("photo.school_office")


def test_taking_a_yes_back_reaches_everyone_who_was_told_yes(school: Town) -> None:
    school.send(SARA, ELIS, with_photo(social=False, print=False))
    school.send(JOHAN, ELIS, with_photo(social=False, print=False))
    session = school.session(JOHAN)
    school.services.mine.withdraw(session, waiting(school, session), "publish.web")

    office = [t and t["photo.web"] for t in school.told("photo.school_office")]
    assert office[-2:] == [True, False]
    assert school.told("photo.communication")[-1] is None
    assert school.told("skolstart.klasslista")[-1]["photo"] == []


def test_a_consent_runs_out_by_itself(school: Town) -> None:
    school.send(SARA, ELIS, with_photo(until="2027-08-31"))
    school.send(JOHAN, ELIS, with_photo(until="2027-08-31"))
    since = school.clock()
    school.clock.pass_(days=200)

    assert school.services.fulfil.expire_consents("ekvalla", since)
    assert school.told("photo.communication")[-1] is None
    assert not school.services.fulfil.expire_consents("ekvalla", since)


def test_each_guardian_gives_and_sees_their_own_contact_data_only(school: Town) -> None:
    school.send(SARA, ELIS, PLAIN)
    session = school.session(JOHAN)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))

    view = school.services.mine.case(session, waiting(school, session))
    seen = f"{draft.answers} {view} {school.services.mine.overview(session)}"
    assert "sara@example.se" not in seen
    assert "0701740605" not in seen
    assert draft.answers["contacts"]["name"] == "Johan Lindqvist"


def test_the_office_gets_both_guardians_own_data_in_the_registers_order(
    school: Town,
) -> None:
    school.send(
        JOHAN, ELIS, PLAIN | {"contacts": PLAIN["contacts"] | {"mail": "j@example.se"}}
    )
    school.send(SARA, ELIS, PLAIN)

    told = school.told("contacts.school_office")[-1]
    assert told is not None
    assert told["contacts.mail"] == ["sara@example.se", "j@example.se"]


def test_a_photo_answer_is_never_shown_to_the_other_before_they_answer(
    school: Town,
) -> None:
    school.send(SARA, ELIS, with_photo())
    session = school.session(JOHAN)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))

    assert "web" not in draft.answers.get("photo", {})


def test_a_section_the_other_signed_meanwhile_must_be_looked_at_again(
    school: Town,
) -> None:
    session = school.session(JOHAN)
    late = school.answered(
        session,
        ELIS,
        PLAIN | {"enrolment": PLAIN["enrolment"] | {"choices": ["linden"]}},
    )
    school.send(SARA, ELIS, PLAIN)

    with pytest.raises(StaleDraft) as stale:
        school.sign(session, late)
    assert "enrolment" in stale.value.sections
    school.sign(session, school.services.drafts.get(session, late.id))


def test_what_somebody_else_signed_while_the_app_was_open_stops_the_signature(
    school: Town,
) -> None:
    session = school.session(JOHAN)
    other = PLAIN | {"enrolment": PLAIN["enrolment"] | {"choices": ["linden"]}}
    draft = school.answered(session, ELIS, other)
    order = school.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
    school.services.identify.status("ekvalla", order, FLOW)
    school.send(SARA, ELIS, PLAIN)

    with pytest.raises(StaleDraft):
        school.services.sign.finish(session, order, FLOW)
    assert school.services.drafts.get(session, draft.id).answers["enrolment"]


def test_who_stopped_being_a_guardian_while_signing_is_refused(school: Town) -> None:
    session = school.session(JOHAN)
    draft = school.answered(session, ELIS, PLAIN)
    order = school.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
    school.services.identify.status("ekvalla", order, FLOW)
    school.register.guardians[ELIS] = [SARA]

    with pytest.raises(Refused):
        school.services.sign.finish(session, order, FLOW)
    assert not school.orders()


def test_sending_the_same_again_sends_nothing(school: Town) -> None:
    school.send(SARA, ELIS, PLAIN)
    before = len(school.orders())
    again = {key: value for key, value in PLAIN.items() if key != "health"}

    with pytest.raises(NothingToSend):
        school.send(SARA, ELIS, again)
    assert len(school.orders()) == before


def test_one_changed_answer_is_told_to_those_who_read_it_only(school: Town) -> None:
    school.send(SARA, ELIS, NUTS)
    before = {o.id for o in school.orders()}
    ice = [{"name": "Gun Ek", "relation": "Farmor", "phone": "0701740607"}]
    school.send(SARA, ELIS, NUTS | {"contacts": PLAIN["contacts"] | {"ice": ice}})

    new = {o.receiver for o in school.orders() if o.id not in before}
    assert "diet.kitchen" not in new
    assert "contacts.school_office" in new


def test_a_change_that_waits_does_not_hide_what_counts_now(school: Town) -> None:
    school.send(SARA, ELIS, PLAIN)
    cosign(school, JOHAN)
    session = school.session(SARA)
    other = PLAIN["enrolment"] | {"choices": ["strandskolan"]}
    receipt = school.send(SARA, ELIS, PLAIN | {"enrolment": other})

    view = school.services.mine.case(session, waiting(school, session))
    cards = [u for u in view.card.units if u.section == "enrolment"]
    answers = {
        u.unit_id: u.answers["enrolment"]["choices"]
        for u in view.units
        if u.section == "enrolment"
    }
    assert [(u.status, u.is_change, answers[u.unit_id]) for u in cards] == [
        ("received", False, ["ekbacken", "strandskolan"]),
        ("waiting", True, ["strandskolan"]),
    ]
    told = [u for u in receipt.units if u.section == "enrolment"]
    assert [(bool(u.arrived_at), u.waits_for) for u in told] == [
        (True, ()),
        (False, ("Johan",)),
    ]
