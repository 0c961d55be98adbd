"""The receipt as its view."""

from formbuilder.services.receipts import Receipt, ReceiptUnit
from formbuilder.services.session import Session
from formbuilder.web.presenting.cases import called, waits_for
from formbuilder.web.times import moment
from formbuilder.web.visit import listed, surroundings, visit
from renderers.html.page_parts import Link, Sent
from renderers.html.views import ReceiptPage


def receipt_page(who: Session, receipt: Receipt, case_address: str) -> ReceiptPage:
    """Return what was received and when, what went where, what waits."""
    say, language = visit().say, visit().language
    arrived = tuple(unit for unit in receipt.units if unit.arrived_at is not None)
    numbers = {unit.diary_number for unit in arrived}
    is_one = len(numbers) == 1
    return ReceiptPage(
        title=say("Tack"),
        around=surroundings(service=receipt.form_title),
        received=say("den {moment}", moment=moment(receipt.signed_at, language)),
        reference=receipt.reference,
        diary_number=numbers.pop() if is_one else "",
        sent=tuple(_sent(unit, is_numbered=not is_one) for unit in arrived),
        waiting=tuple(
            Sent(title=called(unit), to=unit.waits_for)
            for unit in receipt.units
            if unit.arrived_at is None
        ),
        pdf=f"{case_address}/kvitto.pdf",
        next_steps=tuple(_steps(who, receipt)),
        links=(
            Link(text=say("Till Mina sidor"), href="/mina")
            if who.is_known
            else Link(text=say("Alla e-tjänster"), href="/"),
        ),
    )


def _steps(who: Session, receipt: Receipt) -> list[str]:
    say = visit().say
    if not who.is_known:
        return [
            say(
                "Spara ärendenumret och kvittot. Du behöver numret om du vill fråga "
                "om ärendet."
            )
        ]
    steps = list(waits_for(receipt.units))
    if steps:
        names = listed(
            dict.fromkeys(name for unit in receipt.units for name in unit.waits_for)
        )
        steps.append(
            say(
                "Be {names} logga in på Mina sidor. Vi skickar inget meddelande.",
                names=names,
            )
        )
    steps.append(say("Du kan följa ärendet på Mina sidor och ändra dina svar."))
    return steps


def _sent(unit: ReceiptUnit, *, is_numbered: bool) -> Sent:
    number = unit.diary_number if is_numbered else ""
    return Sent(
        title=unit.title,
        to=unit.receivers,
        note=visit().say("Diarienummer {number}", number=number) if number else "",
    )
