"""Numbers and questions among Arabic words: whole, and with one sign at the end."""

from sample_questions import ANSWERS, QUESTIONS

from schemas.inside import labelled
from schemas.pointers import get

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def shown(language: str) -> str:
    rows = QUESTIONS["rows"]
    return rows.field_type.display(get(ANSWERS, rows.pointer), rows, language)


def test_an_answer_in_a_row_keeps_its_own_direction() -> None:
    assert f"{FIRST_STRONG_ISOLATE}070-" in shown("ar")
    assert shown("ar").count(FIRST_STRONG_ISOLATE) == shown("ar").count(POP_ISOLATE)


def test_swedish_rows_need_no_marks() -> None:
    assert FIRST_STRONG_ISOLATE not in shown("sv")


def test_an_arabic_question_is_not_followed_by_a_colon() -> None:
    assert labelled("متى سيبدأ الطفل؟", "اختر جواباً.") == "متى سيبدأ الطفل؟ اختر جواباً."
