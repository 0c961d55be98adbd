from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schemas.consent import Choice, ends, expired, is_given, withdrawal

NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)
BOTH = ("maja", "omar")


def said(person, value, minutes=0, until=None):
    return Choice(
        purpose="web",
        person=person,
        value=value,
        at=NOON + timedelta(minutes=minutes),
        until=until,
    )


def given_at(choices, minutes=60):
    return is_given(choices, "web", BOTH, NOON + timedelta(minutes=minutes))


def test_consent_is_given_when_every_guardian_said_yes():
    assert given_at([said("maja", True), said("omar", True)])


def test_any_no_wins():
    assert not given_at([said("maja", True), said("omar", False)])


def test_silence_is_a_no():
    assert not given_at([said("maja", True)])


def test_a_child_without_guardians_in_the_register_has_no_consent():
    assert not is_given([said("maja", True)], "web", (), NOON)


def test_either_guardian_takes_a_yes_back_alone():
    yes = [said("maja", True), said("omar", True)]

    assert not given_at([*yes, withdrawal("web", "omar", NOON + timedelta(minutes=5))])


def test_a_yes_runs_out():
    until = NOON + timedelta(minutes=30)
    choices = [said("maja", True, until=until), said("omar", True)]

    assert [True, False] == [given_at(choices, 29), given_at(choices, 30)]


def test_a_guardian_who_left_the_register_no_longer_counts():
    assert is_given(
        [said("maja", True), said("omar", False)],
        "web",
        ("maja",),
        NOON + timedelta(hours=1),
    )


def test_the_purposes_that_ran_out_since_last_time_are_named_once():
    until = NOON + timedelta(minutes=30)
    choices = [said("maja", True, until=until)]

    at = [
        expired(choices, NOON + timedelta(minutes=a), NOON + timedelta(minutes=b))
        for a, b in ((0, 29), (29, 30), (30, 60))
    ]
    assert [frozenset(), frozenset({"web"}), frozenset()] == at


@given(st.lists(st.tuples(st.sampled_from(BOTH), st.booleans(), st.integers(0, 50))))
def test_no_order_of_words_makes_a_yes_while_somebodys_last_word_is_no(words):
    choices = [said(*word) for word in words]
    last = {
        p: max(
            (w for w in words if w[0] == p),
            key=lambda w: (w[2], not w[1]),
            default=None,
        )
        for p in BOTH
    }

    assert given_at(choices) == all(
        word is not None and word[1] for word in last.values()
    )


def test_consents_end_with_the_last_yes_among_them():
    until = NOON + timedelta(days=9)
    choices = [said("maja", True, until=until), said("omar", False, minutes=1)]

    assert until == ends(choices, ["web"], BOTH)
    assert NOON + timedelta(minutes=1) == ends(choices, ["web"], ["omar"])


def test_a_yes_without_an_end_has_not_ended():
    choices = [said("maja", True), said("omar", False)]

    assert ends(choices, ["web"], BOTH) is None
    assert ends([], ["web"], BOTH) is None


def test_a_yes_taken_back_ended_when_it_was_taken_back():
    back = NOON + timedelta(minutes=5)
    choices = [
        said("maja", True, until=NOON + timedelta(days=9)),
        withdrawal("web", "maja", back),
    ]

    assert back == ends(choices, ["web"], ["maja"])
