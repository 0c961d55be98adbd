from dataclasses import replace
from datetime import UTC, datetime, timedelta

from families import ALONE, APART

from schemas.acceptance import CaseState, Offer, accept, standing, wanted_from
from schemas.accepted import accepted
from schemas.consent import Choice, withdrawal
from schemas.definition import SigningPolicy
from schemas.units import Unit

NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)


def unit(section, part="", first="one", **more):
    more.setdefault("fields", (f"/{section}",))
    return Unit(
        section=section,
        part=part,
        title=section,
        sign=SigningPolicy(first=first, change=more.pop("change", first)),
        **more,
    )


UNITS = {
    u.key: u
    for u in (
        unit(
            "diet", "safety", "one_notify", fields=("/diet/avoid",), is_safeguard=True
        ),
        unit("diet", "", "all", arrive_when="all_signatures", without=("/diet/avoid",)),
        unit("contacts", scope="each_guardian"),
        unit(
            "photo",
            "",
            "all_or_no",
            consents={"/photo/web": "web", "/photo/print": "print"},
        ),
    )
}
START = CaseState(units=UNITS, family=APART)


def new(key, section, answers, part="", owner=""):
    return Offer(
        kind="new",
        id=key,
        section=section,
        part=part,
        owner=owner,
        answers={section: answers},
    )


def agree(key, kind="agree"):
    return Offer(kind=kind, id=key, section="diet", part="")


def sign(state, signer, *offers, choices=(), minutes=0):
    return accept(
        state, offers, choices, signer=signer, now=NOON + timedelta(minutes=minutes)
    )


def consent(person, *, web, printed):
    values = {"web": web, "print": printed}
    return [
        Choice(purpose=p, person=person, value=v, at=NOON) for p, v in values.items()
    ]


def photo(state, person, web, printed, minutes=0):
    offer = new(
        f"photo-{person}", "photo", {"web": web, "print": printed}, owner=person
    )
    return sign(
        state,
        person,
        offer,
        choices=consent(person, web=web, printed=printed),
        minutes=minutes,
    )


def shared(state):
    return accepted(state, {}, NOON + timedelta(hours=1)).shared


def test_the_allergy_arrives_and_the_rest_of_the_diet_waits():
    done = sign(
        START,
        "maja",
        new("a", "diet", {"avoid": ["egg"]}, "safety"),
        new("b", "diet", {"need": True}),
    )

    assert (("a", "b"), ("a",)) == (done.new, done.accepted)


def test_the_second_signature_lets_the_rest_arrive():
    first = sign(START, "maja", new("b", "diet", {"need": True}))

    assert ("b",) == sign(first.state, "omar", agree("b")).accepted


def test_a_decline_turns_down_what_needs_all_and_leaves_the_allergy():
    first = sign(
        START,
        "maja",
        new("a", "diet", {"avoid": ["egg"]}, "safety"),
        new("b", "diet", {"need": True}),
    )
    second = sign(first.state, "omar", agree("b", "decline"))

    assert (("b",), {"diet": {"avoid": ["egg"]}}) == (
        second.declined,
        shared(second.state),
    )


def test_with_one_guardian_everything_arrives_at_once():
    alone = replace(START, family=ALONE)

    assert ("b",) == sign(alone, "maja", new("b", "diet", {"need": True})).accepted


def test_another_proposal_replaces_the_one_that_waits():
    first = sign(START, "maja", new("b", "diet", {"need": True}))
    second = sign(first.state, "omar", new("c", "diet", {"need": False}))

    assert (("b",), ("maja",)) == (
        second.replaced,
        standing(second.state, second.version("c")).waits_for,
    )


def test_easing_the_allergy_waits_for_both():
    first = sign(START, "maja", new("a", "diet", {"avoid": ["egg", "nut"]}, "safety"))
    second = sign(first.state, "omar", new("c", "diet", {"avoid": ["nut"]}, "safety"))

    assert ((), {"diet": {"avoid": ["egg", "nut"]}}) == (
        second.accepted,
        shared(second.state),
    )


def test_an_eased_allergy_counts_when_both_have_signed():
    first = sign(START, "maja", new("a", "diet", {"avoid": ["egg"]}, "safety"))
    second = sign(first.state, "omar", new("c", "diet", {}, "safety"))
    third = sign(second.state, "maja", replace(agree("c"), part="safety"))

    assert (("c",), ("a",)) == (third.accepted, third.replaced)


