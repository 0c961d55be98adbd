"""Personal numbers: what is taken, what is refused, and with which code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import InvalidAnswer
from schemas.personal_number import PersonalNumber, parse_personal_number

TODAY = date(2027, 4, 1)

# Skatteverket's official test numbers; none belongs to anybody.
OFFICIAL = [
    "189001019802",
    "192207139243",
    "195606041324",
    "197801122396",
    "199011140903",
    "198402292380",
    "202107142388",
]
OFFICIAL_COORDINATION = ["191401682396", "197906822395", "202107862381"]


def refusal(text: str, today: date = TODAY) -> str:
    with pytest.raises(InvalidAnswer) as caught:
        parse_personal_number(text, today=today)
    return caught.value.code


@pytest.mark.parametrize("number", OFFICIAL)
def test_official_test_numbers_are_personal_numbers(number):
    assert parse_personal_number(number, today=TODAY) == PersonalNumber(
        number, "personal"
    )


@pytest.mark.parametrize("number", OFFICIAL_COORDINATION)
def test_coordination_numbers_have_sixty_added_to_the_day(number):
    assert parse_personal_number(number, today=TODAY).kind == "coordination"


@pytest.mark.parametrize("number", ["198000602394", "197902902399", "200302912381"])
def test_a_coordination_number_may_lack_a_true_date(number):
    assert parse_personal_number(number, today=TODAY).birth_date is None


def test_the_birth_date_of_a_coordination_number_is_a_real_date():
    number = parse_personal_number("202107862381", today=TODAY)

    assert number.birth_date == date(2021, 7, 26)


@pytest.mark.parametrize(
    "text", ["20210714-2388", "202107142388", "20210714 2388", "210714-2388"]
)
def test_ten_or_twelve_digits_with_or_without_separator_are_the_same(text):
    assert parse_personal_number(text, today=TODAY).value == "202107142388"


def test_ten_digits_are_never_in_the_future():
    assert parse_personal_number("560604-1324", today=TODAY).value == "195606041324"


def test_a_birthday_later_this_year_belongs_to_the_last_century():
    before = date(2021, 7, 13)

    # 1921, as nobody is born tomorrow; the check digit does not see the century.
    assert parse_personal_number("2107142388", today=before).value == "192107142388"


def test_a_plus_means_the_person_is_a_hundred_or_more():
    assert parse_personal_number("220713+9243", today=TODAY).value == "192207139243"


def test_a_plus_counts_from_the_year_somebody_turns_a_hundred():
    assert (
        parse_personal_number("220713+9243", today=date(2022, 1, 1)).value
        == "192207139243"
    )


def test_a_plus_that_contradicts_twelve_digits_is_asked_about():
    assert refusal("20210714+2388") == "personal-number-century"


def test_a_leap_day_finds_a_leap_year():
    assert parse_personal_number("840229-2380", today=TODAY).value == "198402292380"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "personal-number-format"),
        ("20210714-238", "personal-number-format"),
        ("20210714--2388", "personal-number-format"),
        ("20210714-2388\n", "personal-number-format"),
        (" 20210714-2388", "personal-number-format"),
        ("20210714\u20112388", "personal-number-format"),
        ("2021071423٨8", "personal-number-format"),
        ("２０２１０７１４２３８８", "personal-number-format"),
        ("20210714-2389", "personal-number-check-digit"),
        ("20150916-0006", "personal-number-check-digit"),
        ("19780112-2397", "personal-number-check-digit"),
        ("19790682-2396", "personal-number-check-digit"),
        ("190000000000", "personal-number-date"),
        ("20210732-2388", "personal-number-date"),
        ("20210231-2388", "personal-number-date"),
        ("18500101-0000", "personal-number-date"),
        ("20991231-2388", "personal-number-future"),
    ],
)
def test_what_is_wrong_has_a_code(text, code):
    assert refusal(text) == code


@given(st.sampled_from(OFFICIAL[:4] + OFFICIAL_COORDINATION), st.data())
def test_one_wrong_digit_is_always_found(number, data):
    place = data.draw(st.integers(2, 11))
    other = data.draw(
        st.sampled_from("0123456789").filter(lambda d: d != number[place])
    )
    changed = number[:place] + other + number[place + 1 :]

    assert refusal(changed).startswith("personal-number-")


@given(st.text(max_size=16) | st.from_regex(r"\d{6,8}[-+ ]?\d{4}", fullmatch=True))
def test_anything_typed_is_refused_with_a_code_or_becomes_twelve_ascii_digits(text):
    try:
        number = parse_personal_number(text, today=TODAY)
    except InvalidAnswer as caught:
        number, code = None, caught.code
    if number is None:
        assert code.startswith("personal-number-")
        return

    assert len(number.value) == 12
    assert number.value.isascii()
    assert number.value.isdigit()
    assert parse_personal_number(number.value, today=TODAY) == number
    assert number.birth_date is None or number.birth_date <= TODAY


def test_a_masked_number_keeps_the_last_four_to_itself():
    assert PersonalNumber("202107142388", "personal").masked() == "20210714-****"
