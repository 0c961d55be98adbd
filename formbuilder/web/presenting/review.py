"""The answers to check before they are signed, as their view."""

from collections.abc import Iterable, Iterator

from formbuilder.services.review import Review, UnitReview
from formbuilder.web.presenting.audience import seen_by, told_once
from formbuilder.web.presenting.pages import messages
from formbuilder.web.presenting.signing import sign_elsewhere, sign_here
from formbuilder.web.visit import listed, surroundings, visit
from renderers.document import Row as Answered
from renderers.html.page_parts import Action, Card, Fault, Row
from renderers.html.views import ReviewPage
from renderers.summary import summary
from schemas.compiling import CompiledForm
from schemas.faults import named_message
from schemas.journey import JourneyPage
from schemas.pointers import covers
from schemas.titles import form_text, section_text, unit_text
from schemas.tongues import like
from schemas.visible import visible_said


def review_page(review: Review, *, query: str, action: str, notice: str) -> ReviewPage:
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
        declaration=tuple(_declaration(review)),
        others_sign=tuple(_others(review)),
        others_told=tuple(_told(review)),
        sign=_send(review, action) if review.is_ready else None,
        sign_elsewhere=sign_elsewhere(action)
        if review.is_ready and review.needs_signature
        else None,
        is_signed=review.needs_signature,
        later=None,
    )


def _declaration(review: Review) -> Iterator[str]:
    """Yield what one declares by signing; the eID shows it in Swedish with the rest."""
    if review.is_ready and review.needs_signature:
        definition = review.draft.form.definition
        said = form_text(definition, "declaration", visit().language)
        yield from (like(line, said) for line in said.splitlines())


def _send(review: Review, action: str) -> Action:
    say = visit().say
    if not review.needs_signature:
        return Action(label=say("Skicka in"), href=action)
    return sign_here(action)


def _cards(
    review: Review, shown: tuple[JourneyPage, ...], base: str, query: str
) -> Iterator[Card]:
    draft = review.draft
    rows = summary(
        draft.form,
        draft.settled,
        language=visit().language,
        offered=review.offered,
        files=review.files,
    )
    listed = {page.section.id for page in shown}
    for section in draft.form.definition.sections:
        if section.id not in listed:
            continue
        title = section_text(draft.form.definition, section, "title", visit().language)
        found = [
            (row.value, _row(draft.form, row, shown, base, query))
            for row in rows
            if row.section and _page_of(shown, row, section.id)
        ]
        card = Card(
            id=section.id,
            title=title,
            rows=tuple(row for value, row in found if value),
            skipped=tuple(row for value, row in found if not value),
        )
        yield told_once(card)


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
    return Row(
        question=row.label,
        answer=tuple(like(said, row.value) for said in _lines(row.value)),
        change=f"{base}/{page.page.id}{query}&andra=1",
        seen_by=seen_by(form, (row.pointer,)),
        within=row.within,
    )


def _lines(value: str) -> list[str]:
    return visible_said(value).split("\n")


def _faults(
    review: Review, shown: tuple[JourneyPage, ...], base: str, query: str
) -> Iterator[Fault]:
    asked = review.draft.settled.asked
    for pointer, text in messages(asked, review.faults, {}, named_message).items():
        page = next(
            (p for p in shown if any(covers(q.pointer, pointer) for q in p.questions)),
            None,
        )
        href = f"{base}/{page.page.id}{query}&andra=1" if page else ""
        yield Fault(text=text, href=href)


def _others(review: Review) -> Iterator[str]:
    """Yield who else must sign, and what waits for that."""
    waiting = (unit for unit in review.units if not unit.arrives_at_once)
    for names, titles in _by_names(review, waiting).items():
        yield visit().say(
            "{names} behöver också skriva under: {titles}.", names=names, titles=titles
        )


def _told(review: Review) -> Iterator[str]:
    """Yield what is sent at once though others have not answered yet."""
    sent = (unit for unit in review.units if unit.arrives_at_once)
    for names, titles in _by_names(review, sent).items():
        yield visit().say(
            "{titles}: skickas när du har skrivit under, men ett ja gäller först när "
            "{names} också har sagt ja.",
            names=names,
            titles=titles,
        )


def _by_names(review: Review, units: Iterable[UnitReview]) -> dict[str, str]:
    form = review.draft.form.definition
    found: dict[str, list[str]] = {}
    for unit in units:
        if unit.waits_for:
            title = unit_text(form, unit.section, unit.part, visit().language)
            found.setdefault(listed(unit.waits_for), []).append(title)
    return {names: listed(titles) for names, titles in found.items()}
