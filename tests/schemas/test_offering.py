from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from families import APART

from schemas.acceptance import CaseState, accept
from schemas.definition import SigningPolicy
from schemas.offering import fingerprint, mine, offering
from schemas.units import Unit, unit_answers

NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)
UNITS = {
    unit.key: unit
    for unit in (
        Unit(
            section="diet",
            part="safety",
            title="",
            fields=("/diet/avoid",),
            is_safeguard=True,
        ),
        Unit(
            section="diet",
            part="",
            title="",
            fields=("/diet",),
            without=("/diet/avoid",),
            sign=SigningPolicy(first="all", change="all"),
            arrive_when="all_signatures",
        ),
        Unit(
            section="contacts",
            part="",
            title="",
            fields=("/contacts",),
            scope="each_guardian",
        ),
    )
}
EMPTY = CaseState(units=UNITS, family=APART)
DIET = {"diet": {"need": True, "avoid": ["egg"]}}


def offer(state, answers, signer="maja", base=None):
    ids = count(len(state.versions))
    return offering(
        state, answers, base or {}, signer=signer, new_id=lambda: f"{signer}{next(ids)}"
    )


def sent(state, answers, signer="maja", base=None):
    return accept(
        state, offer(state, answers, signer, base).offers, (), signer=signer, now=NOON
    ).state


def begun(state, signer):
    return {
        place: fingerprint(version.answers)
        for place, version in mine(state, signer).items()
    }


def said(found):
    return [(o.kind, o.section, o.part) for o in found.offers]


def test_a_first_draft_offers_every_unit_that_has_answers():
    assert [("new", "diet", "safety"), ("new", "diet", "")] == said(offer(EMPTY, DIET))


def test_sending_the_same_again_offers_nothing():
    assert () == offer(sent(EMPTY, DIET), DIET).offers


def test_the_same_answers_from_the_other_are_agreement_with_what_waits():
    assert [("agree", "diet", "")] == said(offer(sent(EMPTY, DIET), DIET, "omar"))


def test_other_answers_from_the_other_are_a_new_proposal():
    state = sent(EMPTY, DIET)

    assert [("new", "diet", "")] == said(
        offer(
            state,
            {"diet": {"need": False, "avoid": ["egg"]}},
            "omar",
            begun(state, "omar"),
        )
    )


def test_a_section_both_changed_since_the_draft_began_is_stale():
    state = sent(EMPTY, DIET)

    assert ("diet",) == offer(
        state, {"diet": {"need": False, "avoid": ["egg"]}}, "omar"
    ).stale


def test_what_a_draft_left_alone_follows_the_case():
    before = sent(EMPTY, DIET)
    base = begun(before, "omar")
    after = sent(
        before,
        {"diet": {"need": True, "avoid": ["egg", "nut"]}},
        "maja",
        begun(before, "maja"),
    )

    found = offer(after, DIET | {"contacts": {"mobile": "1"}}, "omar", base)

    assert ([("agree", "diet", ""), ("new", "contacts", "")], ()) == (
        said(found),
        found.stale,
    )


def test_a_swapped_allergy_is_offered_as_both_at_once_and_the_new_for_all():
    state = sent(EMPTY, DIET)
    found = offer(
        state, {"diet": {"need": True, "avoid": ["nut"]}}, "maja", begun(state, "maja")
    )

    assert [{"diet": {"avoid": ["egg", "nut"]}}, {"diet": {"avoid": ["nut"]}}] == [
        o.answers for o in found.offers
    ]


def test_going_back_to_what_counts_declines_what_waits():
    first = sent(sent(EMPTY, DIET), DIET, "omar")
    second = sent(
        first, {"diet": {"need": False, "avoid": ["egg"]}}, "maja", begun(first, "maja")
    )

    assert [("decline", "diet", "")] == said(
        offer(second, DIET, "omar", begun(second, "omar"))
    )


def test_the_other_guardians_own_answers_are_neither_seen_nor_offered():
    state = sent(EMPTY, {"contacts": {"mobile": "1"}})

    assert ({}, ()) == (mine(state, "omar"), offer(state, {}, "omar").offers)


def test_sealed_answers_that_are_not_given_again_stay():
    state = sent(EMPTY, DIET)
    sealed = replace(
        state,
        versions=tuple(
            replace(v, answers=None, sealed_to="health") for v in state.versions
        ),
    )

    assert () == offer(sealed, {}).offers


def test_one_and_true_are_different_answers():
    assert fingerprint({"a": 1}) != fingerprint({"a": True})


def test_a_units_answers_are_compared_without_the_rest():
    assert {"diet": {"need": True}} == unit_answers(UNITS["diet", ""], DIET)
