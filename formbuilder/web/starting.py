"""`/` and `/e/<form>`: what there is, what it asks for, and whom it is about."""

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
    begun = house().services.drafts.list(who)
    return show(children_page(who, _form(form_id), found, begun))


@starting.post("/e/<form_id>/borja")
@anyone
def begin(form_id: str) -> Answer:
    """Open or resume the draft and go to its first open page."""
    form, who = _form(form_id), session()
    identity = form.definition.identity
    if identity.assurance != "none" and (who is None or not who.is_known):
        return redirect(f"/logga-in?to=/e/{quote(form_id)}", 303)
    if who is None:
        if not may_start(visit().tenant, request.remote_addr or ""):
            abort(429)
        token, who = house().services.sessions.create(visit().tenant, "anonymous")
        cookies.write(cookies.CITIZEN, token)
    subject = ""
    if identity.about == "child":
        subject = real_id(who, request.form.get("child", ""))
    draft = house().services.drafts.open(who, form_id, subject)
    return redirect(f"/mina/utkast/{handle(who, draft.id)}", 303)
