import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.safeguards import eases, strictest

MILK = {"diet": {"avoid": ["milk"]}}


@pytest.mark.parametrize(
    "after",
    [
        {"diet": {"avoid": ["milk"]}},
        {"diet": {"avoid": ["milk", "egg"]}},
        {"diet": {"avoid": ["egg", "milk"]}},
        {"diet": {"avoid": ["milk"], "acute": True}},
        {"diet": {"avoid": ["milk"], "trace": "no"}},
    ],
)
def test_more_to_avoid_does_not_ease(after):
    assert not eases(MILK, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (MILK, {}),
        (MILK, {"diet": {"avoid": ["egg"]}}),
        ({"diet": {"acute": True}}, {"diet": {"acute": False}}),
        ({"diet": {"trace": "no"}}, {"diet": {"trace": "yes"}}),
    ],
)
def test_anything_less_or_other_eases(before, after):
    assert eases(before, after)


def test_a_change_of_allergy_keeps_the_old_and_adds_the_new():
    assert {"diet": {"avoid": ["milk", "egg"]}} == strictest(
        MILK, {"diet": {"avoid": ["egg"]}}
    )


documents = st.fixed_dictionaries(
    {},
    optional={
        "avoid": st.lists(st.sampled_from("abc"), unique=True, min_size=1),
        "acute": st.booleans(),
        "trace": st.sampled_from(["yes", "no"]),
    },
)


@given(documents, documents)
def test_going_to_the_strictest_never_eases_either(before, after):
    assert not eases(before, strictest(before, after))


@given(documents, documents)
def test_what_is_avoided_before_or_after_is_avoided_in_the_strictest(before, after):
    both = set(before.get("avoid", [])) | set(after.get("avoid", []))

    assert both == set(strictest(before, after).get("avoid", []))
