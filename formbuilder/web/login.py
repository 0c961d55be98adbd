"""Logging in and signing with an eID: choose, wait, come back."""

import secrets
from typing import Literal
from urllib.parse import quote, urlencode, urljoin

from flask import Blueprint, Response, abort, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from formbuilder.identity.bankid.qr import svg
from formbuilder.identity.messages import Device, message
from formbuilder.identity.provider import IdentityUnavailable, OrderRefused
from formbuilder.services.identify import Browser, OrderStatus
from formbuilder.web import cookies
from formbuilder.web.guards import anyone
from formbuilder.web.house import house
from formbuilder.web.security import safe_path
from formbuilder.web.visit import handle, session, show, surroundings, visit
from renderers.html.page_parts import Action
from renderers.html.views import EidPage, LoginPage

login = Blueprint("login", __name__)

PROVIDER = "bankid"


def flow() -> str:
    """Return the value that binds eID orders to this browser, setting it first."""
    value = cookies.read(cookies.FLOW)
    if not value:
        value = secrets.token_urlsafe(32)
        cookies.write(cookies.FLOW, value)
    return value


def browser(target: str) -> Browser:
    """Return what the eID may know of the browser (BankID `web` and `endUserIp`)."""
    device = cookies.read(cookies.DEVICE)
    if not device:
        device = secrets.token_urlsafe(24)
        cookies.write(cookies.DEVICE, device)
    return Browser(
        ip=request.remote_addr or "127.0.0.1",
        user_agent=request.user_agent.string[:256] or "unknown",
        return_url=urljoin(request.host_url, target),
        referring_domain=request.host.rsplit(":", 1)[0].lower(),
        device_id=device[:64],
    )


def waiting_address(order_id: str, *, to: str, same_device: bool) -> str:
    """Return where one waits for the eID app, for this browser only."""
    shown = house().keyring.handle(flow().encode(), order_id)
    query = {"to": to} | ({"har": "1"} if same_device else {})
    return f"/legitimera/{shown}?{urlencode(query, quote_via=quote)}"


@login.get("/logga-in")
@anyone
def choose() -> str:
    """Ask where the eID is: on this device or another."""
    say, to = visit().say, safe_path(request.args.get("to", "/"))
    kind = cookies.STAFF if to.startswith("/inkorg") else cookies.CITIZEN
    hidden = {"to": to, "kind": kind}
    return show(
        LoginPage(
            title=say("Logga in"),
            around=surroundings(kind),
            for_what=visit().directory.municipality.name,
            same=Action(
                label=say("BankID på den här enheten"),
                href="/logga-in",
                hidden=hidden | {"here": "1"},
            ),
            other=Action(
                label=say("BankID på en annan enhet"),
                href="/logga-in",
                hidden=hidden,
                style="secondary",
            ),
            fault=_fault(),
            otherwise=say(
                "Har du inte BankID? Ring {phone}, så hjälper vi dig.",
                phone=visit().directory.municipality.contact.phone,
            ),
        )
    )


def _fault() -> str:
    """Say why one is here again: thrown out, or the eID service has trouble."""
    if "fel" in request.args:
        return message(request.args["fel"], visit().language, status="failed")
    if "igen" in request.args:
        return visit().say("Du har loggats ut. Logga in igen för att fortsätta.")
    return ""


@login.post("/logga-in")
@anyone
def begin() -> Answer:
    """Start a log-in order and wait for it."""
    to = safe_path(request.form.get("to", "/"))
    kind = cookies.STAFF if request.form.get("kind") == cookies.STAFF else "guardian"
    try:
        order_id = house().services.identify.start_login(
            visit().tenant, kind, PROVIDER, browser(url_for("login.choose")), flow()
        )
    except (IdentityUnavailable, OrderRefused) as error:
        return redirect(f"/logga-in?to={quote(to)}&fel={quote(error.code)}", 303)
    here = bool(request.form.get("here"))
    return redirect(waiting_address(order_id, to=to, same_device=here), 303)


def _order(shown: str) -> tuple[str, OrderStatus]:
    order_id = house().keyring.unhandle(flow().encode(), shown)
    return order_id, house().services.identify.status(visit().tenant, order_id, flow())


