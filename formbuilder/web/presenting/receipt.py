"""The receipt as its view."""

from formbuilder.services.receipts import Receipt, ReceiptUnit
from formbuilder.web.presenting.audience import department_title
from formbuilder.web.times import moment
from formbuilder.web.visit import surroundings, visit
from renderers.html.page_parts import Link, Sent
from renderers.html.views import ReceiptPage


def receipt_page(receipt: Receipt, case_address: str) -> ReceiptPage:
    """Return what was received and when, what went where, what waits."""
    say, language = visit().say, visit().language
    arrived = tuple(unit for unit in receipt.units if unit.arrived_at is not None)
    waiting = tuple(unit for unit in receipt.units if unit.arrived_at is None)
    steps = [say("Du kan följa ärendet på Mina sidor.")]
    if waiting:
        others = sorted({name for unit in waiting for name in unit.waits_for})
        names = " och ".join(others) if language == "sv" else " and ".join(others)
        if names:
            steps.insert(0, say("{names} behöver logga in och svara.", names=names))
    return ReceiptPage(
        title=say("Tack"),
        around=surroundings(service=receipt.form_title),
        received=moment(receipt.signed_at, language),
        reference=receipt.reference,
        sent=tuple(_sent(unit) for unit in arrived),
        waiting=tuple(_waiting(unit) for unit in waiting),
        pdf=f"{case_address}/kvitto.pdf",
        next_steps=tuple(steps),
        links=(Link(text=say("Till Mina sidor"), href="/mina"),),
    )


def _sent(unit: ReceiptUnit) -> Sent:
    number = unit.diary_number
    return Sent(
        title=unit.title,
        to=tuple(department_title(key) for key in unit.receivers),
        note=visit().say("Diarienummer {number}", number=number) if number else "",
    )


def _waiting(unit: ReceiptUnit) -> Sent:
    note = visit().say("Skickas när alla har skrivit under.")
    return Sent(title=unit.title, to=unit.waits_for, note=note)
