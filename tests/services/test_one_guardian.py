"""One guardian alone: everything arrives at the first signature."""

from household import AMIR, FATIMA
from school_start import NUTS
from town import Town


def test_everything_arrives_with_the_only_guardians_signature(school: Town) -> None:
    receipt = school.send(FATIMA, AMIR, NUTS)

    assert receipt.is_complete, [u for u in receipt.units if not u.arrived_at]


def test_the_kitchen_is_told_what_to_avoid_and_nothing_else(school: Town) -> None:
    school.send(FATIMA, AMIR, NUTS)

    [told] = school.told("diet.kitchen")
    assert told is not None
    assert told["diet.avoid"] == ["nuts", "peanut"]
    assert "202105032391" not in str(told)
