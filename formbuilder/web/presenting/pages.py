"""A page of questions as its view."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace

from formbuilder.services.drafts import Draft
from formbuilder.web.presenting.audience import seen_by
from formbuilder.web.visit import surroundings, visit
from renderers.html.fields import Filling, StoredFile, kinds_on, raws_of, unshown_on
from renderers.html.question_page import question_page
from renderers.html.row_conditions import (
    GROUPS,
    OBJECTS,
    Asked,
    cell_value,
    has_more,
)
from renderers.html.views import FormPage
from schemas.alternatives import Alternatives
from schemas.errors import InvalidAnswer
from schemas.faults import Fault, fault_message, refusal_message
from schemas.field_type import Question, Raw
from schemas.following import following, question_at
from schemas.journey import JourneyPage
from schemas.kinds_chosen import kinds_of
from schemas.locking import locked, with_new_rows
from schemas.places_on_pages import in_answers, on_page
from schemas.pointers import ABSENT, around, get, with_value
from schemas.positions import COUNTED
from schemas.settling import Settled, settle
from schemas.shut_cells import has_shut, marks, may_shut
from schemas.titles import form_text


def messages(
    asked: Mapping[str, Question],
    found: tuple[Fault, ...],
    refused: Mapping[str, InvalidAnswer],
    say: Callable[[Fault, Question | None, str], str] = fault_message,
) -> dict[str, str]:
    """Return what is to be said of what is asked, by the pointer it is said at."""
    language = visit().language
    said = {
        pointer: refusal_message(refusal, question, language)
        for pointer, refusal in refused.items()
        if (question := _nearest(asked, pointer)) is not None
    }
    holding = {place for one in refused for place in around(one)}
    for fault in found:
        if not _is_told(fault, refused, holding):
            question = question_at(asked, fault.pointer)
            question = question or _nearest(asked, fault.pointer)
            told, question = _where_counted(fault, question)
            said.setdefault(told.pointer, say(told, question, language))
    return said


def _where_counted(
    fault: Fault, question: Question | None
) -> tuple[Fault, Question | None]:
    """Return a wrong number of answers as one of the rows that may be more or fewer."""
    after = following(question) if question and fault.code in COUNTED else None
    if question is None or after is None or fault.pointer != question.pointer:
        return fault, question
    limit = after.schema[fault.code]
    return replace(fault, pointer=after.pointer, values={"limit": limit}), after


def _is_told(fault: Fault, refused: Container[str], holding: Container[str]) -> bool:
    """Tell whether it follows from what was refused, in it or in what holds it."""
    is_missing = fault.code == "required" and fault.pointer in holding
    return is_missing or any(place in refused for place in around(fault.pointer))


def _nearest(asked: Mapping[str, Question], pointer: str) -> Question | None:
    return next((asked[place] for place in around(pointer) if place in asked), None)


def form_page(
    draft: Draft,
    shown: JourneyPage,
    *,
    action: str,
    back: str,
    raws: Mapping[str, Raw] | None = None,
    said: Mapping[str, str] | None = None,
    files: Mapping[str, StoredFile] | None = None,
    is_change: bool = False,
    can_return: bool = True,
    notice: str = "",
    opened: str = "",
) -> FormPage:
    """Return the page, filled in with the draft or with what was just typed."""
    language, form = visit().language, draft.form
    return question_page(
        form,
        shown,
        _filling(draft, shown, raws, said, files, opened),
        language,
        is_first=shown.page.id == order_first(draft.in_order, shown.section.id),
        around=surroundings(service=form_text(form.definition, "title", language)),
        back=back,
        notice=notice,
        action=action,
        seen_by=seen_by(form, [one.pointer for one in shown.questions]),
        is_change=is_change,
        can_return=can_return,
    )


def _filling(
    draft: Draft,
    shown: JourneyPage,
    raws: Mapping[str, Raw] | None,
    said: Mapping[str, str] | None,
    files: Mapping[str, StoredFile] | None,
    opened: str,
) -> Filling:
    """Return what stands in the page's questions: the draft, or what was typed."""
    groups = _groups(shown.questions)
    kept = _kept(draft, shown.questions, groups)
    shut = {one.pointer for one in shown.questions if one.read_only}
    left = {**draft.typed, **(raws or {})}
    typed = {pointer: raw for pointer, raw in left.items() if pointer not in shut}
    changed = [
        one
        for one in groups
        if one.pointer in typed or has_more(one, get(draft.answers, one.pointer))
    ]
    filled = {**kept, **typed}
    unshown, settled = unshown_on(shown.questions), settled_with(draft, changed, filled)
    for group in filter(has_shut, groups):
        stands = typed.get(group.pointer, _stored(draft, group))
        found = filled.get(group.pointer, {})
        if may_shut(group):
            by = _shut_by(draft, settled)
            stands, found = locked(group, stands, by), locked(group, found, by)
        filled[group.pointer] = {**found, **marks(group, stands)}
    kinds = kinds_of(draft.form, settled) if said or groups else {}
    there = frozenset(p for p in unshown if get(draft.answers, p) is not ABSENT)
    return Filling(
        raws={p: raw for p, raw in filled.items() if p not in unshown}
        if unshown
        else filled,
        saved=there,
        messages={on_page(p, settled.asked, kinds): one for p, one in said.items()}
        if said
        else {},
        files=files or {},
        unconfirmed=draft.unconfirmed,
        asked=_asked(settled, kinds) if groups else None,
        answers=settled.answers,
        opened=opened,
    )


