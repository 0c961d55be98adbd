"""`/inkorg`: what a department's staff read, confirm and take out."""

from io import BytesIO

from flask import Blueprint, Response, redirect, send_file
from werkzeug.wrappers import Response as Answer

from formbuilder.services.inbox import InboxItem, InboxRow
from formbuilder.services.sessions import Session
from formbuilder.web import cookies
from formbuilder.web.guards import staff
from formbuilder.web.house import house
from formbuilder.web.times import moment
from formbuilder.web.visit import handle, real_id, show, surroundings, visit
from renderers.html.page_parts import (
    Action,
    Card,
    Event,
    Link,
    Row,
    Table,
    TableRow,
    Tone,
)
from renderers.html.views import InboxItemPage, InboxPage

inbox = Blueprint("inbox", __name__, url_prefix="/inkorg")

EXPORTS = ("csv", "xlsx")


@inbox.get("")
@staff
def first(who: Session) -> Answer:
    """Go to the first department of this person."""
    departments = house().services.inbox.departments(who)
    return redirect(f"/inkorg/{departments[0].key}", 303)


@inbox.get("/<department>")
@staff
def listing(who: Session, department: str) -> str:
    """List the department's deliveries, newest version of each."""
    service, say = house().services.inbox, visit().say
    departments = service.departments(who)
    found = service.list(who, department)
    rows = tuple(_table_row(who, department, row) for row in found.rows)
    fresh = sum(1 for row in found.rows if row.confirmed_at is None)
    return show(
        InboxPage(
            title=say("Inkorg"),
            around=surroundings(cookies.STAFF),
            department=next(d.title for d in departments if d.key == department),
            departments=tuple(
                Link(
                    text=d.title,
                    href=f"/inkorg/{d.key}",
                    is_current=d.key == department,
                )
                for d in departments
            ),
            table=Table(
                caption=say("Leveranser"),
                columns=(
                    say("Öppna"),
                    *(title for _, title in found.columns),
                    say("Version"),
                    say("Kom in"),
                ),
                rows=rows,
                empty=say("Här är det tomt. Nya svar visas här när de kommer in."),
            ),
            counts=((say("Inte bekräftade"), fresh), (say("Alla"), len(rows))),
            exports=tuple(
                Link(
                    text=say("Hämta som {kind}", kind=kind.upper()),
                    href=f"/inkorg/{department}/export.{kind}",
                )
                for kind in EXPORTS
            ),
        )
    )


def _table_row(who: Session, department: str, row: InboxRow) -> TableRow:
    mark, tone = _mark(row)
    return TableRow(
        cells=(
            row.title,
            *row.values,
            str(row.version),
            moment(row.received_at, visit().language),
        ),
        href=f"/inkorg/{department}/{handle(who, row.id)}",
        mark=mark,
        tone=tone,
    )


def _mark(row: InboxRow) -> tuple[str, Tone]:
    say = visit().say
    if row.is_ended:
        return say("Slut"), "bad"
    if row.confirmed_at is not None:
        return say("Bekräftad"), "good"
    if row.version > 1:
        return say("Ändrad"), "attention"
    return (say("Ny"), "waiting") if row.opened_at is None else (say("Läst"), "neutral")


@inbox.get("/<department>/<shown>")
@staff
def item(who: Session, department: str, shown: str) -> str:
    """Open one delivery; the opening is audited."""
    found = house().services.inbox.open(who, real_id(who, shown))
    return show(_item_page(department, shown, found))


def _item_page(department: str, shown: str, found: InboxItem) -> InboxItemPage:
    say, language, row = visit().say, visit().language, found.row
    address = f"/inkorg/{department}"
    return InboxItemPage(
        title=row.title,
        around=surroundings(cookies.STAFF),
        back=address,
        department=department,
        facts=(
            (say("Version"), str(row.version)),
            (say("Kom in"), moment(row.received_at, language)),
        ),
        card=Card(
            id="leverans",
            title=row.title,
            rows=tuple(
                Row(question=title, answer=(value,))
                for _, title, value in found.columns
            ),
            note=say("Uppgifterna gäller inte längre.") if row.is_ended else "",
        ),
        confirm=None
        if row.confirmed_at
        else Action(
            label=say("Bekräfta att ni har tagit emot"),
            href=f"{address}/{shown}/bekrafta",
        ),
        confirmed=moment(row.confirmed_at, language),
        events=tuple(
            Event(at=moment(at, language), text=say("Version {n}", n=n))
            for n, at in found.history
        ),
    )


@inbox.post("/<department>/<shown>/bekrafta")
@staff
def confirm(who: Session, department: str, shown: str) -> Answer:
    """Confirm that the department has taken the delivery in."""
    house().services.inbox.confirm(who, real_id(who, shown))
    return redirect(f"/inkorg/{department}", 303)


@inbox.get("/<department>/export.<kind>")
@staff
def export(who: Session, department: str, kind: str) -> Response:
    """Hand the list out as a file; audited."""
    made = house().services.inbox.export(who, department, kind)
    return send_file(
        BytesIO(made.content),
        mimetype=made.media_type,
        as_attachment=True,
        download_name=made.name,
    )
