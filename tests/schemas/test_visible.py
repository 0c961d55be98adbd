import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.tongues import isolated
from schemas.visible import visible, visible_said


@given(st.text())
def test_nothing_hidden_is_left(text: str) -> None:
    kinds = {
        unicodedata.category(c) for c in visible(text) if c not in "\n\t\u200c\u200d"
    }

    assert {"Cc", "Cs"}.isdisjoint(kinds)
    assert set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069").isdisjoint(
        visible(text)
    )


@given(st.text())
def test_making_visible_twice_changes_nothing_more(text: str) -> None:
    assert visible(text) == visible(visible(text))


@given(st.text("abcåäöÅÄÖ éü–”’½€0123456789.,\n"))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert text == visible(text)


def test_two_names_that_look_the_same_no_longer_do() -> None:
    assert visible("Alva\u200b") != visible("Alva")


def test_isolates_of_ours_in_one_another_are_not_written_out() -> None:
    row = f"{isolated('Rut', 'ar')}، {isolated('9', 'ar')}"
    said = f"لاعب: {isolated(row, 'ar')}"

    assert visible_said(said) == said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\u2068b", "a[U+2068]b"),
        ("a\u2069b", "a[U+2069]b"),
        ("a\u2068\u2069b", "a[U+2068][U+2069]b"),
        ("\u2068a\u202eb\u2069", "[U+2068]a[U+202E]b[U+2069]"),
        (
            "\u2068\u2068a\u2066b\u2069\u2069",
            "[U+2068][U+2068]a[U+2066]b[U+2069][U+2069]",
        ),
        ("\u2068a\u2069\u2069", "\u2068a\u2069[U+2069]"),
        ("\u2068a\u200b\r\nb\u2069", "\u2068a[U+200B]\nb\u2069"),
    ],
)
def test_what_is_no_pair_around_something_is_written_out(text: str, told: str) -> None:
    assert visible_said(text) == told
