"""Check the answers, sign them, get a receipt."""

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from formbuilder.services.drafts import Draft
from formbuilder.services.errors import NothingToSend, SourcesChanged, StaleDraft
from formbuilder.services.sessions import Session
from formbuilder.web.answering import REVIEW, draft_address
from formbuilder.web.guards import citizen
from formbuilder.web.house import house
from formbuilder.web.login import PROVIDER, browser, flow, waiting_address
from formbuilder.web.presenting.receipt import receipt_page
from formbuilder.web.presenting.review import review_page
from formbuilder.web.visit import handle, real_id, show, visit
from schemas.errors import InvalidSubmission

finishing = Blueprint("finishing", __name__, url_prefix="/e")


def _draft(who: Session, form_id: str) -> Draft:
    draft = house().services.drafts.get(who, real_id(who, request.args.get("d", "")))
    if draft.form.definition.id != form_id:
        abort(404)
    return draft


def _address(who: Session, draft: Draft) -> str:
    return f"/e/{draft.form.definition.id}/{REVIEW}?d={handle(who, draft.id)}"


@finishing.get(f"/<form_id>/{REVIEW}")
@citizen
def check(who: Session, form_id: str) -> str:
    """Show every answer with its change link and who will see it."""
    return _review(who, _draft(who, form_id))


def _review(who: Session, draft: Draft, notice: str = "") -> str:
    service = house().services
    found = service.review.look(who, draft.id)
    declared = service.sign.text(who, draft.id) if found.is_ready else ""
    query = f"?d={handle(who, draft.id)}"
    address = _address(who, draft)
    return show(
        review_page(
            found, query=query, action=address, declared=declared, notice=notice
        )
    )


@finishing.post(f"/<form_id>/{REVIEW}")
@citizen
def send(who: Session, form_id: str) -> str | Answer | tuple[str, int]:
    """Start signing, or send what needs no signature."""
    draft, service = _draft(who, form_id), house().services
    say, address = visit().say, _address(who, draft)
    here = bool(request.form.get("here"))
    try:
        if not service.review.look(who, draft.id).needs_signature:
            receipt = service.sign.submit_unsigned(who, draft.id)
            shown = handle(who, receipt.case_id)
            return redirect(f"/e/{form_id}/kvitto/{shown}", 303)
        order_id = service.sign.start(who, draft.id, PROVIDER, browser(address), flow())
    except InvalidSubmission:
        return redirect(draft_address(who, draft), 303)
    except NothingToSend:
        return _review(who, draft, say("Allt i formuläret är redan skickat.")), 409
    except StaleDraft:
        told = say("Något har ändrats sedan du började. Läs igenom och skicka igen.")
        return _review(who, draft, told), 409
    except SourcesChanged:
        told = say(
            "Uppgifter som kommunen hämtar har ändrats. Läs igenom och skicka igen."
        )
        return _review(who, draft, told), 409
    return redirect(waiting_address(order_id, to=address, same_device=here), 303)


@finishing.get("/<form_id>/kvitto/<shown>")
@citizen
def receipt(who: Session, form_id: str, shown: str) -> str:
    """Show what was received, what went where and what waits."""
    found = house().services.receipts.view(who, real_id(who, shown))
    if found.form_id != form_id:
        abort(404)
    return show(receipt_page(found, f"/mina/{shown}"))
