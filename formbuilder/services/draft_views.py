"""A draft as the web and the other services see it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from formbuilder.database.drafts import DraftRow
from formbuilder.services.content import DraftContent
from schemas.chosen_anew import SetAside
from schemas.compiling import CompiledForm
from schemas.definition import Json, Section
from schemas.faults import Fault
from schemas.field_type import Question, Raw
from schemas.journey import JourneyPage, author_pages, pages
from schemas.keeping import kept_with_form
from schemas.offering import Place
from schemas.people import Family
from schemas.pointers import ABSENT, covers, get, join
from schemas.settling import CHOICES, Settled, settle
from schemas.validation import faults, faults_among, unconfirmed


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft with its form; `answers` are as given, `settled` as they count.

    What follows from the answers is found when first asked for, and kept.
    `former` is what the answers came to before they were changed just now.
    """

    row: DraftRow
    form: CompiledForm
    content: DraftContent
    former: Settled | None = None

    @property
    def id(self) -> str:
        """Return what the draft is known by."""
        return self.row.id

    @property
    def subject_key(self) -> str:
        """Return whom it is about; "" when that is its person."""
        return self.row.subject_key

    @property
    def case_id(self) -> str | None:
        """Return the case it changes, if there is one."""
        return self.row.case_id

    @property
    def updated_at(self) -> datetime:
        """Return when it was saved last."""
        return self.row.updated_at

    @property
    def expires_at(self) -> datetime:
        """Return when it is destroyed unless it is sent."""
        return self.row.expires_at

    @property
    def answers(self) -> Json:
        """Return the answers as they were given."""
        return self.content.answers

    @property
    def family(self) -> Family:
        """Return who decides, and about whom, when it was opened."""
        return self.content.family

    @property
    def base(self) -> Mapping[Place, str]:
        """Return which versions it began with, by place."""
        return self.content.base

    @property
    def typed(self) -> Mapping[str, Raw]:
        """Return what was left half typed, by question; it is no answer yet."""
        return self.content.typed

    @property
    def unchosen(self) -> Mapping[str, Raw]:
        """Return what was typed in kinds of answer that are not chosen, by question."""
        return self.content.unchosen

    @property
    def set_aside(self) -> SetAside:
        """Return what was answered in alternatives that are not chosen, by choice."""
        return self.content.set_aside

    @cached_property
    def read_only(self) -> frozenset[str]:
        """Return the pointers that its person cannot set."""
        return frozenset(self.content.locked)

    @cached_property
    def kept(self) -> frozenset[str]:
        """Return the sections sent sealed before."""
        return frozenset(self.content.kept)

    @cached_property
    def unconfirmed(self) -> frozenset[str]:
        """Return what was filled in for the person and is not checked yet."""
        return frozenset(self.content.unconfirmed)

    @cached_property
    def told(self) -> frozenset[str]:
        """Return the answers the person knows are set aside."""
        return frozenset(self.content.told)

    @cached_property
    def settled(self) -> Settled:
        """Return the answers as they count, and what is asked."""
        return settle(self.form, self.answers, self.former)

    @cached_property
    def found(self) -> tuple[Fault, ...]:
        """Return what is wrong with the answers, and what nobody has confirmed."""
        unread = unconfirmed(self.settled, self.unconfirmed)
        return (*faults(self.form, self.settled), *unread)

    @cached_property
    def shown(self) -> tuple[JourneyPage, ...]:
        """Return every page there is something on, whatever is wrong with it."""
        return pages(self.form, self.settled, ())

    def page(self, page_id: str) -> JourneyPage | None:
        """Return one shown page, None when it is not shown now."""
        for one in self.shown:
            if one.page.id == page_id:
                return one
        return None

    def pages(self, found: Iterable[Fault] | None = None) -> tuple[JourneyPage, ...]:
        """Return the pages to answer; a kept section's only once it is begun anew."""
        wrong = self.found if found is None else tuple(found)
        shown = pages(self.form, self.settled, wrong) if wrong else self.shown
        return tuple(
            replace(one, is_complete=False) if self._is_half_typed(one) else one
            for one in shown
            if not self._is_left_alone(one.section)
        )

    @cached_property
    def in_order(self) -> tuple[JourneyPage, ...]:
        """Return the pages to answer, whatever is wrong with them."""
        return self.pages(())

    def next_page(self, page_id: str) -> str | None:
        """Return the id of the page to answer after this one, None after the last."""
        order = [page.id for _, page in author_pages(self.form)]
        after = order.index(page_id) if page_id in order else -1
        shown = (one.page.id for one in self.in_order)
        return next((one for one in shown if order.index(one) > after), None)

    def previous_page(self, page_id: str) -> str | None:
        """Return the id of the page shown before this one, None before the first."""
        before = None
        for one in self.shown:
            if one.page.id == page_id:
                break
            before = one.page.id
        return before

    @cached_property
    def gone(self) -> tuple[Question, ...]:
        """Return questions with answers that came to be set aside, not yet told of."""
        found: list[Question] = []
        for dropped in self.settled.dropped:
            if dropped not in self.told:
                found += self._answered_below(dropped)
        return tuple(found)

    def _answered_below(self, dropped: str) -> Iterator[Question]:
        """Yield the outermost questions answered at or below the pointer."""
        known: list[str] = []
        pattern = self.form.asking.numbered.general(dropped)
        for pointer, question in self.form.questions.items():
            is_inside = any(covers(above, pointer) for above in known)
            if is_inside or not covers(pattern, pointer):
                continue
            if "*" not in pointer and get(self.answers, pointer) in (ABSENT, {}):
                continue
            known.append(pointer)
            if not question.read_only:
                yield question

    @cached_property
    def half_typed(self) -> tuple[str, ...]:
        """Return the questions to answer where something was left that is unreadable."""
        if not self.typed:
            return ()
        asked = self.settled.asked.items()
        return tuple(p for p, q in asked if p in self.typed and not q.read_only)

    def _is_half_typed(self, shown: JourneyPage) -> bool:
        half = self.half_typed
        return bool(half) and any(one.pointer in half for one in shown.questions)

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
    )


