"""What a page has come to ask or tell, because of what was just answered on it."""

from collections.abc import Collection, Sequence
from typing import Final

from formbuilder.services.drafts import Draft, Saved
from formbuilder.web.standing import At
from formbuilder.web.visit import visit
from renderers.html.plain_fields import field_id
from schemas.field_names import name_of
from schemas.field_type import Question
from schemas.kinds_chosen import kinds_of
from schemas.places_on_pages import on_page

MORE: Final = "fler"
"""Marks the address of a page that has more on it after what was just answered."""
ASKS, TELLS = "1", "text"
"""What it has more of: questions, or only something to read."""


def added(before: At, after: Draft, seen: Collection[str]) -> tuple[Question, ...]:
    """Return what the page has come to ask or tell that the person has not seen."""
    page = after.page(before.shown.page.id)
    had = {question.name for question in before.shown.questions}
    return tuple(
        question
        for question in (page.questions if page else ())
        if question.name not in (had if _is_told(question) or not seen else seen)
    )


def added_in_rows(after: Draft, unasked: Collection[str]) -> tuple[Question, ...]:
    """Return the cells that rows have come to ask, of those that were not asked."""
    asked = after.settled.asked
    return tuple(asked[pointer] for pointer in asked if pointer in unasked)


def at_more(at: At, saved: Saved, more: Sequence[Question]) -> str:
    """Return the page's address at the first thing that was not there before."""
    asked = saved.draft.settled.asked
    kinds = kinds_of(saved.draft.form, saved.draft.settled)
    places = [f.pointer for f in saved.faults if f.pointer in asked]
    places += [question.pointer for question in more]
    names = [name_of(on_page(pointer, asked, kinds)) for pointer in places]
    place = f"#{field_id(names[0])}" if names else ""
    is_asked = bool(saved.faults) or any(not _is_told(one) for one in more)
    return f"{at.address(at.shown.page.id)}&{MORE}={ASKS if is_asked else TELLS}{place}"


def notice_of(what: str) -> str:
    """Return what is said above a page that has more on it."""
    if what == TELLS:
        return visit().say("Läs det nya på sidan innan du fortsätter.")
    return visit().say("Sidan har fått fler frågor. Svara på dem också.")


def _is_told(question: Question) -> bool:
    """Tell whether a question is only to be read: it posts nothing that it was shown."""
    return question.read_only or question.kind == "information"
