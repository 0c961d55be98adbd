"""`/` and `/e/<form>`: what there is, what it asks for, and whom it is about."""

import re
from typing import Final
from urllib.parse import quote

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from formbuilder.services.session import Session
from formbuilder.web import cookies
from formbuilder.web.guards import anyone, citizen
from formbuilder.web.house import house
from formbuilder.web.limits import may_start
from formbuilder.web.presenting.children import children_page
from formbuilder.web.presenting.start import about_page, home_page, start_page
from formbuilder.web.visit import (
    handle,
    real_id,
    session,
    show,
    visit,
)
from schemas.compiling import CompiledForm

starting = Blueprint("starting", __name__)

BEGINNING: Final = re.compile(r"/e/([^/?]+)/borja")
"""Where a form is begun, as somebody who has to log in first is led to it."""


@starting.get("/")
@anyone
def home() -> bytes:
    """List the municipality's services."""
    return show(
        home_page(house().services.forms.published(visit().tenant, visit().language))
    )


@starting.get("/om/<subject>")
@anyone
def about(subject: str) -> bytes:
    """Tell about accessibility, personal data or cookies."""
    return show(about_page(subject))


@starting.get("/e/<form_id>")
@anyone
def start(form_id: str) -> bytes:
    """Tell what the form is before anyone logs in."""
    return show(start_page(_form(form_id)))


def _form(form_id: str) -> CompiledForm:
    return house().services.forms.current(visit().tenant, form_id)


@starting.get("/e/<form_id>/valj-barn")
@citizen
def children(who: Session, form_id: str) -> bytes:
    """Ask which child it is about, from the register."""
    found = house().services.family.children(who)
    mine = house().services.mine.overview(who, visit().language)
    return show(children_page(who, _form(form_id), found, mine))


@starting.post("/e/<form_id>/borja")
@anyone
def begin(form_id: str) -> Answer:
    """Open or resume the draft and go to its first open page."""
    form, who = _form(form_id), session()
    identity = form.definition.identity
    if identity.assurance != "none" and (who is None or not who.is_known):
        return redirect(f"/logga-in?to={quote(request.path)}", 303)
    if who is None:
        if not may_start(visit().tenant, request.remote_addr or ""):
            abort(429)
        token, who = house().services.sessions.create(visit().tenant, "anonymous")
        cookies.write(cookies.CITIZEN, token)
    subject = ""
    if identity.about == "child":
        subject = real_id(who, request.form.get("child", ""))
    return redirect(_opened(who, form_id, subject), 303)


def onward(to: str, who: Session | None) -> str:
    """Return where whoever logged in on the way there goes; a form to begin is begun.

    A link begins nothing: this follows from logging in to do so.
    """
    found = BEGINNING.fullmatch(to)
    if found is None:
        return to
    form_id = found[1]
    if who is None or not who.is_known:
        return f"/e/{form_id}"
    if _form(form_id).definition.identity.about == "child":
        return f"/e/{form_id}/valj-barn"
    return _opened(who, form_id)


def _opened(who: Session, form_id: str, subject: str = "") -> str:
    draft = house().services.drafts.open(who, form_id, subject)
    return f"/mina/utkast/{handle(who, draft.id)}"
