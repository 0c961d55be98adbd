"""The answers to check before they are signed, as their view."""

from collections.abc import Iterator
from itertools import groupby

from formbuilder.services.review import Review, UnitReview
from formbuilder.web.presenting.audience import seen_by
from formbuilder.web.presenting.pages import messages
from formbuilder.web.presenting.signing import sign_elsewhere, sign_here
from formbuilder.web.visit import surroundings, visit
from renderers.document import Row as Answered
from renderers.html.page_parts import Action, Card, Fault, Row
from renderers.html.views import ReviewPage
from renderers.summary import summary
from schemas.compiling import CompiledForm
from schemas.journey import JourneyPage
from schemas.pointers import covers
from schemas.titles import form_text, section_text


def review_page(
    review: Review, *, query: str, action: str, declared: str, notice: str
) -> ReviewPage:
    """Return every answer with its change link and who will see it."""
    say, draft = visit().say, review.draft
    form = draft.form
    base = f"/e/{form.definition.id}"
    shown = draft.pages(review.faults)
    return ReviewPage(
        title=say("Kontrollera dina svar"),
        around=surroundings(
            service=form_text(form.definition, "title", visit().language)
        ),
        back=f"{base}/{shown[-1].page.id}{query}" if shown else base,
        notice=notice,
        cards=tuple(_cards(review, shown, base, query)),
        faults=tuple(_faults(review, shown, base, query)),
        declaration=tuple(declared.splitlines()),
        others_sign=tuple(_others(review.units)),
        sign=_send(review, action) if review.is_ready else None,
        sign_elsewhere=sign_elsewhere(action)
        if review.is_ready and review.needs_signature
        else None,
        later=None,
    )


def _send(review: Review, action: str) -> Action:
    say = visit().say
    if not review.needs_signature:
        return Action(label=say("Skicka in"), href=action)
    return sign_here(action)


def _cards(
    review: Review, shown: tuple[JourneyPage, ...], base: str, query: str
) -> Iterator[Card]:
    draft = review.draft
    rows = summary(draft.form, draft.settled, language=visit().language)
    listed = {page.section.id for page in shown}
    for section in draft.form.definition.sections:
        if section.id not in listed:
            continue
        title = section_text(draft.form.definition, section, "title", visit().language)
        own = [r for r in rows if r.section and _page_of(shown, r, section.id)]
        yield Card(
            id=section.id,
            title=title,
            rows=tuple(
                _row(draft.form, row, shown, base, query)
                for _, group in groupby(own, key=lambda r: r.group)
                for row in group
            ),
        )


def _page_of(
    shown: tuple[JourneyPage, ...], row: Answered, section_id: str
) -> JourneyPage | None:
    for page in shown:
        if page.section.id == section_id and any(
            covers(question.pointer, row.pointer) for question in page.questions
        ):
            return page
    return None


def _row(
    form: CompiledForm,
    row: Answered,
    shown: tuple[JourneyPage, ...],
    base: str,
    query: str,
) -> Row:
    page = next(
        p
        for p in shown
        if any(covers(question.pointer, row.pointer) for question in p.questions)
    )
    unanswered = visit().say("Inte besvarad")
    return Row(
        question=row.label,
        answer=tuple(row.value.split("\n")) if row.value else (unanswered,),
        change=f"{base}/{page.page.id}{query}&andra=1",
        seen_by=seen_by(form, (row.pointer,)),
    )


def _faults(
    review: Review, shown: tuple[JourneyPage, ...], base: str, query: str
) -> Iterator[Fault]:
    for pointer, text in messages(review.draft, review.faults, {}).items():
        page = next(
            (p for p in shown if any(covers(q.pointer, pointer) for q in p.questions)),
            None,
        )
        href = f"{base}/{page.page.id}{query}&andra=1" if page else ""
        yield Fault(text=text, href=href)


def _others(units: tuple[UnitReview, ...]) -> Iterator[str]:
    say = visit().say
    for unit in units:
        if not unit.waits_for:
            continue
        names = ", ".join(unit.waits_for)
        if unit.arrives_at_once:
            yield say(
                "{title}: skickas direkt. {names} får också veta det.",
                title=unit.title,
                names=names,
            )
        else:
            yield say(
                "{title}: {names} behöver också skriva under.",
                title=unit.title,
                names=names,
            )
