import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from schemas.visible import visible


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
