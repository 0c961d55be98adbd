"""`/logga-in` and `/logga-ut`: begin a log-in with an eID, and end a session."""

from datetime import timedelta
from urllib.parse import quote

from flask import Blueprint, redirect, request
from flask import session as form_session
from werkzeug.wrappers import Response as Answer

from formbuilder.identity.provider import IdentityUnavailable, OrderRefused
from formbuilder.web import cookies
from formbuilder.web.eid import PROVIDER, browser, fault, flow, waiting_address
from formbuilder.web.guards import anyone
from formbuilder.web.house import house
from formbuilder.web.security import safe_path
from formbuilder.web.visit import TIME_LEFT, session, show, surroundings, visit
from renderers.html.page_parts import Action
from renderers.html.views import LoginPage

login = Blueprint("login", __name__)


@login.get("/logga-in")
@anyone
def choose() -> bytes:
    """Ask where the eID is: on this device or another."""
    say, to = visit().say, safe_path(request.args.get("to", "/"))
    kind = cookies.STAFF if to.startswith("/inkorg") else cookies.CITIZEN
    hidden = {"to": to, "kind": kind}
    thrown_out = say("Du har loggats ut. Logga in igen för att fortsätta.")
    is_on = house().services.identify.is_offered(PROVIDER)
    return show(
        LoginPage(
            title=say("Logga in"),
            around=surroundings(kind),
            for_what=say(
                "Du loggar in hos {municipality}."
                if is_on
                else "Det går inte att logga in hos {municipality} just nu.",
                municipality=visit().directory.municipality.name,
            ),
            same=Action(
                label=say("BankID på den här enheten"),
                href="/logga-in",
                hidden=hidden | {"here": "1"},
            )
            if is_on
            else None,
            other=Action(
                label=say("BankID på en annan enhet"),
                href="/logga-in",
                hidden=hidden,
                style="secondary",
            )
            if is_on
            else None,
            fault=fault() or (thrown_out if "igen" in request.args else ""),
            otherwise=say(
                "Har du inte BankID? Ring {phone}, så hjälper vi dig."
                if is_on
                else "Ring {phone}, så hjälper vi dig.",
                phone=visit().phone,
            ),
        )
    )


@login.post("/logga-in")
@anyone
def begin() -> Answer:
    """Start a log-in order and wait for it."""
    to = safe_path(request.form.get("to", "/"))
    kind = cookies.STAFF if request.form.get("kind") == cookies.STAFF else "guardian"
    asking = browser(here=bool(request.form.get("here")), to=to)
    try:
        order_id = house().services.identify.start_login(
            visit().tenant, kind, PROVIDER, asking, flow()
        )
    except (IdentityUnavailable, OrderRefused) as error:
        return redirect(f"/logga-in?to={quote(to)}&fel={quote(error.code)}", 303)
    return redirect(waiting_address(order_id), 303)


@login.get(TIME_LEFT)
@anyone
def time_left() -> dict[str, int]:
    """Tell the page's script how long the log-in lasts; asking does not prolong it."""
    token = cookies.read(_kind())
    late = house().services.sessions.lately(visit().tenant, token)
    left = late.expires_at - house().clock() if late else timedelta(0)
    return {"seconds": max(0, int(left.total_seconds()))}


@login.post(TIME_LEFT)
@anyone
def prolong() -> dict[str, int]:
    """Let the log-in live on from now."""
    session(_kind())
    return time_left()


def _kind() -> str:
    is_staff = request.args.get("som") == "personal"
    return cookies.STAFF if is_staff else cookies.CITIZEN


@login.post("/logga-ut")
@anyone
def log_out() -> Answer:
    """End the session, and forget its cookie and the tokens of its forms."""
    kind = _kind()
    token = cookies.read(kind)
    if token:
        house().services.sessions.end(visit().tenant, token)
    cookies.write(kind, "")
    form_session.clear()
    return redirect("/", 303)
