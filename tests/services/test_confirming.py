"""What is filled in for somebody counts once they have looked at it."""

import pytest
from household import ELIS, FATIMA, SARA, VERA
from school_start import PLAIN
from town import BROWSER, FLOW, Town, written

from formbuilder.services.drafts import Draft
from formbuilder.services.session import Session
from schemas.errors import InvalidSubmission
from schemas.pointers import get, with_value

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
PAGE = "dina-uppgifter"


@pytest.fixture
def second(school: Town) -> tuple[Session, Draft]:
    """Sara's new draft about her second child, after she has sent the first's."""
    school.register.guardians[VERA] = [SARA]
    school.send(SARA, ELIS, PLAIN)
    session = school.session(SARA)
    return session, school.services.drafts.open(
        session, "skolstart", school.child(VERA)
    )


def answers_of(name: str) -> dict[str, object]:
    scenarios = written(name).scenarios
    return next(s.answers for s in scenarios if s.expect.get("valid"))


def to_confirm(draft: Draft) -> list[str]:
    return [fault.pointer for fault in draft.found if fault.code == "confirm"]


def test_what_a_guardian_said_of_herself_is_filled_in_for_the_next_child(
    second: tuple[Session, Draft],
) -> None:
    _, draft = second

    assert draft.answers["contacts"]["mobile"] == PLAIN["contacts"]["mobile"]
    assert to_confirm(draft) == ["/contacts/mobile", "/contacts/mail"]


def test_nothing_about_one_child_stands_in_anothers_form(
    second: tuple[Session, Draft],
) -> None:
    _, draft = second

    assert "ice" not in draft.answers["contacts"]
    assert "diet" not in draft.answers


def test_her_page_is_not_done_until_she_has_saved_it(
    school: Town, second: tuple[Session, Draft]
) -> None:
    session, draft = second
    before = {p.page.id: p.is_complete for p in draft.pages()}
    said = {p: get(draft.answers, p) for p in ("/contacts/mobile", "/contacts/mail")}
    said["/contacts/interpreter"] = False
    saved = school.services.drafts.save_page(session, draft.id, PAGE, said)
    after = {p.page.id: p.is_complete for p in saved.draft.pages()}

    assert (before[PAGE], after[PAGE], to_confirm(saved.draft)) == (False, True, [])
    assert saved.draft.answers["contacts"]["mobile"] == said["/contacts/mobile"]


def test_adding_a_row_or_stopping_for_today_confirms_nothing(
    school: Town, second: tuple[Session, Draft]
) -> None:
    session, draft = second
    said = {"/contacts/mobile": draft.answers["contacts"]["mobile"]}
    saved = school.services.drafts.save_page(
        session, draft.id, PAGE, said, is_checked=False
    )

    assert to_confirm(saved.draft) == ["/contacts/mobile", "/contacts/mail"]


def test_another_page_confirms_nothing(
    school: Town, second: tuple[Session, Draft]
) -> None:
    session, draft = second
    said = {"/contacts/mobile": draft.answers["contacts"]["mobile"]}
    saved = school.services.drafts.save_page(session, draft.id, "ring", said)

    assert to_confirm(saved.draft) == ["/contacts/mobile", "/contacts/mail"]


def test_an_unconfirmed_answer_cannot_be_signed(
    school: Town, second: tuple[Session, Draft]
) -> None:
    session, draft = second
    for page in draft.pages(()):
        said = {
            q.pointer: value
            for q in page.questions
            if (value := get(PLAIN, q.pointer)) is not None
            and q.pointer != "/contacts/mobile"
        }
        school.services.drafts.save_page(session, draft.id, page.page.id, said)
    review = school.services.review.look(session, draft.id)

    assert not review.is_ready
    assert ("/contacts/mobile", "confirm") in {
        (fault.pointer, fault.code) for fault in review.faults
    }
    with pytest.raises(InvalidSubmission, match="/contacts/mobile: confirm"):
        school.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)


def test_once_confirmed_it_is_sent_as_any_other_answer(
    school: Town, second: tuple[Session, Draft]
) -> None:
    session, draft = second
    receipt = school.sign(session, school.fill(session, draft, PLAIN))

    assert receipt.child_name == "Vera"


def test_who_asks_again_for_themselves_meets_what_they_said_last(town: Town) -> None:
    town.publish("foreningsbidrag")
    session = town.session(FATIMA)
    answers = dict(answers_of("foreningsbidrag"))
    draft = town.services.drafts.open(session, "foreningsbidrag")
    upload = town.services.drafts.attach(
        session, draft.id, "/grant/statutes", "s.pdf", "application/pdf", iter([PDF])
    )
    answers = with_value(answers, "/grant/statutes", upload.value)
    town.sign(session, town.fill(session, draft, answers))
    again = town.services.drafts.open(session, "foreningsbidrag")

    assert set(again.answers["grant"]) == {"organisation", "number"}
    assert to_confirm(again) == ["/grant/organisation", "/grant/number"]
