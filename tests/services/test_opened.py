"""What was just opened is not opened again, and nobody else comes by it."""

import gc
import weakref

import pytest
from household import ELIS, JOHAN, SARA
from school_start import PLAIN
from town import Town, compiled_once

from formbuilder.database import drafts
from formbuilder.handles import Handles
from formbuilder.identity.provider import Identity
from formbuilder.services import build
from formbuilder.services.draft_views import Draft
from formbuilder.services.opened import KEPT_FOR, MOST, Opened
from schemas.errors import Refused


def identity(town: Town, number: str) -> Identity:
    person = town.register.people[number]
    return Identity(
        personal_number=number,
        given_name=person.given_name,
        family_name=person.family_name,
        name=person.name,
    )


def test_a_page_and_its_post_open_the_draft_once(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)

    one, other = (school.services.drafts.get(session, draft.id) for _ in range(2))

    assert one is other


def test_an_opened_draft_is_refused_the_other_guardian(school: Town) -> None:
    draft = school.answered(school.session(SARA), ELIS, PLAIN)
    school.services.drafts.get(school.session(SARA), draft.id)

    with pytest.raises(Refused):
        school.services.drafts.get(school.session(JOHAN), draft.id)


def test_what_another_process_saved_is_seen_at_once(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    before = school.services.drafts.get(session, draft.id)
    elsewhere = build(school.tools, school.store, compiled_once)
    number = {"/contacts/mobile": "0701740606"}
    elsewhere.drafts.save_page(session, draft.id, "dina-uppgifter", number)

    after = school.services.drafts.get(session, draft.id)

    assert before.answers["contacts"]["mobile"] == "0701740605"
    assert after.settled.answers["contacts"]["mobile"] == "0701740606"


def test_what_was_changed_ahead_never_hides_what_another_saved(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    stale = school.services.drafts.get(session, draft.id)
    number = {"/contacts/mobile": "0701740606"}
    school.services.drafts.save_page(session, draft.id, "dina-uppgifter", number)

    school.services.drafts.save_page(
        session, draft.id, "dina-uppgifter", {}, told=("/x",), seen=stale
    )

    after = school.services.drafts.get(session, draft.id)
    assert after.answers["contacts"]["mobile"] == "0701740606"
    assert after.told == {"/x"}


def test_a_draft_discarded_meanwhile_is_not_saved(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    stale = school.services.drafts.get(session, draft.id)
    school.services.drafts.discard(session, draft.id)

    with pytest.raises(Refused):
        school.services.drafts.save_page(
            session, draft.id, "dina-uppgifter", {}, seen=stale
        )


def test_logging_out_lets_go_of_what_was_opened(school: Town) -> None:
    sessions = school.services.sessions
    token, session = sessions.create("ekvalla", "guardian", identity(school, SARA))
    draft = school.answered(session, ELIS, PLAIN)
    before = school.services.drafts.get(session, draft.id)
    sessions.end("ekvalla", token)

    after = school.services.drafts.get(school.session(SARA), draft.id)

    assert before is not after


def test_a_draft_is_let_go_after_its_time(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    before = school.services.drafts.get(session, draft.id)
    school.clock.now += KEPT_FOR

    assert before is not school.services.drafts.get(session, draft.id)


def test_a_draft_nobody_asks_for_again_leaves_memory(school: Town) -> None:
    session = school.session(SARA)
    draft_id = school.answered(session, ELIS, PLAIN).id
    opened = weakref.ref(school.services.drafts.get(session, draft_id))
    gc.collect()
    before = opened()
    assert before is not None
    del before
    school.clock.now += KEPT_FOR
    school.services.tidy("ekvalla")
    gc.collect()

    assert opened() is None


def test_only_so_many_drafts_are_kept_open(school: Town) -> None:
    session = school.session(SARA)
    draft = school.answered(session, ELIS, PLAIN)
    with school.database.read("ekvalla") as tc:
        row = drafts.get(tc, draft.id)
    assert row
    opened: Opened[Draft] = Opened(school.clock)
    made = []

    def make() -> Draft:
        made.append(draft)
        return draft

    for number in (*range(MOST + 2), MOST + 1, 0):
        opened.get(("ekvalla", str(number)), row, row.person_key, make)

    assert len(made) == MOST + 3  # the first was let go, the last was not


def test_requests_after_one_another_open_their_session_once(school: Town) -> None:
    sessions = school.services.sessions
    token, _ = sessions.create("ekvalla", "guardian", identity(school, SARA))

    one, other = (sessions.resolve("ekvalla", token) for _ in range(2))

    assert one is other


def test_a_session_another_process_ended_is_gone_at_once(school: Town) -> None:
    sessions = school.services.sessions
    token, _ = sessions.create("ekvalla", "guardian", identity(school, SARA))
    assert sessions.resolve("ekvalla", token)
    build(school.tools, school.store, compiled_once).sessions.end("ekvalla", token)

    assert sessions.resolve("ekvalla", token) is None


def test_an_opened_session_leaves_memory_when_it_ends_or_rests(school: Town) -> None:
    sessions = school.services.sessions
    ended, _ = sessions.create("ekvalla", "guardian", identity(school, SARA))
    resting, _ = sessions.create("ekvalla", "guardian", identity(school, JOHAN))
    kept = [_watched(school, token) for token in (ended, resting)]
    sessions.end("ekvalla", ended)
    gc.collect()
    assert [one() is None for one in kept] == [True, False]
    school.clock.now += KEPT_FOR
    school.services.tidy("ekvalla")
    gc.collect()

    assert [one() is None for one in kept] == [True, True]


def _watched(school: Town, token: str) -> weakref.ref[Handles]:
    session = school.services.sessions.resolve("ekvalla", token)
    assert session is not None
    return weakref.ref(session.handles)
