from itertools import combinations

import pytest
from families import ALONE, APART, CHILD, TOGETHER, family, guardian

from schemas.definition import SigningPolicy
from schemas.people import Family
from schemas.policies import Quorum, owner_of, quorum, verdict
from schemas.units import Unit


def unit(first, *, change=None, scope="child", arrive_when="all_signatures", **more):
    return Unit(
        section="s",
        part="",
        title="S",
        fields=("/s",),
        scope=scope,
        sign=SigningPolicy(first=first, change=change or first),
        arrive_when=arrive_when,
        **more,
    )


@pytest.mark.parametrize(
    ("policy", "people", "expected"),
    [
        ("none", TOGETHER, Quorum(people=(), needs_all=False)),
        ("one", TOGETHER, Quorum(people=("maja", "omar"), needs_all=False)),
        ("one_notify", APART, Quorum(people=("maja", "omar"), needs_all=False)),
        ("all", APART, Quorum(people=("maja", "omar"), needs_all=True)),
        ("all", ALONE, Quorum(people=("maja",), needs_all=True)),
        ("resident", APART, Quorum(people=("maja",), needs_all=True)),
        ("resident", TOGETHER, Quorum(people=("maja", "omar"), needs_all=True)),
    ],
)
def test_the_policy_and_the_register_say_who_signs(policy, people, expected):
    assert expected == quorum(unit(policy), people)


@pytest.mark.parametrize(
    "people",
    [
        family(guardian("maja", "south"), guardian("omar", "west")),
        family(guardian("maja", ""), guardian("omar", "")),
        Family(
            child=CHILD.__class__(key="c", address_id=""), guardians=APART.guardians
        ),
    ],
    ids=["neither lives there", "guardians unknown", "child unknown"],
)
def test_without_one_certain_resident_all_sign(people):
    assert Quorum(people=("maja", "omar"), needs_all=True) == quorum(
        unit("resident"), people
    )


def test_a_later_version_follows_the_policy_for_changes():
    either = unit("all", change="one_notify")

    assert not quorum(either, APART, is_change=True).needs_all


def test_own_answers_are_signed_by_their_owner_alone():
    own = unit("all", scope="each_guardian")

    assert Quorum(people=("omar",), needs_all=True) == quorum(
        own, TOGETHER, owner="omar"
    )


def test_a_household_is_those_registered_together_and_unknown_is_apart():
    shared = unit("one", scope="each_household")
    unknown = family(guardian("maja", ""), guardian("omar", ""))

    assert [
        owner_of(shared, people, "omar") for people in (TOGETHER, APART, unknown)
    ] == ["maja", "omar", "omar"]


@pytest.mark.parametrize("policy", ["one", "one_notify", "all", "resident"])
@pytest.mark.parametrize("people", [TOGETHER, APART, ALONE])
def test_an_answer_can_add_a_signer_and_never_remove_one(policy, people):
    everyone = (*people.keys, "stranger")
    for size in range(len(everyone) + 1):
        for signed in combinations(everyone, size):
            for added in combinations(everyone, 2 if len(everyone) > 1 else 1):
                more = quorum(unit(policy), people, added=frozenset(added))
                if more.is_met(frozenset(signed)):
                    assert quorum(unit(policy), people).is_met(frozenset(signed))


def test_a_stranger_cannot_be_added():
    assert quorum(unit("all"), APART) == quorum(
        unit("all"), APART, added=frozenset({"stranger"})
    )


def said(policy, *, signed=(), declined=(), is_easing=False, **more):
    needed = quorum(unit(policy, **more), TOGETHER, is_easing=is_easing)
    return verdict(
        unit(policy, **more),
        needed,
        signed=frozenset(signed),
        declined=frozenset(declined),
        is_easing=is_easing,
    )


def test_what_needs_all_waits_for_the_other():
    found = said("all", signed=["maja"])

    assert (False, ("omar",)) == (found.arrives, found.waits_for)


def test_what_needs_all_arrives_with_the_last_signature():
    assert said("all", signed=["maja", "omar"]).arrives


def test_what_needs_all_is_turned_down_by_one():
    assert said("all", signed=["maja"], declined=["omar"]).is_declined


def test_a_restriction_arrives_at_the_first_signature_even_if_the_other_declines():
    assert said(
        "all", signed=["maja"], declined=["omar"], arrive_when="first_signature"
    ).arrives


def test_easing_needs_all_whatever_the_policy_says():
    found = said(
        "one_notify", signed=["maja"], is_easing=True, arrive_when="first_signature"
    )

    assert (False, ("omar",)) == (found.arrives, found.waits_for)


def test_nothing_arrives_before_anyone_signed():
    assert not said("one", arrive_when="first_signature").arrives


def test_what_needs_no_signature_arrives_by_itself():
    assert said("none").arrives
