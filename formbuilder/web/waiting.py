"""`/legitimera/<order>`: wait for an eID's app, and go on when it is done."""

import secrets
from urllib.parse import quote

from flask import Blueprint, Response, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as Answer

from formbuilder.identity.bankid.qr import svg
from formbuilder.identity.messages import message
from formbuilder.services.errors import SigningRefused, StaleDraft
from formbuilder.services.identify import OrderStatus
from formbuilder.web import cookies
from formbuilder.web.eid import (
    RETURN,
    back_with,
    browsers,
    device_kind,
    flow,
    waiting_address,
)
from formbuilder.web.guards import anyone
from formbuilder.web.house import house
from formbuilder.web.security import safe_path
from formbuilder.web.starting import onward
from formbuilder.web.visit import handle, opened, session, show, surroundings, visit
from renderers.html.page_parts import Action
from renderers.html.views import EidPage
from schemas.errors import Refused

waiting = Blueprint("waiting", __name__)


def _order_id(shown: str) -> str:
    return opened(browsers(), shown)


def _status(order_id: str) -> OrderStatus:
    return house().services.identify.status(visit().tenant, order_id, flow())


@waiting.get(RETURN)
@anyone
def returned() -> Answer:
    """Note that the app led back to the browser that started it (BankID returnUrl)."""
    nonce = request.args.get("n", "")
    order_id = house().services.identify.returned(visit().tenant, flow(), nonce)
    return redirect(waiting_address(order_id), 303)


@waiting.get("/legitimera/<shown>")
@anyone
def wait(shown: str) -> bytes | Answer:
    """Show how the order fares; go on when it is done."""
    order_id, identify = _order_id(shown), house().services.identify
    used = identify.used(visit().tenant, order_id, flow())
    if used is not None:  # the answer was lost on the way, or the page reloaded
        context = identify.context(visit().tenant, used)
        to = safe_path(context.get("to", "/"))
        is_signing = used.purpose == "sign"
        return redirect(
            _signed(order_id, to) if is_signing else onward(to, session()), 303
        )
    status = _status(order_id)
    to = safe_path(status.to)
    if status.state == "complete":
        finish = _signed if status.purpose == "sign" else _logged_in
        return redirect(finish(order_id, to), 303)
    if status.state == "failed":
        return redirect(_failed(status, to), 303)
    return show(_page(shown, status))


def _signed(order_id: str, to: str) -> str:
    """Take what a signature gives and return where to go."""
    who = session()
    if who is None:
        return f"/logga-in?igen=1&to={waiting_address(order_id)}"
    try:
        receipt = house().services.sign.finish(who, order_id, flow())
    except SigningRefused:
        return back_with(to, "underskrift")
    except StaleDraft:
        return back_with(to, "andrat")
    return f"/e/{receipt.form_id}/kvitto/{handle(who, receipt.case_id)}"


def _logged_in(order_id: str, to: str) -> str:
    """Begin the session of whoever logged in and return where to go."""
    identify, tenant = house().services.identify, visit().tenant
    kind = _status(order_id).kind
    cookie = cookies.STAFF if kind == "staff" else cookies.CITIZEN
    try:
        token, who = identify.finish_login(
            tenant, order_id, flow(), before=cookies.read(cookie)
        )
    except Refused:
        return _log_in_again(to, "evidence")
    cookies.write(cookie, token)
    return to if kind == "staff" else onward(to, who)


def _failed(status: OrderStatus, to: str) -> str:
    if status.purpose == "sign":
        return back_with(to, status.hint, here=status.is_here)
    return _log_in_again(to, status.hint, here=status.is_here)


def _log_in_again(to: str, code: str, *, here: bool = False) -> str:
    return back_with(f"/logga-in?to={quote(to, safe='')}", code, here=here)


def _message(status: OrderStatus) -> str:
    device = device_kind(here=status.is_here)
    return message(status.hint, visit().language, device, "pending")


def _code(shown: str, status: OrderStatus) -> str:
    if not status.qr:
        return ""
    return f"/legitimera/{shown}/qr.svg?t={secrets.token_hex(4)}"


def _page(shown: str, status: OrderStatus) -> EidPage:
    say, is_signing = visit().say, status.purpose == "sign"
    return EidPage(
        title=say("Skriv under med BankID")
        if is_signing
        else say("Logga in med BankID"),
        around=surroundings(),
        purpose="sign" if is_signing else "login",
        message=_message(status),
        qr=_code(shown, status),
        launch=status.launch_url,
        status=f"/legitimera/{shown}/status",
        seconds_left=status.expires_in,
        visible_text=tuple(status.visible_text.splitlines()),
        cancel=Action(
            label=say("Avbryt"), href=f"/legitimera/{shown}/avbryt", style="secondary"
        ),
        is_waiting=True,
    )


@waiting.get("/legitimera/<shown>/status")
@anyone
def status_of(shown: str) -> Response:
    """Tell the page's script how the order fares."""
    order_id, identify = _order_id(shown), house().services.identify
    if identify.used(visit().tenant, order_id, flow()) is not None:
        return jsonify(message="", qr="", seconds=0, next=f"/legitimera/{shown}")
    status = _status(order_id)
    is_over = status.state != "pending"
    return jsonify(
        message="" if is_over else _message(status),
        qr=_code(shown, status),
        seconds=status.expires_in,
        next=f"/legitimera/{shown}" if is_over else "",
    )


@waiting.get("/legitimera/<shown>/qr.svg")
@anyone
def qr(shown: str) -> Response:
    """Draw this second's QR code."""
    status = _status(_order_id(shown))
    if not status.qr:
        abort(404)
    return Response(svg(status.qr), mimetype="image/svg+xml")


@waiting.post("/legitimera/<shown>/avbryt")
@anyone
def cancel(shown: str) -> Answer:
    """Give the order up and go back."""
    order_id = _order_id(shown)
    status = _status(order_id)
    house().services.identify.cancel(visit().tenant, order_id, flow())
    to = safe_path(status.to)
    return redirect(to if status.purpose == "sign" else "/", 303)
