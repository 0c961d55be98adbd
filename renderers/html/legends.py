"""Fieldsets around questions of one object, with its title as their legend."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from renderers.html.spoken import said
from schemas.field_names import name_of
from schemas.field_type import Question
from schemas.heading import Heading, shown_above

KEPT: Final = 256
"""Of how many pages it is kept what stands around their questions."""
DEEPEST: Final = 6
"""How many levels of headings HTML has."""

Frame = tuple[Markup, Markup]
"""What stands before a question and what after it."""

LEGEND: Final = Markup(
    '<fieldset class="govuk-fieldset fb-group" id="{id}"{described}>'
    '<legend class="govuk-fieldset__legend govuk-fieldset__legend--{size}">{title}'
    "</legend>{hint}"
)
HEADING: Final = Markup('<h{level} class="govuk-fieldset__heading">{title}</h{level}>')
HINT: Final = Markup('<div class="govuk-hint" id="{id}/hint">{text}</div>')
END: Final = Markup("</fieldset>")


@lru_cache(maxsize=KEPT)
def frames(
    questions: tuple[Question, ...], language: str, above: str
) -> tuple[Frame, ...]:
    """Return what stands around each question of a page, kept for everybody.

    A legend that is called as what stands `above` is left out.
    """
    return framed(questions, language, above=above, level=2)


def framed(
    questions: Sequence[Question], language: str, *, above: str = "", level: int = 0
) -> tuple[Frame, ...]:
    """Return what stands around each question, nothing where no object has a title.

    With a `level` the legends are headings.
    """
    within = [shown_above(one.within, language, [above]) for one in questions]
    if not any(within):
        return ()
    used: dict[str, int] = {}
    framed = []
    for index, here in enumerate(within):
        before = within[index - 1] if index else ()
        after = within[index + 1] if index + 1 < len(within) else ()
        begun = _shared(before, here)
        opened = [
            _opening(one, language, level and level + begun + number, used)
            for number, one in enumerate(here[begun:])
        ]
        closed = END * (len(here) - _shared(here, after))
        framed.append((Markup().join(opened), closed))
    return tuple(framed)


def _shared(one: Sequence[Heading], other: Sequence[Heading]) -> int:
    """Return how many of the outermost headings two questions have in common."""
    pairs = zip(one, other, strict=False)
    same = [a.pointer == b.pointer for a, b in pairs]
    return same.index(False) if False in same else len(same)


def _opening(
    heading: Heading, language: str, level: int, used: dict[str, int]
) -> Markup:
    name = name_of(heading.pointer)
    used[name] = used.get(name, 0) + 1
    told = heading.description_in(language)
    title = said(heading.title_in(language))
    place = f"g-{name}" if used[name] == 1 else f"g-{name}/{used[name]}"
    if level:
        title = HEADING.format(level=min(level, DEEPEST), title=title)
    return LEGEND.format(
        id=place,
        described=Markup(' aria-describedby="{}/hint"').format(place) if told else "",
        size="m" if level == 2 else "s",  # noqa: PLR2004 - right below the page's own
        title=title,
        hint=HINT.format(id=place, text=said(told)) if told else "",
    )