def test_the_merged_and_the_eased_version_of_one_change_can_be_signed_together():
    first = sign(START, "maja", new("a", "diet", {"avoid": ["milk"]}, "safety"))
    second = sign(
        first.state,
        "maja",
        new("b", "diet", {"avoid": ["milk", "egg"]}, "safety"),
        new("c", "diet", {"avoid": ["egg"]}, "safety"),
    )

    assert (("b",), {"diet": {"avoid": ["milk", "egg"]}}) == (
        second.accepted,
        shared(second.state),
    )


def test_own_answers_arrive_with_their_owners_signature_and_stay_apart():
    first = sign(START, "maja", new("m", "contacts", {"mobile": "1"}, owner="maja"))
    second = sign(
        first.state, "omar", new("o", "contacts", {"mobile": "2"}, owner="omar")
    )

    assert ({"contacts": {"mobile": "1"}}, {"contacts": {"mobile": "2"}}) == accepted(
        second.state, {}, NOON
    ).own


def test_a_yes_to_photos_waits_for_the_other():
    done = photo(START, "maja", True, True)

    assert ((), {}) == (done.accepted, shared(done.state))


def test_a_no_to_photos_arrives_at_once_and_silence_is_a_no():
    done = photo(START, "maja", True, False)

    assert (("photo-maja",), {"photo": {"web": False, "print": False}}) == (
        done.accepted,
        shared(done.state),
    )


def test_guardians_who_disagree_about_photos_mean_no_for_that_purpose():
    first = photo(START, "maja", True, True)
    second = photo(first.state, "omar", True, False)

    assert {"photo": {"web": True, "print": False}} == shared(second.state)


def test_both_consents_arrive_with_the_last_one():
    first = photo(START, "maja", True, True)

    assert {"photo-maja", "photo-omar"} == set(
        photo(first.state, "omar", True, True).accepted
    )


def test_a_word_of_no_without_a_form_decides_for_both():
    first = photo(START, "maja", True, True)
    second = sign(
        first.state, "omar", choices=consent("omar", web=False, printed=False)
    )

    assert {"photo": {"web": False, "print": False}} == shared(second.state)


def test_taking_a_yes_back_is_a_new_version_that_arrives():
    both = photo(photo(START, "maja", True, True).state, "omar", True, True)
    back = sign(
        both.state,
        "omar",
        new("x", "photo", {"web": False, "print": True}, owner="omar"),
        choices=[withdrawal("web", "omar", NOON + timedelta(minutes=9))],
        minutes=9,
    )

    assert (("x",), {"photo": {"web": False, "print": True}}) == (
        back.accepted,
        shared(back.state),
    )


def test_the_other_guardian_is_asked_for_what_waits_and_only_that():
    done = sign(
        START,
        "maja",
        new("a", "diet", {"avoid": ["egg"]}, "safety"),
        new("b", "diet", {"need": True}),
    )

    assert [["b"], []] == [
        [v.id for v in wanted_from(done.state, who)] for who in ("omar", "maja")
    ]


def test_a_signature_of_a_former_guardian_no_longer_counts():
    first = sign(START, "omar", new("b", "diet", {"need": True}))
    left = replace(first.state, family=ALONE)

    assert ("maja",) == standing(left, left.versions[0]).waits_for


BOTH = {
    "required": ["ride"],
    "properties": {
        "ride": {"required": ["from"], "properties": {"from": {"const": 2}}}
    },
}


def riding():
    policy = SigningPolicy(first="resident", change="resident", all_when=BOTH)
    ride = replace(unit("ride", arrive_when="all_signatures"), sign=policy)
    return CaseState(units={ride.key: ride}, family=APART)


def test_an_answer_adds_a_signer() -> None:
    one = sign(riding(), "maja", new("a", "ride", {"from": 1}))
    both = sign(riding(), "maja", new("a", "ride", {"from": 2}))

    assert one.accepted == ("a",)
    assert (both.accepted, standing(both.state, both.version("a")).waits_for) == (
        (),
        ("omar",),
    )


def test_an_answer_never_removes_a_signer() -> None:
    alone = sign(riding(), "omar", new("a", "ride", {"from": 1}))

    assert alone.accepted == ()
    assert standing(alone.state, alone.version("a")).waits_for == ("maja",)


def test_a_signer_an_answer_added_is_asked_about_its_change_too() -> None:
    case = sign(riding(), "maja", new("a", "ride", {"from": 2})).state
    agreed = Offer(kind="agree", id="a", section="ride", part="")
    case = sign(case, "omar", agreed, minutes=1).state
    changed = sign(case, "maja", new("b", "ride", {"from": 1}), minutes=2)

    assert changed.accepted == ()
    assert standing(changed.state, changed.version("b")).waits_for == ("omar",)
