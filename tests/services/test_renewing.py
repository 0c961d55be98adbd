"""A new version breaks nobody who is in the middle of answering."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from household import ELIS, FATIMA, JOHAN, SARA
from school_start import PLAIN
from town import Town, written

from formbuilder.database import cases
from formbuilder.services.drafts import Draft
from formbuilder.services.errors import OtherVersion
from formbuilder.services.session import Session
from schemas.definition import FormDefinition
from schemas.errors import Refused
from schemas.parsing import definition_from
from schemas.pointers import ABSENT

FORM = "bygglovsfraga"


def edited(change: Callable[[Any], None], name: str = FORM) -> FormDefinition:
    """Return the form after somebody's edit."""
    document = json.loads(json.dumps(written(name).document))
    change(document)
    return definition_from(json.dumps(document))


def begun(town: Town) -> tuple[Session, Draft]:
    """Let Sara answer all of the form and not send it."""
    town.publish(FORM)
    session = town.session(SARA)
    draft = town.services.drafts.open(session, FORM)
    said = next(s.answers for s in written(FORM).scenarios if s.expect.get("valid"))
    return session, town.fill(session, draft, said)


def retitled(document: Any) -> None:
    document["title"] = "Fråga om bygglov, ny"


def question_gone(document: Any) -> None:
    """Rename a question that Sara answered: it is another one now."""
    text = json.dumps(document)
    name = next(iter(document["sections"][0]["schema"]["properties"]))
    key = document["sections"][0]["id"]
    text = text.replace(f'"{name}":', '"renamed":').replace(f'"{name}"', '"renamed"')
    changed = json.loads(text.replace(f"/{key}/{name}", f"/{key}/renamed"))
    document.clear()
    document.update(changed)


def with_two_sources(document: Any) -> None:
    """Fill in the name of the property and the question from the register."""
    for pointer in ("/build/property", "/build/question"):
        filled = {"from": "register:person.name", "confirm": True}
        document["prefill"][pointer] = filled


def test_a_draft_of_the_version_in_use_has_nothing_to_renew(town: Town) -> None:
    session, draft = begun(town)

    assert town.services.renewing.look(session, draft.id) is None


def asked_otherwise(document: Any) -> None:
    question = document["sections"][0]["schema"]["properties"]["question"]
    question["title"] = "Vad undrar du över?"


@pytest.mark.parametrize(("change", "stays"), [(retitled, True), (asked_otherwise, False)])  # fmt: skip
def test_what_waits_in_a_kind_of_answer_stays_where_the_kinds_are_the_same(
    town: Town, change: Callable[[Any], None], stays: bool
) -> None:
    session, draft = begun(town)
    place = "/build/question"
    page = next(one.page.id for one in draft.shown if place in [q.pointer for q in one.questions])  # fmt: skip
    saved = town.services.drafts.save_page(
        session,
        draft.id,
        page,
        {place: "Får jag bygga?"},
        unchosen={place: {"~as1": ["Sju"]}},
    )
    assert saved.draft.unchosen
    town.publish_definition(edited(change))

    assert bool(town.services.renewing.carry(session, draft.id).unchosen) == stays


def test_where_every_answer_fits_the_draft_is_carried_over(town: Town) -> None:
    session, draft = begun(town)
    town.publish_definition(edited(retitled))
    found = town.services.renewing.look(session, draft.id)
    carried = town.services.renewing.carry(session, draft.id)

    assert found is not None
    assert found.changes == ()
    assert carried.form.definition.title == "Fråga om bygglov, ny"
    assert carried.settled.answers == draft.settled.answers


def test_a_draft_that_is_left_alone_can_still_be_sent(town: Town) -> None:
    session, draft = begun(town)
    town.publish_definition(edited(question_gone))

    assert town.sign(session, draft).reference


def test_an_answer_that_does_not_fit_is_told_and_kept(town: Town) -> None:
    session, draft = begun(town)
    town.publish_definition(edited(question_gone))
    found = town.services.renewing.look(session, draft.id)
    carried = town.services.renewing.carry(session, draft.id)

    assert found is not None
    assert [change.kind for change in found.changes] == ["gone"]
    [lost] = found.changes
    assert lost.pointer in draft.settled.asked
    assert lost.pointer not in carried.settled.asked
    for key, value in draft.answers.items():
        assert value.items() <= carried.answers[key].items()


def test_what_the_new_version_fills_in_is_to_be_confirmed(town: Town) -> None:
    town.publish(FORM)
    session = town.session(SARA)
    draft = town.services.drafts.open(session, FORM)
    town.publish_definition(edited(with_two_sources))
    carried = town.services.renewing.carry(session, draft.id)

    assert set(carried.answers["build"]) == {"property", "question"}
    assert carried.unconfirmed == {"/build/property", "/build/question"}