def _kept(
    draft: Draft, questions: tuple[Question, ...], groups: list[Question]
) -> dict[str, Raw]:
    """Return what the draft holds of a page's questions, as it would be posted."""
    language = visit().language
    kept = raws_of(questions, draft.settled.shown, language)
    if groups and draft.settled.dropped:
        # What a row does not ask now stands beside it, to come back with its question.
        aside = raws_of(groups, draft.answers, language)
        kept |= {p: {**raw, **kept.get(p, {})} for p, raw in aside.items()}
    kept |= {p: {**raw, **kept[p]} for p, raw in draft.unchosen.items() if p in kept}
    for group in filter(may_shut, groups):
        raw, by = kept.get(group.pointer, {}), _shut_by(draft, draft.settled)
        kept[group.pointer] = locked(group, raw, by, draft.answers)
    return kept


def _asked(settled: Settled, kinds: Mapping[str, int]) -> Asked:
    """Return what is asked, and of which rows it has not been chosen what they are."""
    of_kinds = (p for p, q in settled.asked.items() if q.kind == Alternatives.key)
    choosing = frozenset(p for p in of_kinds if p not in kinds)
    return Asked(pointers=settled.asked, choosing=choosing)


def stored_raws(draft: Draft, questions: Iterable[Question]) -> dict[str, Raw]:
    """Return what is stored of the questions with something read-only inside them.

    Where answers say what that is, a row that nobody has added yet says it of such.
    """
    groups = [one for one in questions if one.parts and has_shut(one)]
    found = {one.pointer: _stored(draft, one) for one in groups}
    for group in filter(may_shut, groups):
        raws = {group.pointer: with_new_rows(group, found[group.pointer])}
        settled = settled_with(draft, [group], raws)
        found[group.pointer] = locked(
            group, raws[group.pointer], _shut_by(draft, settled)
        )
    return found


def _stored(draft: Draft, question: Question) -> Raw:
    """Return what is stored of a question as it would be posted, half typed or not."""
    half, value = (
        draft.typed.get(question.pointer),
        get(draft.answers, question.pointer),
    )
    if half is not None or value is ABSENT:
        return half or {}
    chosen = question.field_type.raw(value, question)
    whole = {**draft.unchosen.get(question.pointer, {}), **chosen}
    if not may_shut(question):
        return whole
    return locked(question, whole, _shut_by(draft, draft.settled), draft.answers)


def _shut_by(draft: Draft, settled: Settled) -> Callable[[str], bool]:
    """Return what tells whether nobody may set, with these answers, what stands there.

    What is not asked is not shown either.
    """
    asked = _asked(settled, kinds_of(draft.form, settled))

    def is_shut(pointer: str) -> bool:
        found = settled.asked.get(in_answers(pointer))
        return found.read_only if found is not None else not asked.has(pointer)

    return is_shut


def _groups(questions: tuple[Question, ...]) -> list[Question]:
    """Return the questions whose cells depend on what is filled in in them."""
    if (GROUPS | OBJECTS).isdisjoint(kinds_on(questions)):
        return []
    open_ = (one for one in questions if not one.read_only)
    return [one for one in open_ if one.kind in GROUPS or may_shut(one)]


def settled_with(
    draft: Draft, groups: Iterable[Question], raws: Mapping[str, Raw]
) -> Settled:
    """Return what the rows come to as they stand on the page, empty ones too."""
    answers = draft.answers
    for group in groups:
        shown = cell_value(group, raws.get(group.pointer, {}))
        answers = with_value(answers, group.pointer, shown)
    is_same = answers is draft.answers or answers == draft.answers
    return draft.settled if is_same else settle(draft.form, answers, draft.settled)


def order_first(order: tuple[JourneyPage, ...], section_id: str) -> str:
    """Return the id of a section's first shown page."""
    for one in order:
        if one.section.id == section_id:
            return one.page.id
    return ""


def back_of(draft: Draft, page_id: str, base: str, query: str) -> str:
    """Return the address of the page before, or of the form's start."""
    before = draft.previous_page(page_id)
    return f"{base}/{before}{query}" if before else base
