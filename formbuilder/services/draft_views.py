"""A draft as the web and the other services see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from schemas.compiling import CompiledForm
from schemas.definition import Json, Section
from schemas.journey import JourneyPage, author_pages, page, pages
from schemas.people import Family
from schemas.pointers import ABSENT, covers, get, join
from schemas.settling import Settled
from schemas.validation import Fault, faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with its form; `answers` are as typed, `settled` as they count."""

    id: str
    form: CompiledForm
    subject_key: str
    case_id: str | None
    answers: Json
    settled: Settled
    family: Family
    base: Mapping[tuple[str, str, str], str]
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    read_only: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    def pages(self, found: Iterable[Fault] | None = None) -> tuple[JourneyPage, ...]:
        """Return the pages to answer; a kept section's only once it is begun anew."""
        wrong = faults(self.form, self.settled) if found is None else found
        return tuple(
            one
            for one in pages(self.form, self.settled, wrong)
            if not self._is_left_alone(one.section)
        )

    def next_page(self, page_id: str) -> str | None:
        """Return the id of the page to answer after this one, None after the last."""
        order = [page.id for _, page in author_pages(self.form)]
        after = order.index(page_id) if page_id in order else -1
        shown = (one.page.id for one in self.pages(()))
        return next((one for one in shown if order.index(one) > after), None)

    def _is_left_alone(self, section: Section) -> bool:
        fields = section.fields or (join(section.id),)
        return section.id in self.kept and all(
            get(self.settled.answers, field) in (ABSENT, {}) for field in fields
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What saving a page led to; `next_page` is None when all pages are done."""

    draft: Draft
    faults: tuple[Fault, ...]
    next_page: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary:
    """A draft in a list."""

    id: str
    form_id: str
    form: CompiledForm
    title: str
    subject_key: str
    child_name: str
    updated_at: datetime
    expires_at: datetime
    next_page: str | None


def summary_of(draft: Draft) -> DraftSummary:
    """Return a draft as it stands in a list."""
    child = draft.family.child
    return DraftSummary(
        id=draft.id,
        form_id=draft.form.definition.id,
        form=draft.form,
        title=draft.form.definition.title,
        subject_key=draft.subject_key,
        child_name=child.given_name if child else "",
        updated_at=draft.updated_at,
        expires_at=draft.expires_at,
        next_page=first_open(draft),
    )


def faults_on(draft: Draft, page_id: str) -> tuple[Fault, ...]:
    """Return what is wrong with the answers to a page's questions."""
    found = faults(draft.form, draft.settled)
    shown = page(draft.form, draft.settled, page_id, found)
    asked = [question.pointer for question in shown.questions] if shown else []
    return tuple(
        fault
        for fault in found
        if any(covers(pointer, fault.pointer) for pointer in asked)
    )


def is_on(form: CompiledForm, page_id: str, pointer: str) -> bool:
    """Tell whether some answers make the page ask at the pointer."""
    return any(
        covers(field, pointer)
        for _, one in author_pages(form)
        if one.id == page_id
        for field in one.fields
    )


def first_open(draft: Draft) -> str | None:
    """Return the first page with something left to answer."""
    return next((one.page.id for one in draft.pages() if not one.is_complete), None)
