"""What is wrong with what was posted of a page: all of it at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from formbuilder.services.drafts import Saved
from formbuilder.web.beside import beside
from formbuilder.web.presenting.pages import messages
from formbuilder.web.standing import At
from renderers.html.forms import PageForm
from renderers.html.row_cells import UNASKED
from schemas.errors import InvalidAnswer
from schemas.faults import Fault
from schemas.field_type import Question
from schemas.places_on_pages import in_answers
from schemas.pointers import around, lies_in

SHOWN: Final = "_shown"
"""Posted for each question the page had: what it did not show, it does not answer."""


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What the page asks, what is wrong with the answers and what is none.

    `beside` is wrong in questions that are not kept, for something inside them is no
    answer; their rows stand as they are shown.
    """

    asked: Mapping[str, Question]
    faults: tuple[Fault, ...] = ()
    beside: tuple[Fault, ...] = ()
    refused: Mapping[str, InvalidAnswer]

    @property
    def is_any(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self.faults or self.beside or self.refused)

    @property
    def said(self) -> dict[str, str]:
        """Return what is to be said, by the pointer it is said at."""
        return messages(self.asked, (*self.faults, *self.beside), self.refused)

    def in_row(self, shown: str, kept: str) -> "Wrong":
        """Return what is wrong in one row alone; it is kept nowhere if it is empty."""
        place = in_answers(shown)
        return replace(
            self,
            faults=tuple(f for f in self.faults if kept and lies_in(f.pointer, kept)),
            beside=tuple(f for f in self.beside if lies_in(f.pointer, place)),
            refused={p: why for p, why in self.refused.items() if lies_in(p, place)},
        )


def judged(
    at: At,
    form: PageForm,
    fields: MultiDict[str, str],
    saved: Saved,
    refused: Mapping[str, InvalidAnswer],
) -> Wrong:
    """Return what is wrong with the questions and cells that the page posted had."""
    unread = beside(saved.draft, form, refused, fields.getlist(UNASKED))
    known = tuple(_known(at, form, fields, saved.faults)) if saved.faults else ()
    return Wrong(
        asked=unread.asked, faults=known, beside=unread.faults, refused=refused
    )


def on_page(at: At, seen: Collection[str]) -> tuple[Question, ...]:
    """Return the questions that the page posted had; a script's may lag behind."""
    shown, names = at.shown.questions, frozenset(seen)
    return tuple([q for q in shown if not names or q.read_only or q.name in names])


def _known(
    at: At, form: PageForm, fields: MultiDict[str, str], found: Iterable[Fault]
) -> Iterator[Fault]:
    asked = {question.pointer for question in on_page(at, fields.getlist(SHOWN))}
    unasked = form.unasked(fields.getlist(UNASKED))
    for fault in found:
        if _is_below(fault.pointer, asked) and not _is_below(fault.pointer, unasked):
            yield fault


def _is_below(pointer: str, seen: set[str]) -> bool:
    return any(place in seen for place in around(pointer))