def _finish(order_id: str, status: OrderStatus, to: str) -> str:
    """Take what a completed order gives and return where to go."""
    services = house().services
    if status.purpose == "sign":
        who = session()
        if who is None:
            return f"/logga-in?igen=1&to={quote(to)}"
        receipt = services.sign.finish(who, order_id, flow())
        return f"/e/{receipt.form_id}/kvitto/{handle(who, receipt.case_id)}"
    token, who = services.identify.finish_login(visit().tenant, order_id, flow())
    cookies.write(cookies.STAFF if who.kind == "staff" else cookies.CITIZEN, token)
    return to


def _message(status: OrderStatus, *, same_device: bool) -> str:
    device: Device = "qr"
    if same_device:
        device = "mobile" if "Mobi" in request.user_agent.string else "computer"
    state: Literal["pending", "failed"]
    state = "pending" if status.state == "pending" else "failed"
    return message(status.hint, visit().language, device, state)


@login.get("/legitimera/<shown>")
@anyone
def wait(shown: str) -> str | Answer:
    """Show how the order fares; go on when it is done."""
    order_id, status = _order(shown)
    to, here = safe_path(request.args.get("to", "/")), bool(request.args.get("har"))
    if status.state == "complete":
        return redirect(_finish(order_id, status, to), 303)
    say, is_waiting = visit().say, status.state == "pending"
    base, query = f"/legitimera/{shown}", f"?{request.query_string.decode()}"
    is_signing = status.purpose == "sign"
    return show(
        EidPage(
            title=say("Skriv under med BankID")
            if is_signing
            else say("Logga in med BankID"),
            around=surroundings(),
            purpose="sign" if is_signing else "login",
            message=_message(status, same_device=here),
            qr=f"{base}/qr.svg?t={secrets.token_hex(4)}"
            if is_waiting and status.qr and not here
            else "",
            launch=status.launch_url if is_waiting else "",
            status=f"{base}/status{query}",
            seconds_left=status.expires_in,
            visible_text=tuple(status.visible_text.splitlines()),
            cancel=Action(
                label=say("Avbryt"),
                href=f"{base}/avbryt",
                hidden={"to": to},
                style="secondary",
            ),
            retry=None
            if is_waiting
            else Action(
                label=say("Försök igen"),
                href=to if is_signing else "/logga-in",
                hidden={"to": to} | ({"here": "1"} if here else {}),
            ),
            is_waiting=is_waiting,
        )
    )


@login.get("/legitimera/<shown>/status")
@anyone
def status_of(shown: str) -> Response:
    """Tell the page's script how the order fares."""
    _, status = _order(shown)
    here = bool(request.args.get("har"))
    query = f"?{request.query_string.decode()}"
    is_over = status.state != "pending"
    return jsonify(
        message=_message(status, same_device=here),
        qr=f"/legitimera/{shown}/qr.svg?t={secrets.token_hex(4)}"
        if status.qr and not here
        else "",
        seconds=status.expires_in,
        next=f"/legitimera/{shown}{query}" if is_over else "",
    )


@login.get("/legitimera/<shown>/qr.svg")
@anyone
def qr(shown: str) -> Response:
    """Draw this second's QR code."""
    _, status = _order(shown)
    if not status.qr:
        abort(404)
    return Response(svg(status.qr), mimetype="image/svg+xml")


@login.post("/legitimera/<shown>/avbryt")
@anyone
def cancel(shown: str) -> Answer:
    """Give the order up and go back."""
    order_id, status = _order(shown)
    house().services.identify.cancel(visit().tenant, order_id, flow())
    to = safe_path(request.form.get("to", "/"))
    return redirect(to if status.purpose == "sign" else "/", 303)


@login.post("/logga-ut")
@anyone
def log_out() -> Answer:
    """End the session and forget its cookie."""
    kind = cookies.STAFF if request.args.get("som") == "personal" else cookies.CITIZEN
    token = cookies.read(kind)
    if token:
        house().services.sessions.end(visit().tenant, token)
    cookies.write(kind, "")
    return redirect("/", 303)
