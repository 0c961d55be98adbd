"""A guardian's cases as their views."""

from collections.abc import Iterator

from formbuilder.services.mine import (
    CaseCard,
    CaseView,
    Overview,
    ToSign,
    UnitAnswers,
    UnitCard,
)
from formbuilder.services.sessions import Session
from formbuilder.web.presenting.audience import seen_by
from formbuilder.web.presenting.signing import sign_elsewhere, sign_here
from formbuilder.web.times import moment
from formbuilder.web.visit import handle, surroundings, visit
from renderers.html.page_parts import (
    Action,
    Card,
    CaseLine,
    ConsentLine,
    Link,
    Row,
    Sent,
    Tone,
)
from renderers.html.views import CasePage, MinePage
from renderers.summary import answered
from schemas.compiling import CompiledForm
from schemas.units import units_of

TONES: dict[str, Tone] = {
    "waiting": "waiting",
    "received": "good",
    "archived": "good",
    "declined": "bad",
    "replaced": "neutral",
}


def _status(key: str) -> str:
    say = visit().say
    return {
        "waiting": say("Väntar på den andra vårdnadshavaren"),
        "received": say("Inkommet"),
        "archived": say("Arkiverat"),
        "declined": say("Nej från en vårdnadshavare"),
        "replaced": say("Ersatt av en senare version"),
    }.get(key, key)


def mine_page(who: Session, overview: Overview) -> MinePage:
    """Return what waits for me, my drafts, cases and consents."""
    say = visit().say
    return MinePage(
        title=say("Mina sidor"),
        around=surroundings(),
        to_do=tuple(_waiting(who, card) for card in overview.cases if card.can_sign),
        drafts=tuple(_drafts(who, overview)),
        cases=tuple(_line(who, card) for card in overview.cases),
        consents=tuple(_consents(who, overview)),
        services=(Link(text=say("Alla e-tjänster"), href="/"),),
    )


def _line(who: Session, card: CaseCard) -> CaseLine:
    shown = handle(who, card.case_id)
    waits = sorted({n for unit in card.units for n in unit.waits_for})
    return CaseLine(
        title=card.title,
        subject=card.child_name,
        status=_status(card.status),
        tone=TONES.get(card.status, "neutral"),
        reference=card.reference,
        at=moment(card.opened_at, visit().language),
        waits_for=tuple(waits),
        links=(
            Link(text=visit().say("Visa ärendet"), href=f"/mina/{shown}"),
            Link(text=visit().say("Kvitto (PDF)"), href=f"/mina/{shown}/kvitto.pdf"),
        ),
    )


def _waiting(who: Session, card: CaseCard) -> CaseLine:
    shown = handle(who, card.case_id)
    return CaseLine(
        title=card.title,
        subject=card.child_name,
        status=visit().say("Väntar på dig"),
        tone="attention",
        reference=card.reference,
        at=moment(card.opened_at, visit().language),
        links=(Link(text=visit().say("Läs och skriv under"), href=f"/mina/{shown}"),),
    )


def _drafts(who: Session, overview: Overview) -> Iterator[CaseLine]:
    say, language = visit().say, visit().language
    for draft in overview.drafts:
        shown = handle(who, draft.id)
        page = draft.next_page or "granska"
        yield CaseLine(
            title=draft.title,
            subject=draft.child_name,
            status=say("Sparat, inte skickat"),
            detail=say("Tas bort {day}", day=moment(draft.expires_at, language)),
            at=moment(draft.updated_at, language),
            links=(
                Link(text=say("Fortsätt"), href=f"/e/{draft.form_id}/{page}?d={shown}"),
            ),
            actions=(
                Action(
                    label=say("Ta bort"),
                    href=f"/mina/utkast/{shown}/ta-bort",
                    style="quiet",
                    about=draft.title,
                ),
            ),
        )


def _consents(who: Session, overview: Overview) -> Iterator[ConsentLine]:
    say = visit().say
    for card in overview.cases:
        for consent in card.consents:
            undo = Action(
                label=say("Ångra"),
                href=f"/mina/{handle(who, card.case_id)}/angra",
                hidden={"purpose": consent.purpose},
                style="secondary",
                about=f"{consent.title}, {card.child_name}",
            )
            yield ConsentLine(
                title=consent.title,
                subject=card.child_name,
                is_given=consent.state,
                state=say("Ja") if consent.state else say("Nej"),
                until=moment(consent.until, visit().language),
                undo=undo if consent.mine else None,
            )


def case_page(
    who: Session, shown: str, view: CaseView, to_sign: ToSign | None, *, notice: str
) -> CasePage:
    """Return one case: what I am to sign, what is received, what waits."""
    say, card, address = visit().say, view.card, f"/mina/{shown}"
    units = {(unit.section, unit.part): unit for unit in card.units}
    waiting = tuple(unit for unit in card.units if unit.status == "waiting")
    is_mine = to_sign is not None and bool(to_sign.units)
    own = to_sign.own_pages if to_sign else ()
    return CasePage(
        title=card.title,
        around=surroundings(),
        back="/mina",
        notice=notice,
        status=_status(card.status),
        subject=card.child_name,
        facts=(
            (say("Ärendenummer"), card.reference),
            (say("Påbörjat"), moment(card.opened_at, visit().language)),
        ),
        to_sign=tuple(_card(view.form, unit) for unit in to_sign.units)
        if to_sign
        else (),
        sign=sign_here(f"{address}/skriv-under") if is_mine else None,
        sign_elsewhere=sign_elsewhere(f"{address}/skriv-under") if is_mine else None,
        decline=Action(label=say("Säg nej"), href=f"{address}/avboj", style="warning")
        if is_mine
        else None,
        received=tuple(
            _card(view.form, unit)
            for unit in view.units
            if units[unit.section, unit.part].status in ("received", "archived")
        ),
        waiting=tuple(_sent(unit) for unit in waiting),
        links=(Link(text=say("Kvitto (PDF)"), href=f"{address}/kvitto.pdf"),),
        actions=(_own_action(who, card, to_sign),) if to_sign and own else (),
    )


def _own_action(who: Session, card: CaseCard, to_sign: ToSign) -> Action:
    return Action(
        label=visit().say("Lämna dina egna svar"),
        href=f"/e/{card.form_id}/borja",
        hidden={"child": handle(who, to_sign.subject_key)},
    )


def _sent(unit: UnitCard) -> Sent:
    return Sent(title=unit.title, to=unit.waits_for)


def _card(form: CompiledForm, unit: UnitAnswers) -> Card:
    say = visit().say
    if unit.is_sealed:
        note = say("Svaren är skickade och kan bara läsas av mottagaren.")
        return Card(
            id=f"{unit.section}-{unit.part}", title=unit.title, rows=(), note=note
        )
    held = next(
        u for u in units_of(form.definition) if u.key == (unit.section, unit.part)
    )
    rows = answered(form, unit.answers, language=visit().language, holds=held.holds)
    return Card(
        id=f"{unit.section}-{unit.part}",
        title=unit.title,
        rows=tuple(
            Row(
                question=row.label,
                answer=tuple(row.value.split("\n")),
                seen_by=seen_by(form, (row.pointer,)),
            )
            for row in rows
        ),
    )
