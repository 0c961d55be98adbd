"""Log-ins and signatures: bound to their browser, used once, never lost."""

import pytest
from household import ELIS, JOHAN, SARA
from school_start import PLAIN
from town import BROWSER, FLOW, Town

from formbuilder.database import eid_orders
from formbuilder.services.errors import ProtectedStop, SigningRefused
from schemas.errors import Refused


def login(town: Town, number: str = SARA) -> str:
    town.bankid.approved_by = number
    return town.services.identify.start_login(
        "ekvalla", "guardian", "bankid", BROWSER, FLOW
    )


def test_a_completed_login_is_a_session_of_that_person(town: Town) -> None:
    order = login(town)
    town.services.identify.status("ekvalla", order, FLOW)
    token, session = town.services.identify.finish_login("ekvalla", order, FLOW)

    assert session.personal_number == SARA
    assert town.services.sessions.resolve("ekvalla", token) == session


def test_a_login_is_used_once(town: Town) -> None:
    order = login(town)
    town.services.identify.status("ekvalla", order, FLOW)
    town.services.identify.finish_login("ekvalla", order, FLOW)

    with pytest.raises(Refused):
        town.services.identify.finish_login("ekvalla", order, FLOW)


def test_an_order_is_nothing_to_another_browser(town: Town) -> None:
    order = login(town)

    with pytest.raises(Refused):
        town.services.identify.status("ekvalla", order, "another cookie")


def test_an_order_is_nothing_to_another_tenant(town: Town) -> None:
    order = login(town)

    with pytest.raises(Refused):
        town.services.identify.status("nybro", order, FLOW)


def test_one_answer_at_a_time_is_asked_for(town: Town) -> None:
    town.bankid.is_slow = True
    order = login(town)
    for _ in range(3):
        town.services.identify.status("ekvalla", order, FLOW)

    assert town.bankid.collects == 1


def test_an_order_whose_asker_was_killed_is_asked_for_again(town: Town) -> None:
    order = login(town)
    now = town.clock()
    town.database.write(
        "ekvalla",
        lambda tc: eid_orders.claim(tc, order, now=now, not_after=now, lease_until=now),
    )
    assert town.services.identify.status("ekvalla", order, FLOW).state == "pending"
    town.clock.pass_(seconds=20)

    assert town.services.identify.status("ekvalla", order, FLOW).state == "complete"


def test_an_order_runs_out(town: Town) -> None:
    town.bankid.is_slow = True
    order = login(town)
    town.clock.pass_(minutes=11)

    assert town.services.identify.status("ekvalla", order, FLOW).state == "failed"


def test_a_cancelled_order_stays_cancelled(town: Town) -> None:
    order = login(town)
    town.services.identify.cancel("ekvalla", order, FLOW)

    found = town.services.identify.status("ekvalla", order, FLOW)
    assert (found.state, found.hint) == ("failed", "cancelled")


def test_a_session_ends_when_nobody_uses_it(town: Town) -> None:
    person = town.session(SARA)
    token, _ = town.services.sessions.create("ekvalla", "anonymous")
    town.clock.pass_(minutes=61)

    late = town.services.sessions.expired("ekvalla", token)
    assert town.services.sessions.resolve("ekvalla", token) is None
    assert late is not None
    assert late.person_key != person.person_key


def test_a_session_can_be_prolonged_ten_times_and_ends_the_same_day(
    town: Town,
) -> None:
    token, _ = town.services.sessions.create("ekvalla", "anonymous")
    is_there = []
    for _ in range(24):
        town.clock.pass_(minutes=30)
        found = town.services.sessions.resolve("ekvalla", token)
        is_there.append(found is not None)

    # WCAG 2.2 SC 2.2.1, and nobody stays logged in over night.
    assert is_there == [True] * 23 + [False]


def test_forged_evidence_sends_nothing_and_keeps_the_draft(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    school.bankid.is_forged = True

    with pytest.raises(SigningRefused):
        school.sign(session, draft)
    assert school.services.drafts.get(session, draft.id).answers == draft.answers


def test_nobody_else_finishes_a_signature(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    order = school.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
    school.services.identify.status("ekvalla", order, FLOW)

    with pytest.raises(Refused):
        school.services.sign.finish(school.session(JOHAN), order, FLOW)


def test_finishing_twice_gives_the_same_receipt_and_sends_once(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    order = school.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
    school.services.identify.status("ekvalla", order, FLOW)
    first = school.services.sign.finish(session, order, FLOW)
    sent = len(school.orders())

    assert school.services.sign.finish(session, order, FLOW) == first
    assert len(school.orders()) == sent


def test_a_used_signing_order_no_longer_holds_the_answers(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    order = school.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
    school.services.identify.status("ekvalla", order, FLOW)
    receipt = school.services.sign.finish(session, order, FLOW)

    with school.database.read("ekvalla") as tc:
        row = eid_orders.get(tc, order)
    assert row is not None
    kept = school.services.identify.context("ekvalla", row)
    assert kept == {"case_id": receipt.case_id}


def test_what_is_shown_while_signing_holds_no_answer(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    text = school.services.sign.text(session, draft.id)

    assert "Barnets initialer: E.L." in text
    assert "Ekvalla kommun" in text
    for secret in ("Elis", "Rut Ek", "0701740605", ELIS, "BVC"):
        assert secret not in text


def test_who_becomes_protected_while_signing_is_stopped(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    order = school.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
    school.services.identify.status("ekvalla", order, FLOW)
    school.register.protect(JOHAN)

    with pytest.raises(ProtectedStop):
        school.services.sign.finish(session, order, FLOW)
    assert not school.orders()
