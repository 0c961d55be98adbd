"""Whatever an author breaks is told where it is, and nothing passes in silence."""

from collections import Counter

import pytest

from tests.examples.breaking import (
    FORM,
    Breaking,
    checked,
    every_breaking,
    laid_out,
    written,
)

BREAKINGS = every_breaking()


@pytest.mark.parametrize("breaking", BREAKINGS, ids=str)
def test_what_is_broken_is_told_at_its_place_and_line(breaking: Breaking) -> None:
    file = breaking.told_in or breaking.file
    told = [one for one in breaking.problems() if one.file == file]

    places = {(one.pointer, one.line) for one in told}
    assert places & {(at, breaking.line(at)) for at in breaking.told_at}
    assert all(one.advice for one in told)


def test_there_are_two_hundred_ways_to_break_a_form() -> None:
    families = Counter(breaking.family for breaking in BREAKINGS)

    assert len(BREAKINGS) >= 200
    assert min(families.values()) >= 9


ID = '"id": "skolstart",'
TEXTS = {
    "a comma too many": '"id": "skolstart",,',
    "a comma too few": '"id": "skolstart"',
    "a comment": '"id": "skolstart", // id',
    "single quotes": "'id': 'skolstart',",
    "a name twice": '"id": "skolstart", "id": "annan",',
    "no number": '"id": NaN,',
    "half a character": '"id": "\\ud800",',
    "a number too large": '"id": 9007199254740993,',
}


@pytest.mark.parametrize("broken", TEXTS.values(), ids=TEXTS)
def test_text_that_is_no_json_is_told_at_its_line(broken: str) -> None:
    text = laid_out(written(FORM))
    line = text[: text.index(ID)].count("\n") + 1
    errors = [
        problem.line
        for problem in checked(FORM, text.replace(ID, broken, 1))
        if problem.file == FORM and problem.severity == "error"
    ]

    # A comma that is missed is missed where the next line begins.
    assert set(errors) & {line, line + 1}
