"""A guardian's cases as their views."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from formbuilder.services.mine import (
    CaseCard,
    CaseView,
    Overview,
    ToSign,
    UnitAnswers,
    UnitCard,
)
from formbuilder.services.session import Session
from formbuilder.web.presenting.audience import seen_by, told_once
from formbuilder.web.presenting.consents import consent_lines
from formbuilder.web.presenting.signing import sign_elsewhere, sign_here
from formbuilder.web.presenting.telling import last_day
from formbuilder.web.times import moment
from formbuilder.web.visit import handle, listed, surroundings, visit
from renderers.html.page_parts import (
    Action,
    Card,
    CaseLine,
    Link,
    Row,
    Sent,
    Style,
    Tone,
)
from renderers.html.views import CasePage, MinePage
from renderers.summary import answered, unshown
from schemas.compiling import CompiledForm
from schemas.titles import form_text
from schemas.tongues import after_each_other, like
from schemas.units import units_of
from schemas.visible import visible_said


class Waits(Protocol):
    """A section or part that may wait for somebody."""

    @property
    def title(self) -> str:
        """Return what it is called."""

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Return whose signature it waits for."""

    @property
    def is_change(self) -> bool:
        """Tell whether it would change what counts already."""


TONES: dict[str, Tone] = {
    "waiting_cosign": "waiting",
    "received": "good",
    "closed": "neutral",
    "declined": "bad",
}


def status_of(card: CaseCard) -> str:
    """Return how a case stands, in words."""
    say = visit().say
    if card.can_sign:
        return say("Väntar på dig")
    return {
        "waiting_cosign": say("Väntar på en underskrift till"),
        "received": say("Inkommet"),
        "closed": say("Avslutat"),
        "declined": say("Nej från en vårdnadshavare"),
    }.get(card.status, card.status)


def tone_of(card: CaseCard) -> Tone:
    """Return how loudly it is said how a case stands."""
    return "attention" if card.can_sign else TONES.get(card.status, "neutral")


def mine_page(who: Session, overview: Overview) -> MinePage:
    """Return what waits for me, my drafts, cases and consents."""
    say = visit().say
    return MinePage(
        title=say("Mina sidor"),
        around=surroundings(),
        to_do=tuple(_waiting(who, card) for card in overview.cases if card.can_sign),
        drafts=tuple(_drafts(who, overview)),
        cases=tuple(_line(who, card) for card in overview.cases if not card.can_sign),
        consents=tuple(consent_lines(who, overview.cases)),
        services=(Link(text=say("Alla e-tjänster"), href="/"),),
    )


def _line(who: Session, card: CaseCard) -> CaseLine:
    shown = handle(who, card.case_id)
    return CaseLine(
        title=card.title,
        subject=card.child_name,
        status=status_of(card),
        tone=tone_of(card),
        detail=after_each_other(waits_for(card.units)),
        reference=card.reference,
        at=moment(card.opened_at, visit().language),
        links=(
            Link(text=visit().say("Visa ärendet"), href=f"/mina/{shown}"),
            Link(text=visit().say("Kvitto (PDF)"), href=f"/mina/{shown}/kvitto.pdf"),
        ),
    )


def waits_for(units: Iterable[Waits]) -> Iterator[str]:
    """Yield whose signature is waited for, and for what."""
    found: dict[str, list[str]] = {}
    waiting = [unit for unit in units if unit.waits_for]
    for unit in waiting:
        found.setdefault(listed(unit.waits_for), []).append(called(unit))
    for names, titles in found.items():
        yield visit().say(
            "{names} behöver skriva under: {titles}.",
            names=names,
            titles=listed(titles),
        )
    if any(unit.is_change for unit in waiting):
        yield visit().say("Till dess gäller de svar som vi redan har fått.")


def called(unit: Waits) -> str:
    """Return what waits, saying so if it is a change to what counts already."""
    if unit.is_change:
        return visit().say("{title} (ändring)", title=unit.title)
    return unit.title


def _waiting(who: Session, card: CaseCard) -> CaseLine:
    shown = handle(who, card.case_id)
    return CaseLine(
        title=card.title,
        subject=card.child_name,
        status=status_of(card),
        tone=tone_of(card),
        detail=_asked_to_sign(card),
        reference=card.reference,
        at=moment(card.opened_at, visit().language),
        links=(Link(text=visit().say("Läs och skriv under"), href=f"/mina/{shown}"),),
    )


