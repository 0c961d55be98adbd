"""What every control, group and alternative is called (WCAG 2.2 SC 1.3.1, 2.4.6, 4.1.2)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from formbuilder.accessibility.seen import Seen, words_of
from schemas.errors import Problem
from schemas.field_type import Question
from schemas.lint_subject import problem

CONTROLS = (
    ".//input[not(@type='hidden') and not(@type='submit')] | .//select | .//textarea"
)


def nameless(seen: Seen) -> Iterator[Problem]:
    """FB201: A question or an alternative without words."""
    for page in seen.pages:
        for one in page.questions:
            if any(not _is_said(name) for name in _names(one.tree)):
                yield problem(
                    "FB201",
                    one.at,
                    "Här finns något att svara på som inte har någon text. Den som "
                    "lyssnar på sidan får inte veta vad det är.",
                    "Skriv en title för frågan och för varje alternativ.",
                )


def _names(tree: HtmlElement) -> Iterator[str]:
    """Yield the names of controls and groups, empty where there is none."""
    labels = {label.get("for"): words_of(label) for label in tree.iter("label")}
    for group in tree.iter("fieldset"):
        legend = group.find("legend")
        yield "" if legend is None else words_of(legend)
    for control in tree.xpath(CONTROLS):
        yield control.get("aria-label") or labels.get(control.get("id"), "")
    for told in tree.iter("button", "dt"):
        yield words_of(told)


def _is_said(name: str) -> bool:
    return any(letter.isalnum() for letter in name)


def named_by_key(seen: Seen) -> Iterator[Problem]:
    """FB202: A question without a title; its property's name stands there instead."""
    for question in _all(seen):
        mentions = seen.mentions(question)
        own = any(seen.subject.says(one, "title") for one in mentions)
        if mentions and not own and "label" not in question.ui:
            yield problem(
                "FB202",
                seen.place(question),
                f"Frågan har ingen title. På sidan står ”{question.title}”.",
                "Skriv frågan som en title, så som du skulle säga den till någon.",
                "warning",
            )


def _all(seen: Seen) -> Iterator[Question]:
    for page in seen.pages:
        for one in page.questions:
            yield one.question
            yield from one.question.parts


def same_alternative(seen: Seen) -> Iterator[Problem]:
    """FB203: Two alternatives that are called the same."""
    for question in _all(seen):
        for title in _twice(option.title for option in question.options()):
            yield problem(
                "FB203",
                seen.place(question),
                f"Två alternativ heter ”{title}”. Ingen kan veta vilket som är vilket.",
                "Ge alternativen olika title.",
                "warning",
            )


def same_question(seen: Seen) -> Iterator[Problem]:
    """FB204: Two questions on one page that are called the same."""
    for page in seen.pages:
        asked = [one.question for one in page.questions]
        for title in _twice(question.title for question in asked):
            second = [q for q in asked if _same(q.title, title)][1]
            yield problem(
                "FB204",
                seen.place_of_title(second),
                f"Två frågor på sidan ”{page.title}” heter ”{title}”. Den som lyssnar "
                "hör ingen skillnad.",
                "Säg i frågan vad den gäller, till exempel vems namn.",
                "warning",
            )


def _twice(titles: Iterable[str]) -> Iterator[str]:
    listed = list(titles)
    counted = Counter(title.casefold() for title in listed)
    for folded, number in counted.items():
        if number > 1:
            yield next(title for title in listed if title.casefold() == folded)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


RULES = (nameless, named_by_key, same_alternative, same_question)
