"""What every errand with an eID needs: this browser's binding, and where to wait."""

import secrets
from urllib.parse import quote, urljoin

from flask import abort, request

from formbuilder.handles import Handles
from formbuilder.identity.messages import Device, message
from formbuilder.services.eid_binding import Browser
from formbuilder.web import cookies, limits
from formbuilder.web.visit import visit

PROVIDER = "bankid"
RETURN = "/legitimera/ater"


def flow() -> str:
    """Return the value that binds eID orders to this browser, setting it first."""
    value = cookies.read(cookies.FLOW)
    if not value:
        value = secrets.token_urlsafe(32)
        cookies.write(cookies.FLOW, value)
    return value


def browser(*, here: bool, to: str) -> Browser:
    """Return what the eID may know of the browser (BankID `web` and `endUserIp`).

    Whoever starts orders too often is told to wait: each costs a call, and could be
    used to pester people.
    """
    address = request.remote_addr or "127.0.0.1"
    if not limits.may_start(visit().tenant, address, flow()):
        abort(429)
    device = cookies.read(cookies.DEVICE)
    if not device:
        device = secrets.token_urlsafe(24)
        cookies.write(cookies.DEVICE, device)
    nonce = secrets.token_urlsafe(24) if here else ""
    return Browser(
        ip=address,
        user_agent=request.user_agent.string[:256] or "unknown",
        return_url=urljoin(request.host_url, f"{RETURN}?n={nonce}") if here else "",
        referring_domain=request.host.rsplit(":", 1)[0].lower(),
        device_id=device[:64],
        is_here=here,
        nonce=nonce,
        to=to,
        language=visit().language,
    )


def browsers() -> Handles:
    """Return the handles of this browser, whoever may be using it."""
    return Handles(flow().encode())


def waiting_address(order_id: str) -> str:
    """Return where one waits for the eID app, for this browser only."""
    return f"/legitimera/{browsers().of(order_id)}"


def back_with(to: str, code: str, *, here: bool = False) -> str:
    """Return the address to go back to, with a code for what went wrong."""
    joint = "&" if "?" in to else "?"
    return f"{to}{joint}fel={quote(code, safe='')}{'&har=1' if here else ''}"


def device_kind(*, here: bool) -> Device:
    """Return where the app is, for the words to use."""
    if not here:
        return "qr"
    return "mobile" if "Mobi" in request.user_agent.string else "computer"


def fault() -> str:
    """Return what to say about why one is back here; nothing when all is well."""
    code = request.args.get("fel", "")
    if not code:
        return ""
    say = visit().say
    ours = {
        "andrat": say(
            "Något har ändrats sedan du började. Läs igenom och skicka igen."
        ),
        "skickat": say("Allt i formuläret är redan skickat."),
        "kallor": say(
            "Uppgifter som kommunen hämtar har ändrats. Läs igenom och skicka igen."
        ),
        "underskrift": say(
            "Underskriften gick inte att kontrollera. Inget är skickat, och dina svar "
            "finns kvar. Försök igen."
        ),
    }
    device = device_kind(here="har" in request.args)
    return ours.get(code) or message(code, visit().language, device, "failed")
