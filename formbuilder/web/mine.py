"""`/mina`: a guardian's cases, drafts and consents."""

from io import BytesIO

from flask import Blueprint, Response, redirect, request, send_file
from werkzeug.wrappers import Response as Answer

from formbuilder.identity.provider import IdentityUnavailable, OrderRefused
from formbuilder.services.session import Session
from formbuilder.web.eid import (
    PROVIDER,
    back_with,
    browser,
    fault,
    flow,
    waiting_address,
)
from formbuilder.web.guards import citizen
from formbuilder.web.house import house
from formbuilder.web.presenting.cases import case_page, mine_page
from formbuilder.web.presenting.renewal import renewal_page
from formbuilder.web.standing import draft_address
from formbuilder.web.visit import real_id, show, visit

mine = Blueprint("mine", __name__, url_prefix="/mina")


@mine.get("")
@citizen
def overview(who: Session) -> bytes:
    """Show what waits for me, and everything of mine."""
    return show(mine_page(who, house().services.mine.overview(who, visit().language)))


@mine.get("/<shown>")
@citizen
def case(who: Session, shown: str) -> bytes:
    """Show one case: status, and what I am to sign."""
    service, case_id = house().services.mine, real_id(who, shown)
    language = visit().language
    view = service.case(who, case_id, language)
    to_sign = service.to_sign(who, case_id, language) if view.card.can_sign else None
    return show(case_page(who, shown, view, to_sign, notice=fault()))


@mine.post("/<shown>/skriv-under")
@citizen
def sign(who: Session, shown: str) -> Answer:
    """Start signing what waits for me, exactly as it stands."""
    here, to = bool(request.form.get("here")), f"/mina/{shown}"
    case_id = real_id(who, shown)
    try:
        order_id = house().services.mine.start_sign(
            who, case_id, PROVIDER, browser(here=here, to=to), flow()
        )
    except (IdentityUnavailable, OrderRefused) as error:
        return redirect(back_with(to, error.code, here=here), 303)
    return redirect(waiting_address(order_id), 303)


@mine.post("/<shown>/avboj")
@citizen
def decline(who: Session, shown: str) -> Answer:
    """Say no to what waits for me."""
    service, case_id = house().services.mine, real_id(who, shown)
    waiting = service.to_sign(who, case_id)
    service.decline(who, case_id, tuple(unit.unit_id for unit in waiting.units))
    return redirect(f"/mina/{shown}", 303)


@mine.post("/<shown>/angra")
@citizen
def withdraw(who: Session, shown: str) -> Answer:
    """Take a consent back, in one step."""
    purpose = request.form.get("purpose", "")
    house().services.mine.withdraw(who, real_id(who, shown), purpose)
    return redirect("/mina", 303)


@mine.get("/<shown>/kvitto.pdf")
@citizen
def receipt_pdf(who: Session, shown: str) -> Response:
    """Hand out the receipt as an accessible PDF."""
    language = visit().language
    made = house().services.receipts.pdf(who, real_id(who, shown), language)
    return send_file(
        BytesIO(made.content),
        mimetype=made.media_type,
        as_attachment=True,
        download_name=made.name,
    )


@mine.get("/utkast/<shown>")
@citizen
def resume(who: Session, shown: str) -> bytes | Answer:
    """Go on with a draft; tell first if its form has changed under its answers."""
    draft_id = real_id(who, shown)
    found = house().services.renewing.look(who, draft_id, visit().language)
    if found is None:
        draft = house().services.drafts.get(who, draft_id)
        return redirect(draft_address(who, draft), 303)
    if found.changes:
        return show(renewal_page(found, f"/mina/utkast/{shown}/ny-version"))
    return _carried(who, draft_id)


@mine.post("/utkast/<shown>/ny-version")
@citizen
def renew(who: Session, shown: str) -> Answer:
    """Go on with the form as it is now."""
    return _carried(who, real_id(who, shown))


def _carried(who: Session, draft_id: str) -> Answer:
    draft = house().services.renewing.carry(who, draft_id)
    return redirect(draft_address(who, draft), 303)


@mine.post("/utkast/<shown>/ta-bort")
@citizen
def discard(who: Session, shown: str) -> Answer:
    """Throw a draft away."""
    house().services.drafts.discard(who, real_id(who, shown))
    return redirect("/mina", 303)
