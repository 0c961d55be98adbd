"""`/inkorg`: what a department's staff read, confirm and take out."""

from io import BytesIO
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request, send_file
from werkzeug.wrappers import Response as Answer

from formbuilder.services.session import Session
from formbuilder.web.guards import staff
from formbuilder.web.house import house
from formbuilder.web.presenting.inbox import item_page, list_page
from formbuilder.web.security import NO_PAGE
from formbuilder.web.visit import real_id, show, visit

inbox = Blueprint("inbox", __name__, url_prefix="/inkorg")

LIST = "lista"


@inbox.get("")
@staff
def first(who: Session) -> Answer:
    """Go to the first department of this person."""
    departments = house().services.inbox.departments(who)
    return redirect(f"/inkorg/{departments[0].key}", 303)


@inbox.get("/<department>")
@staff
def listing(who: Session, department: str) -> bytes:
    """List one view of what the department has, newest version of each."""
    service, language = house().services.inbox, visit().language
    departments = service.departments(who, language)
    tabs = service.tabs(who, department, language)
    first = tabs[0].receiver if tabs else ""
    receiver = request.args.get(LIST, first)
    found = service.list(who, department, receiver=receiver, language=language)
    return show(list_page(who, department, departments, tabs, receiver, found))


@inbox.get("/<department>/<shown>")
@staff
def item(who: Session, department: str, shown: str) -> bytes:
    """Open one delivery; the opening is audited."""
    found = house().services.inbox.open(who, real_id(who, shown), visit().language)
    return show(item_page(department, shown, found))


@inbox.post("/<department>/<shown>/bekrafta")
@staff
def confirm(who: Session, department: str, shown: str) -> Answer:
    """Confirm that the department has taken the delivery in."""
    house().services.inbox.confirm(who, real_id(who, shown))
    receiver = request.form.get(LIST, "")
    back = f"?{LIST}={quote(receiver)}" if receiver else ""
    return redirect(f"/inkorg/{department}{back}", 303)


@inbox.post("/<department>/<shown>/avsluta")
@staff
def close(who: Session, department: str, shown: str) -> Answer:
    """Close the matter that a delivery is of, and show the delivery again."""
    house().services.inbox.close(who, department, real_id(who, shown))
    return redirect(f"/inkorg/{department}/{shown}", 303)


@inbox.get("/<department>/<shown>/<int:number>")
@staff
def take(who: Session, department: str, shown: str, number: int) -> Response:
    """Hand out a document or file of one delivery; audited."""
    service = house().services.inbox
    found = service.take(who, department, real_id(who, shown), number)
    response = Response(found.chunks, mimetype=found.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    response.headers["Content-Security-Policy"] = f"{NO_PAGE}; sandbox"
    response.content_length = found.size
    return response


@inbox.get("/<department>/export.<kind>")
@staff
def export(who: Session, department: str, kind: str) -> Response:
    """Hand one list out as a file; audited."""
    made = house().services.inbox.export(
        who,
        department,
        kind,
        receiver=request.args.get(LIST, ""),
        language=visit().language,
    )
    return send_file(
        BytesIO(made.content),
        mimetype=made.media_type,
        as_attachment=True,
        download_name=made.name,
    )
