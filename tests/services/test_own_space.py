"""What is not sent yet is the person's own: kept, found again, destroyed in time."""

import pytest
from household import ELIS, FATIMA, JOHAN, SARA
from school_start import PLAIN
from town import Town

from formbuilder.services.errors import SourcesChanged
from formbuilder.services.parking import Parked
from schemas.errors import InvalidAnswer, InvalidSubmission, Refused
from schemas.pointers import ABSENT

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
AT = "/diet/certificate"


def test_a_draft_is_found_again_after_another_login(school: Town) -> None:
    first = school.answered(school.session(SARA), ELIS, PLAIN)
    again = school.services.drafts.open(
        school.session(SARA), "skolstart", school.child(ELIS)
    )

    assert (again.id, again.answers) == (first.id, first.answers)


def test_yes_no_yes_loses_nothing_that_was_typed(school: Town) -> None:
    session = school.session(SARA)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))
    save = school.services.drafts.save_page
    page = next(
        p.id
        for s in draft.form.definition.sections
        for p in s.pages
        if "/mother_tongue/apply" in p.fields
    )
    save(session, draft.id, page, {"/mother_tongue/apply": True})
    asked = [p for p in draft.form.questions if p.startswith("/mother_tongue/lang")]
    typed = {p: "ckb" for p in asked if p == "/mother_tongue/language"}
    save(session, draft.id, page, typed)
    off = save(session, draft.id, page, {"/mother_tongue/apply": False}).draft
    on = save(session, draft.id, page, {"/mother_tongue/apply": True}).draft

    assert "language" not in off.settled.answers.get("mother_tongue", {})
    assert on.settled.answers["mother_tongue"]["language"] == "ckb"


def test_an_answer_can_be_taken_away(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    saved = school.services.drafts.save_page(
        session, draft.id, "dina-uppgifter", {"/contacts/mobile": ABSENT}
    )

    assert [fault.pointer for fault in saved.faults] == ["/contacts/mobile"]
    assert saved.next_page == "dina-uppgifter"


def test_a_page_keeps_only_what_it_asks(school: Town) -> None:
    session = school.session(SARA)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))
    saved = school.services.drafts.save_page(
        session, draft.id, "dina-uppgifter", {"/diet/need": True, "/no/such": 1}
    )

    assert "diet" not in saved.draft.answers


def test_an_unfinished_draft_cannot_be_signed(school: Town) -> None:
    session = school.session(SARA)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))

    with pytest.raises(InvalidSubmission):
        school.sign(session, draft)


def test_what_the_register_changed_is_shown_before_signing(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    old = school.register.people[ELIS]
    school.register.people[ELIS] = old.__class__(
        personal_number=ELIS,
        given_name="Elias",
        family_name="Lindqvist",
        address=old.address,
        address_id=old.address_id,
        protection="none",
    )

    with pytest.raises(SourcesChanged) as changed:
        school.sign(session, draft)
    assert changed.value.pointers == ("/child/given_name",)
    school.sign(session, school.services.drafts.get(session, draft.id))


def test_a_draft_is_destroyed_when_its_time_is_out(school: Town) -> None:
    session = school.session(SARA)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))
    school.clock.pass_(days=31)

    assert school.services.drafts.list(session) == ()
    assert school.services.drafts.prune("ekvalla") == 1
    with pytest.raises(Refused):
        school.services.drafts.get(session, draft.id)


def test_a_sent_draft_is_empty(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    school.sign(session, draft)

    with pytest.raises(Refused):
        school.services.drafts.get(session, draft.id)


def test_a_late_post_waits_for_its_person_for_half_an_hour(school: Town) -> None:
    session = school.session(SARA)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))
    parking, fields = school.services.parking, {"contacts.mail": ["a@example.se"]}
    parked, late = parking.place(), parking.place()
    post = Parked(draft_id=draft.id, page_id="ring", fields=fields)
    parking.park(session, parked, post)

    assert parking.parked(school.session(JOHAN), parked) is None
    found = parking.parked(school.session(SARA), parked)
    assert found is not None
    assert found.fields == fields
    assert parking.parked(school.session(SARA), parked) == found
    parking.forget(school.session(SARA))
    assert parking.parked(school.session(SARA), parked) is None

    parking.park(session, late, post)
    school.clock.pass_(minutes=31)
    assert parking.parked(school.session(SARA), late) is None


def test_a_file_follows_its_draft_and_is_gone_with_it(school: Town) -> None:
    session = school.session(FATIMA)
    child = school.services.family.children(session)[0].id
    draft = school.services.drafts.open(session, "skolstart", child)
    upload = school.services.drafts.attach(
        session, draft.id, AT, "intyg.pdf", "application/pdf", iter([PDF])
    )

    assert [u.name for u in school.services.drafts.uploads(session, draft.id)] == [
        "intyg.pdf"
    ]
    assert upload.value.startswith("sha256:")
    with pytest.raises(Refused):
        school.services.drafts.uploads(school.session(SARA), draft.id)
    school.services.drafts.discard(session, draft.id)
    assert school.tools.objects is not None
    assert list(school.tools.objects.names("ekvalla")) == []


def test_a_file_that_is_not_what_it_says_is_refused(school: Town) -> None:
    session = school.session(FATIMA)
    child = school.services.family.children(session)[0].id
    draft = school.services.drafts.open(session, "skolstart", child)

    with pytest.raises(InvalidAnswer):
        school.services.drafts.attach(
            session, draft.id, AT, "intyg.pdf", "application/pdf", iter([b"MZ\x90"])
        )


def test_the_review_says_what_arrives_at_once_and_who_is_waited_for(
    school: Town,
) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    review = school.services.review.look(session, draft.id)

    by_unit = {(u.section, u.part): u for u in review.units}
    assert review.is_ready
    assert review.needs_signature
    assert by_unit["diet", "safety"].arrives_at_once
    assert by_unit["enrolment", ""].waits_for == ("Johan",)
    assert by_unit["health", ""].receivers == ("Elevhälsans medicinska insats",)