def saved_on(draft: Draft, page_id: str) -> Saved:
    """Return what saving a page led to: what is wrong there and where to go next."""
    wrong = _faults_on(draft, page_id)
    following = page_id if wrong else draft.next_page(page_id)
    return Saved(draft=draft, faults=wrong, next_page=following)


def _faults_on(draft: Draft, page_id: str) -> tuple[Fault, ...]:
    """Return what is wrong with the answers to a page's questions."""
    shown = draft.page(page_id)
    asked = [question.pointer for question in shown.questions] if shown else []
    unread = unconfirmed(draft.settled, draft.unconfirmed)
    own = (one for one in unread if any(covers(p, one.pointer) for p in asked))
    return (*faults_among(draft.form, draft.settled, asked), *own)


def settable(draft: Draft, page_id: str, pointers: Iterable[str]) -> Iterator[str]:
    """Yield those of the pointers that a post of the page may answer."""
    form, shut = draft.form, draft.read_only
    on_page = _asked_on(form, page_id)
    for pointer in pointers:
        is_shut = bool(shut) and any(covers(one, pointer) for one in shut)
        is_there = pointer in on_page or _is_cell_on(form, page_id, pointer)
        if (is_there and not is_shut) or pointer.startswith(f"/{CHOICES}/"):
            yield pointer


def _is_cell_on(form: CompiledForm, page_id: str, pointer: str) -> bool:
    known = form.asking.numbered.general(pointer)
    is_cell = pointer not in form.questions and known in form.questions
    return is_cell and _is_listed(form, page_id, pointer)


@kept_with_form
def _asked_on(form: CompiledForm, page_id: str) -> frozenset[str]:
    """Return the questions of the form's that some answers make the page ask."""
    return frozenset(p for p in form.questions if _is_listed(form, page_id, p))


def _is_listed(form: CompiledForm, page_id: str, pointer: str) -> bool:
    return any(covers(field, pointer) for field in _fields(form, page_id))


@kept_with_form
def _fields(form: CompiledForm, page_id: str) -> frozenset[str]:
    """Return what the author lists on a page."""
    asked = (one.fields for _, one in author_pages(form) if one.id == page_id)
    return frozenset(field for fields in asked for field in fields)