def test_what_was_emptied_on_purpose_is_not_filled_in_again(town: Town) -> None:
    town.publish_definition(edited(with_two_sources))
    session = town.session(SARA)
    draft = town.services.drafts.open(session, FORM)
    town.services.drafts.save_page(
        session, draft.id, "bygga", {"/build/property": ABSENT}
    )

    def newer(document: Any) -> None:
        with_two_sources(document)
        retitled(document)

    town.publish_definition(edited(newer))
    carried = town.services.renewing.carry(session, draft.id)

    assert carried.form.definition.title == "Fråga om bygglov, ny"
    assert "property" not in carried.answers["build"]


def test_a_case_that_came_meanwhile_keeps_its_version_for_all(school: Town) -> None:
    session = school.session(JOHAN)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))
    school.send(SARA, ELIS, PLAIN)
    school.publish_definition(edited(retitled, "skolstart"))

    assert school.services.renewing.look(session, draft.id) is None
    assert school.services.renewing.carry(session, draft.id).form is draft.form


def without_enrolment(document: Any) -> None:
    document["sections"] = [
        section for section in document["sections"] if section["id"] != "enrolment"
    ]


def sent_before_a_newer_draft(school: Town) -> tuple[Session, Draft]:
    """Sara sends the version she began with; Johan has begun the next one."""
    first = school.session(SARA)
    draft = school.answered(first, ELIS, PLAIN)
    school.publish_definition(edited(without_enrolment, "skolstart"))
    session = school.session(JOHAN)
    newer = school.services.drafts.open(session, "skolstart", school.child(ELIS))
    own = {key: value for key, value in PLAIN.items() if key != "enrolment"}
    newer = school.fill(session, newer, own)
    school.sign(first, draft)
    return session, newer


def units_of(school: Town, number: str) -> dict[str, str]:
    [card] = school.services.mine.overview(school.session(number)).cases
    return {unit.section: unit.status for unit in card.units}


def test_a_newer_draft_takes_nothing_from_a_case_of_an_older_version(
    school: Town,
) -> None:
    session, newer = sent_before_a_newer_draft(school)
    before = units_of(school, SARA)

    with pytest.raises(OtherVersion):
        school.sign(session, newer)

    assert "enrolment" not in newer.answers
    assert units_of(school, SARA) == before
    assert before["enrolment"] == "waiting"


def test_a_newer_draft_joins_the_case_with_what_that_says_already(
    school: Town,
) -> None:
    session, newer = sent_before_a_newer_draft(school)
    found = school.services.renewing.look(session, newer.id)
    joined = school.services.renewing.carry(session, newer.id)

    assert found is not None
    assert found.changes == ()
    assert joined.answers["enrolment"] == PLAIN["enrolment"]
    assert joined.answers["contacts"]["mobile"] == PLAIN["contacts"]["mobile"]


def test_all_of_the_case_arrives_when_the_newer_draft_has_joined_it(
    school: Town,
) -> None:
    session, newer = sent_before_a_newer_draft(school)
    joined = school.services.renewing.carry(session, newer.id)
    school.sign(session, joined)

    assert set(units_of(school, SARA).values()) == {"received"}
    assert set(units_of(school, JOHAN).values()) == {"received"}


def closed(school: Town) -> None:
    """Close Elis's case, as the last department does."""
    with school.database.read("ekvalla") as tc:
        row = cases.open_about(tc, "skolstart", school.child(ELIS))
    assert row is not None
    now = school.tools.clock()
    school.database.write("ekvalla", lambda tc: cases.close(tc, row.id, at=now))


def begun_in_a_case_that_is_closed(school: Town) -> tuple[Session, Draft]:
    """Johan changes what Sara sent; their case is closed, and the form has a new version."""
    school.send(SARA, ELIS, PLAIN)
    session = school.session(JOHAN)
    draft = school.services.drafts.open(session, "skolstart", school.child(ELIS))
    own = {key: PLAIN[key] for key in ("contacts", "photo")}
    own["contacts"] = own["contacts"] | {"mobile": "0701740607"}
    draft = school.fill(session, draft, own)
    closed(school)
    school.publish_definition(edited(without_enrolment, "skolstart"))
    return session, draft


def test_a_draft_of_a_closed_case_is_left_in_its_version(school: Town) -> None:
    session, draft = begun_in_a_case_that_is_closed(school)

    assert school.services.renewing.look(session, draft.id) is None


def test_a_draft_of_a_closed_case_joins_the_case_that_came_after(
    school: Town,
) -> None:
    session, draft = begun_in_a_case_that_is_closed(school)
    own = {key: value for key, value in PLAIN.items() if key != "enrolment"}
    newer = school.send(SARA, ELIS, own)
    with pytest.raises(OtherVersion):
        school.sign(session, draft)

    found = school.services.renewing.look(session, draft.id)
    joined = school.services.renewing.carry(session, draft.id)
    receipt = school.sign(session, joined)

    assert found is not None
    assert joined.answers["contacts"]["mobile"] == "0701740607"
    assert receipt.case_id == newer.case_id


def test_nobody_renews_the_draft_of_another(town: Town) -> None:
    _, draft = begun(town)
    town.publish_definition(edited(retitled))

    for number in (JOHAN, FATIMA):
        with pytest.raises(Refused):
            town.services.renewing.carry(town.session(number), draft.id)
