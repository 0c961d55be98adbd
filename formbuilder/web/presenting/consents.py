"""Consents as they stand: what I said, what holds for all of us, how to take it back."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from formbuilder.services.mine import CaseCard, ConsentCard
from formbuilder.services.session import Session
from formbuilder.web.times import day
from formbuilder.web.visit import handle, visit
from renderers.html.page_parts import Action, ConsentLine


def consent_lines(who: Session, cases: Iterable[CaseCard]) -> Iterator[ConsentLine]:
    """Yield a line for each consent this person has been asked for."""
    say = visit().say
    for card in cases:
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
                state=_state(consent),
                until=_explained(consent),
                undo=undo if consent.mine else None,
            )


def _state(consent: ConsentCard) -> str:
    """Say in a word how it stands; a yes that waits or has ended is not a no."""
    if consent.state:
        return visit().say("Ja")
    is_no = not (consent.mine or consent.has_ended)
    return visit().say("Nej") if is_no else visit().say("Gäller inte")


def _explained(consent: ConsentCard) -> str:
    """Say why it stands as it does, and for how long a yes holds."""
    say = visit().say
    if consent.mine and not consent.state:
        return say(
            "Du har sagt ja. Det gäller först när alla vårdnadshavare har sagt ja."
        )
    if not consent.mine and not consent.has_ended:
        return say("Du har sagt nej.")
    if consent.until is None:
        return say("Gäller tills någon av er ändrar sig.")
    # A consent ends as its last day does: at the first moment of the next one.
    last = day(consent.until - timedelta(microseconds=1), visit().language)
    if consent.has_ended:
        return say("Du sa ja till och med {day}.", day=last)
    return say("Gäller till och med {day}.", day=last)
