"""Check the answers, sign them, get a receipt."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from formbuilder.identity.provider import IdentityUnavailable, OrderRefused
from formbuilder.services.drafts import Draft
from formbuilder.services.errors import (
    NothingToSend,
    OtherVersion,
    SourcesChanged,
    StaleDraft,
)
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
from formbuilder.web.presenting.receipt import receipt_page
from formbuilder.web.presenting.review import review_page
from formbuilder.web.presenting.telling import ending, gone
from formbuilder.web.standing import REVIEW, draft_address
from formbuilder.web.visit import handle, real_id, show, visit
from schemas.errors import InvalidSubmission

NOTICES: Final[Mapping[type[Exception], str]] = {
    NothingToSend: "skickat",
    StaleDraft: "andrat",
    SourcesChanged: "kallor",
}

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
def check(who: Session, form_id: str) -> bytes:
    """Show every answer with its change link and who will see it."""
    draft = _draft(who, form_id)
    told = (fault() or gone(draft), ending(who, draft))
    return _review(who, draft, " ".join(filter(None, told)))


def _review(who: Session, draft: Draft, notice: str = "") -> bytes:
    found = house().services.review.look(who, draft.id)
    query = f"?d={handle(who, draft.id)}"
    address = _address(who, draft)
    return show(review_page(found, query=query, action=address, notice=notice))


@finishing.post(f"/<form_id>/{REVIEW}")
@citizen
def send(who: Session, form_id: str) -> Answer:
    """Start signing, or send what needs no signature."""
    draft, here = _draft(who, form_id), bool(request.form.get("here"))
    address = _address(who, draft)
    try:
        return redirect(_sent(who, draft, address, here=here), 303)
    except InvalidSubmission:
        return redirect(draft_address(who, draft), 303)
    except OtherVersion:
        return redirect(_joining(who, draft, address), 303)
    except (IdentityUnavailable, OrderRefused) as error:
        return redirect(back_with(address, error.code, here=here), 303)
    except (NothingToSend, StaleDraft, SourcesChanged) as error:
        return redirect(back_with(address, NOTICES[type(error)]), 303)


def _joining(who: Session, draft: Draft, address: str) -> str:
    """Let a draft join the case that came meanwhile; return where it is looked at."""
    renewing = house().services.renewing
    found = renewing.look(who, draft.id)
    if found is not None and found.changes:
        return f"/mina/utkast/{handle(who, draft.id)}"
    renewing.carry(who, draft.id)
    return back_with(address, NOTICES[StaleDraft])


def _sent(who: Session, draft: Draft, address: str, *, here: bool) -> str:
    """Return where to go once the draft is sent, or waits to be signed."""
    service = house().services
    if service.review.look(who, draft.id).needs_signature:
        asking = browser(here=here, to=address)
        order_id = service.sign.start(who, draft.id, PROVIDER, asking, flow())
        return waiting_address(order_id)
    receipt = service.sign.submit_unsigned(who, draft.id, visit().language)
    return f"/e/{receipt.form_id}/kvitto/{handle(who, receipt.case_id)}"


@finishing.get("/<form_id>/kvitto/<shown>")
@citizen
def receipt(who: Session, form_id: str, shown: str) -> bytes:
    """Show what was received, what went where and what waits."""
    found = house().services.receipts.view(who, real_id(who, shown), visit().language)
    if found.form_id != form_id:
        abort(404)
    return show(receipt_page(who, found, f"/mina/{shown}"))