def _asked_to_sign(card: CaseCard) -> str:
    """Return why somebody's signature is wanted; a change is said to be one."""
    waiting = [unit for unit in card.units if unit.status == "waiting"]
    if waiting and all(unit.is_change for unit in waiting):
        return visit().say(
            "Barnets andra vårdnadshavare vill ändra svar som ni har lämnat. Nu "
            "behöver du läsa ändringen och skriva under."
        )
    return visit().say(
        "Barnets andra vårdnadshavare har skrivit under. Nu behöver du läsa och "
        "skriva under."
    )


def _drafts(who: Session, overview: Overview) -> Iterator[CaseLine]:
    say, language = visit().say, visit().language
    for draft in overview.drafts:
        shown = handle(who, draft.id)
        yield CaseLine(
            title=form_text(draft.form.definition, "title", language),
            subject=draft.child_name,
            status=say("Sparat, inte skickat"),
            detail=last_day(draft.expires_at),
            at=moment(draft.updated_at, language),
            links=(Link(text=say("Fortsätt"), href=f"/mina/utkast/{shown}"),),
            actions=(
                Action(
                    label=say("Ta bort"),
                    href=f"/mina/utkast/{shown}/ta-bort",
                    style="quiet",
                    about=f"{draft.title} {draft.child_name}".strip(),
                ),
            ),
        )


def case_page(
    who: Session, shown: str, view: CaseView, to_sign: ToSign | None, *, notice: str
) -> CasePage:
    """Return one case: what I am to sign, what is received, what waits."""
    say, card, address = visit().say, view.card, f"/mina/{shown}"
    units = {unit.unit_id: unit for unit in card.units}
    is_mine = to_sign is not None and bool(to_sign.units)
    own = to_sign.own_pages if to_sign else ()
    # Whoever has questions of their own answers them first, then signs everything.
    style: Style = "secondary" if own else "primary"
    return CasePage(
        title=card.title,
        around=surroundings(),
        back="/mina",
        notice=notice,
        status=status_of(card),
        tone=tone_of(card),
        subject=card.child_name,
        facts=(
            (say("Ärendenummer"), card.reference),
            (say("Påbörjat"), moment(card.opened_at, visit().language)),
        ),
        to_sign=tuple(
            replace(_card(view.form, unit), note=_change_note(units.get(unit.unit_id)))
            for unit in to_sign.units
        )
        if to_sign
        else (),
        sign=replace(sign_here(f"{address}/skriv-under"), style=style)
        if is_mine
        else None,
        sign_elsewhere=sign_elsewhere(f"{address}/skriv-under") if is_mine else None,
        decline=Action(label=say("Säg nej"), href=f"{address}/avboj", style="warning")
        if is_mine
        else None,
        received=tuple(
            _card(view.form, unit)
            for unit in view.units
            if units[unit.unit_id].status in ("received", "archived")
        ),
        waiting=tuple(_sent(unit) for unit in card.units if unit.waits_for),
        waits_for=tuple(waits_for(card.units)),
        links=(Link(text=say("Kvitto (PDF)"), href=f"{address}/kvitto.pdf"),),
        own_answers=_own_action(who, card, to_sign) if to_sign and own else None,
    )


def _change_note(unit: UnitCard | None) -> str:
    """Return what counts until a change is signed."""
    if unit is None or not unit.is_change:
        return ""
    return visit().say(
        "Det här är en ändring. Tills du har skrivit under gäller de svar som vi redan "
        "har fått."
    )


def _own_action(who: Session, card: CaseCard, to_sign: ToSign) -> Action:
    return Action(
        label=visit().say("Svara på dina frågor och skriv under"),
        href=f"/e/{card.form_id}/borja",
        hidden={"child": handle(who, to_sign.subject_key)},
    )


def _sent(unit: UnitCard) -> Sent:
    return Sent(title=called(unit), to=unit.waits_for)


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
    language = visit().language
    rows = answered(
        form,
        unit.answers,
        language=language,
        holds=held.holds,
        offered=unit.offered,
    )
    card = Card(
        id=f"{unit.section}-{unit.part}",
        title=unit.title,
        rows=tuple(
            Row(
                question=row.label,
                answer=tuple(
                    like(said, row.value)
                    for said in visible_said(row.value).split("\n")
                ),
                seen_by=seen_by(form, (row.pointer,)),
                within=row.within,
            )
            for row in unshown(form, rows, language)
        ),
    )
    return told_once(card)
