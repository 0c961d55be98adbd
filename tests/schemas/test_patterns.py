"""Patterns never keep anybody waiting, however they and the texts are made."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from reference_validator import reference_validator
from werkzeug.datastructures import MultiDict

from renderers.html.forms import page_form
from schemas.errors import Problem
from schemas.patterns import as_re2, fits, is_linear
from schemas.settling import settle
from schemas.validation import check
from tests.schemas.forms import form
from tests.schemas.verdicts import known

CATASTROPHIC = [
    "(a+)+$", "^(a+)+$", "^(a|aa)+$", "^(a|a?)+$", "^(a*)*$", "(x+x+)+y",
    "(.*a){20}", "^(([a-z])+.)+[A-Z]([a-z])+$", "^(a?){40}a{40}$",
    "^([a-zA-Z0-9_.+-])+@(([a-zA-Z0-9-])+.)+$", r"^(\d+)*$", r"^(\s|\s\s)*$",
    "^(.*)*$", "(.{0,30}y){0,30}!",
]  # fmt: skip
LONG = [
    "a" * 100_000 + "!",
    "ab" * 50_000,
    "x" * 100_000,
    " " * 99_999 + "!",
    "1" * 100_000,
]
LIMIT = 0.05
UNSAFE = ["(?=a)b", "(?!a)b", "(?<=a)b", "(?<!a)b", r"(a+)\1", r"(?<n>a)\k<n>", "(a"]


def quickest(run: Callable[[], object]) -> float:
    """Return the shortest time of three that this took, whatever else is at work."""
    taken = []
    for _ in range(3):
        begun = time.thread_time()
        run()
        taken.append(time.thread_time() - begun)
    return min(taken)


def schema(pattern: str) -> Any:
    return {
        "type": "object",
        "properties": {"text": {"type": "string", "title": "Text", "pattern": pattern}},
    }


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_a_posted_page_is_answered_at_once(pattern: str) -> None:
    compiled = form(schema(pattern))
    questions = tuple(settle(compiled, {}).asked.values())
    bound = page_form(questions)

    def post(text: str) -> None:
        posted = bound(MultiDict([("s.text", text)]))
        posted.validate()
        typed = posted.answers().get("/s/text")
        check(compiled, settle(compiled, {"s": {"text": typed}}))

    assert max(quickest(lambda t=text: post(t)) for text in LONG) < LIMIT


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_answers_from_elsewhere_are_checked_at_once(pattern: str) -> None:
    compiled = form(schema(pattern))

    def answered(text: str) -> None:
        check(compiled, settle(compiled, {"s": {"text": text}}))

    texts = [*LONG, *(text[:10_000] for text in LONG)]
    assert max(quickest(lambda t=text: answered(t)) for text in texts) < LIMIT


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_the_reference_is_as_quick(pattern: str) -> None:
    validator = reference_validator(schema(pattern), known({}))

    def judged(text: str) -> None:
        validator.is_valid({"text": text})

    texts = [text[:10_000] for text in LONG]
    assert max(quickest(lambda t=text: judged(t)) for text in texts) < LIMIT


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_looking_whether_a_pattern_is_safe_is_quick(pattern: str) -> None:
    assert quickest(lambda: is_linear(pattern)) < LIMIT
    assert is_linear(pattern)


@pytest.mark.parametrize("pattern", UNSAFE)
def test_a_pattern_that_cannot_be_run_safely_is_refused_with_advice(
    pattern: str,
    trial: dict[str, Any],
    linted: Callable[..., tuple[Problem, ...]],
) -> None:
    trial["sections"][1]["schema"]["properties"]["web"] = {
        "type": "string", "title": "Text", "pattern": pattern,
    }  # fmt: skip
    del trial["sections"][1]["consents"]

    [found] = [one for one in linted(trial) if one.code == "FB172"]

    assert found.pointer == "/sections/1/schema/properties/web/pattern"
    assert "bakåtreferenser" in found.advice


def test_a_text_too_long_for_a_pattern_is_told_so() -> None:
    compiled = form(schema("^a+$"))

    [problem] = check(compiled, settle(compiled, {"s": {"text": "a" * 10_001}}))

    assert (problem.pointer, problem.code) == ("/s/text", "maxLength")
    assert "10000" in problem.message


def test_a_pattern_means_what_the_standard_says() -> None:
    assert not fits("^a$", "a\n")
    assert not fits(r"^\d$", "٣")
    assert fits(r"^\s[\s]\S[\S]$", "\u00a0\u2003ab")
    assert fits(r"^\p{Letter}[\p{Lowercase_Letter}]$", "Åå")
    assert fits(r"^\u00e5$", "å")
    assert as_re2(r"\\s") == r"\\s"
