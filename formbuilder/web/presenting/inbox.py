"""A department's lists and deliveries as their views."""

from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import urlencode

from formbuilder.services.closing import Standing
from formbuilder.services.inbox import (
    DepartmentChoice,
    InboxFile,
    InboxItem,
    InboxList,
    InboxRow,
    InboxTab,
)
from formbuilder.services.session import Session
from formbuilder.web import cookies
from formbuilder.web.presenting.sizes import size_in_words
from formbuilder.web.times import moment, short
from formbuilder.web.visit import handle, surroundings, visit
from renderers.html.page_parts import (
    Action,
    Card,
    Closing,
    Event,
    Link,
    Row,
    Table,
    TableRow,
    Tone,
)
from renderers.html.views import InboxItemPage, InboxPage

EXPORTS = (("csv", "CSV"), ("xlsx", "Excel"))
NAMES = ("child.given_name", "child.family_name")
"""Columns that say together whom a delivery is about, when a view begins with them."""


def list_page(
    who: Session,
    department: str,
    departments: Sequence[DepartmentChoice],
    tabs: Sequence[InboxTab],
    receiver: str,
    found: InboxList,
) -> InboxPage:
    """Return one list of a department, and the way to its others."""
    say, address = visit().say, f"/inkorg/{department}"
    title = next((d.title for d in departments if d.key == department), "")
    name = next((tab.title for tab in tabs if tab.receiver == receiver), title)
    used = _used(found)
    naming = _naming(found, used)
    unconfirmed = sum(1 for row in found.rows if row.confirmed_at is None)
    query = urlencode({"lista": receiver})
    return InboxPage(
        title=say("Inkorg: {department}", department=title),
        around=surroundings(cookies.STAFF),
        department=title,
        departments=tuple(
            Link(text=d.title, href=f"/inkorg/{d.key}", is_current=d.key == department)
            for d in departments
        ),
        views=tuple(_tab(address, tab, receiver) for tab in tabs),
        table=Table(
            caption=name,
            columns=(
                _heading(found, naming),
                *(found.columns[at][1] for at in used[len(naming) :]),
                say("Kom in"),
            ),
            rows=tuple(
                _row(who, department, row, naming, used[len(naming) :])
                for row in found.rows
            ),
            empty=say("Här är det tomt. Nya svar visas här när de kommer in."),
        ),
        counts=((say("Inte bekräftade"), unconfirmed), (say("Alla"), len(found.rows))),
        exports=tuple(
            Link(
                text=say("Hämta som {kind}", kind=label),
                href=f"{address}/export.{kind}?{query}",
            )
            for kind, label in EXPORTS
            if found.rows
        ),
    )


def _tab(address: str, tab: InboxTab, receiver: str) -> Link:
    left = f" ({tab.unconfirmed})" if tab.unconfirmed else ""
    query = urlencode({"lista": tab.receiver})
    return Link(
        text=f"{tab.title}{left}",
        href=f"{address}?{query}",
        is_current=tab.receiver == receiver,
    )


def _used(found: InboxList) -> tuple[int, ...]:
    """Return which columns say anything: an empty one only takes room here.

    The files one can take out, and each delivery, have them all.
    """
    return tuple(
        at
        for at in range(len(found.columns))
        if any(row.values[at] for row in found.rows)
    )


def _naming(found: InboxList, used: Sequence[int]) -> tuple[int, ...]:
    """Return the leading columns whose words name a delivery in the list."""
    leading = tuple(takewhile(lambda at: found.columns[at][0] in NAMES, used))
    return leading or tuple(used[:1])


def _heading(found: InboxList, naming: Sequence[int]) -> str:
    """Return what the column that names the delivery is called."""
    if not naming:
        return visit().say("Uppgift")
    return found.columns[naming[0]][1] if len(naming) == 1 else visit().say("Namn")


def _row(
    who: Session,
    department: str,
    row: InboxRow,
    naming: Sequence[int],
    others: Sequence[int],
) -> TableRow:
    named = " ".join(row.values[at] for at in naming).strip()
    mark, tone = _mark(row)
    return TableRow(
        cells=(
            named or row.title,
            *("\n".join(_lines(row.values[at])) for at in others),
            short(row.received_at),
        ),
        href=f"/inkorg/{department}/{handle(who, row.id)}",
        mark=mark,
        tone=tone,
    )


def _lines(value: str) -> tuple[str, ...]:
    """Return a list that was written on one line as one line for each of its items."""
    return tuple(value.split("; ")) if value else ()


def _mark(row: InboxRow) -> tuple[str, Tone]:
    say = visit().say
    if row.is_ended:
        return say("Gäller inte längre"), "bad"
    if row.confirmed_at is not None:
        return say("Bekräftad"), "good"
    if row.version > 1:
        return say("Ändrad"), "attention"
    return (say("Ny"), "waiting") if row.opened_at is None else (say("Läst"), "neutral")


def _offered(file: InboxFile) -> str:
    """Return what the link to a document or file says."""
    if not file.title:
        kind = file.name.rpartition(".")[2]
        label = dict(EXPORTS).get(kind, kind.upper())
        return visit().say("Hämta som {kind}", kind=label)
    if not file.original_name:
        return f"{file.title}: {file.name} ({size_in_words(file.size)})"
    return (
        f"{file.title}: {file.original_name} ({file.name}, {size_in_words(file.size)})"
    )


def item_page(department: str, shown: str, found: InboxItem) -> InboxItemPage:
    """Return one delivery with every column, and the button to confirm it."""
    say, language, row = visit().say, visit().language, found.row
    address = f"/inkorg/{department}"
    query = urlencode({"lista": row.receiver})
    named = " ".join(value for name, _, value in found.columns if name in NAMES)
    return InboxItemPage(
        title=named.strip() or row.title,
        around=surroundings(cookies.STAFF),
        back=f"{address}?{query}",
        department=department,
        facts=((say("Kom in"), moment(row.received_at, language)),),
        card=Card(
            id="leverans",
            title=row.title,
            rows=tuple(
                Row(question=title, answer=_lines(value))
                for _, title, value in found.columns
            ),
            note=say("Uppgifterna gäller inte längre.") if row.is_ended else "",
        ),
        exports=tuple(
            Link(text=_offered(file), href=f"{address}/{shown}/{number}")
            for number, file in enumerate(found.files, start=1)
        ),
        confirm=None
        if row.confirmed_at
        else Action(
            label=say("Bekräfta att ni har tagit emot"),
            href=f"{address}/{shown}/bekrafta",
            hidden={"lista": row.receiver},
        ),
        confirmed=say("Bekräftad {time}", time=moment(row.confirmed_at, language))
        if row.confirmed_at
        else "",
        close=_closing(f"{address}/{shown}", found.closing),
        events=tuple(
            Event(at=moment(at, language), text=say("Version {n}", n=n))
            for n, at in found.history
        )
        if len(found.history) > 1
        else (),
    )


def _closing(address: str, standing: Standing) -> Closing | None:
    """Return the button that ends a matter and what it means, or when it ended."""
    say, language = visit().say, visit().language
    if standing.closed_at:
        at = moment(standing.closed_at, language)
        return Closing(text=say("Ärendet avslutat {time}", time=at))
    if not standing.may_close:
        return None
    return Closing(
        action=Action(
            label=say("Avsluta ärendet"), href=f"{address}/avsluta", style="secondary"
        ),
        text=say(
            "Avsluta när ärendet är klart: då börjar tiden räknas tills uppgifterna "
            "får gallras. Kommer det in nya uppgifter öppnas ärendet igen."
        ),
    )
